"""Everything the product says, in Vietnamese, English and Russian.

The wording stands in `locales/*.ftl` (Project Fluent), for each language one file for readers and one for admins, the
same message ids in each.
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

LANGUAGES: Final = ("vi", "en", "ru")
_READERS_OF_RUSSIAN = frozenset({"ru", "uk", "be", "kk"})
_LONGEST: Final = 2000
_DATE_PATTERNS = {"vi": "dd/MM/yyyy", "en": "d MMMM y", "ru": "d MMMM y 'г.'"}
_DAY_PATTERNS = {"vi": "dd/MM/yyyy", "en": "d MMMM", "ru": "d MMMM"}
"""Of the first of two dates in one year."""


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

    def date(self, date: Date | None) -> str:
        """A date as the reader writes it; "date unknown" for None."""
        if date is None:
            return self("date-unknown")
        from babel.dates import format_date

        return format_date(date, _DATE_PATTERNS[self.language], locale=self.language)

    def dates(self, first: Date, last: Date) -> str:
        """From one date to another as the reader writes it, their year once: `2 April to 5 May 2025`."""
        if first == last:
            return self.date(last)
        from babel.dates import format_date

        pattern = (_DAY_PATTERNS if first.year == last.year else _DATE_PATTERNS)[self.language]
        return self("dates", first=format_date(first, pattern, locale=self.language), last=self.date(last))


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
    for name in (f"{language}.ftl", f"{language}.admin.ftl"):
        source = files("bot").joinpath("locales", name).read_text(encoding="utf-8")
        bundle.add_resource(FluentResource(source))
    return Texts(language, bundle)
