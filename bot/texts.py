"""Everything the product says, in every language that `locales` holds.

The wording stands in `locales/*.ftl` (Project Fluent), for each language one file for readers, one for admins and one
with why things cannot be read, the same message ids in each: what the language is called and how it writes dates is
there too.
Texts are plain: a renderer escapes them for its own medium.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date as Date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

_LOCALES: Final = files("bot").joinpath("locales")
_FILES: Final = ("{}.ftl", "{}.admin.ftl", "{}.problems.ftl")
_FIRST: Final = ("vi", "en")
_FOUND: Final = {file.name.partition(".")[0] for file in _LOCALES.iterdir() if file.name.endswith(".ftl")}
LANGUAGES: Final = (*_FIRST, *sorted(_FOUND.difference(_FIRST)))
"""In the order in which they are offered."""
_READERS_OF_RUSSIAN = frozenset({"ru", "uk", "be", "kk"})
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Texts:
    """The messages of one language: `texts("paragraph", number=3)`."""

    language: str
    bundle: FluentBundle = field(repr=False, compare=False)

    def __call__(self, message_id: str, **variables: str | int | float) -> str:
        """The message in words; LookupError for an unknown id, ValueError for a missing variable."""
        pattern = self.bundle.get_message(message_id).value
        if pattern is None:
            raise LookupError(f"message {message_id!r} has no text in {self.language}")
        shortened = {name: _shortened(value) for name, value in variables.items()}
        text, problems = self.bundle.format_pattern(pattern, shortened)
        if problems:
            raise ValueError(f"message {message_id!r} in {self.language}: {problems[0]}")
        return str(text)

    def date(self, date: Date | None, pattern: str = "date-pattern") -> str:
        """A date as the reader writes it, or by the pattern in another message; "date unknown" for None."""
        if date is None:
            return self("date-unknown")
        from babel.dates import format_date

        return format_date(date, self(pattern), locale=self.language)

    def dates(self, first: Date, last: Date) -> str:
        """From one date to another as the reader writes it, their year once: `2 April to 5 May 2025`."""
        if first == last:
            return self.date(last)
        pattern = "date-pattern-first" if first.year == last.year else "date-pattern"
        return self("dates", first=self.date(first, pattern), last=self.date(last))

    def language_name(self, code: str) -> str:
        """What a language is called in this one; nothing for a code that is not known."""
        from babel import Locale

        name = str(Locale(self.language).languages.get(code, ""))
        return name[:1].lower() + name[1:] if self.language == "vi" else name


def _shortened(value: str | float) -> str | float:
    """Fluent refuses longer ones."""
    return f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value


def choose_language(code: str | None) -> str:
    """One of `LANGUAGES` for an IETF language code such as Telegram sends; English when in doubt."""
    primary = re.split("[-_]", (code or "").strip().lower())[0]
    if primary in _READERS_OF_RUSSIAN:
        return "ru"
    return primary if primary in LANGUAGES else "en"


def load_texts(language: str | None) -> Texts:
    """The texts for a language code, read from disk once per language."""
    return _load(choose_language(language))


@cache
def _load(language: str) -> Texts:
    # Late, because Fluent brings Babel with it and `trichdan --help` needs neither.
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([language], use_isolating=False)
    for name in _FILES:
        source = _LOCALES.joinpath(name.format(language)).read_text(encoding="utf-8")
        bundle.add_resource(FluentResource(source))
    return Texts(language, bundle)
