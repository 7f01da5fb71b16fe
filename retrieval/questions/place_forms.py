"""Countries and regions with what each is called, and how a text names them: whole, or declined as Russian is."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

import regex

from retrieval.languages.reading import VIETNAMESE, of_each
from retrieval.text.language import is_syllable

_SHORT_STEM = 4
"""A beginning of at most this many letters counts only in a capitalised word."""
BEGINNINGS_FOR: dict[str, list[str]] = of_each("places", "beginnings_for")
"""Languages whose names of places are beginnings of words, with those whose questions they are found in."""
_ENDINGS = "|".join(of_each("places", "endings").values()) or ""
"""What may stand behind a beginning: `Вьетнам`, `Вьетнаму`, `вьетнамский`; `Лондондерри` is not London."""
_ENDING = regex.compile(_ENDINGS)
_DECLINED = regex.compile(r"(?:[аоыи][яйе]|[ия]я|[аяыиеоуйь])$")
"""The ending of a word of a name of several."""
_NEXT = regex.compile(r" (\p{Lu}[\p{Ll}\p{M}]*)\b")
_LAST = regex.compile(r"(?<=[^\s.!?:–-] )(\p{Lu}[\p{Ll}\p{M}]*) $")
_LONGEST_SYLLABLE = 10
"""Letters of one with the blanks around it."""
_BETWEEN = r"[\s\-–—]+"


@dataclass(frozen=True)
class Place:
    """One country or region with its names by language: phrases, or beginnings of words.

    `told` are names that it has in texts alone; `towns` those of its `forms` that are a town's, which stands for it.
    """

    code: str
    forms: Mapping[str, tuple[str, ...]] = field(compare=False)
    told: tuple[str, ...] = field(default=(), compare=False)
    towns: frozenset[str] = field(default=frozenset(), compare=False)

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Its names in languages that do not decline them."""
        return self._of(lambda language: language not in BEGINNINGS_FOR)

    @cached_property
    def native(self) -> tuple[str, ...]:
        """Its names in the language of the collection."""
        return self._of(lambda language: language == VIETNAMESE)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """What its names in other languages begin with."""
        return self._of(BEGINNINGS_FOR.__contains__)

    @cached_property
    def abroad(self) -> tuple[str, ...]:
        """Its names, and what they begin with, in all languages but that of the collection."""
        return self._of(lambda language: language != VIETNAMESE)

    def _of(self, is_meant: Callable[[str], bool]) -> tuple[str, ...]:
        return tuple(form for language, forms in self.forms.items() if is_meant(language) for form in forms)

    def is_named_in(self, text: str) -> bool:
        """Whether `text`, of any language, names it, and not only what has its name in a longer one: `Bạch Nga`, or
        somebody who is called so: `Phạm Nhật Vượng`.
        """
        longer = _longer_names().get(self.code)
        if longer is not None and self._whole.search(text):
            text = longer.sub("", text)
        if any(not _is_of_somebody(text, match) for match in self._whole.finditer(text)):
            return True
        return self._declined.search(text) is not None

    def is_town_named_in(self, text: str) -> bool:
        """Whether `text` names a town that stands for it."""
        return self._towns.search(text) is not None

    @cached_property
    def _towns(self) -> "regex.Pattern[str]":
        return regex.compile(rf"\b(?:{'|'.join(map(_spaced, sorted(self.towns))) or '(?!)'})\w{{0,3}}\b")

    @cached_property
    def _whole(self) -> "regex.Pattern[str]":
        named = (*self.phrases, *self.told)
        whole = [_spaced(form) for form in named if " " in form or not form.islower()]
        return regex.compile(rf"\b(?:{'|'.join(whole) or '(?!)'})\b")

    @cached_property
    def _declined(self) -> "regex.Pattern[str]":
        """Its names as they are declined."""
        phrases = [declined_phrase(form) for form in self.beginnings if is_phrase(form)]
        words = [form for form in self.beginnings if not is_phrase(form)]
        stems = [regex.escape(form) for form in words if len(form) > _SHORT_STEM]
        short = [regex.escape(form[:1].upper() + form[1:]) for form in words if len(form) <= _SHORT_STEM]
        any_case, capitalised = ("|".join(forms) or "(?!)" for forms in ((*phrases, *stems), short))
        return regex.compile(rf"\b(?:(?i:{any_case})|(?:{capitalised}))(?:{_ENDINGS})\b")


def _is_of_somebody(text: str, found: "regex.Match[str]") -> bool:
    """Whether a syllable has capitalised ones beside it; the one before it not for beginning a sentence: `Tại Nga`."""
    if not is_syllable(found.group()) or found.group().isupper():
        return False
    after = _NEXT.match(text, found.end())
    before = _LAST.search(text, max(0, found.start() - _LONGEST_SYLLABLE), found.start())
    return any(neighbour is not None and is_syllable(neighbour[1]) for neighbour in (before, after))


@cache
def _longer_names() -> dict[str, "regex.Pattern[str]"]:
    """By the code of a place, names of others that hold one of its own: `Biển Nhật Bản`, `Ấn Độ Dương`."""
    codes: dict[tuple[str, ...], set[str]] = {}
    named = [(place.code, _parts(form)) for place in places() for form in (*place.phrases, *place.told)]
    for code, words in named:
        codes.setdefault(words, set()).add(code)
    held: dict[str, set[str]] = {}
    for code, words in named:
        for part in (words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1)):
            for other in codes.get(part, set()) - {code}:
                held.setdefault(other, set()).add(_spaced(" ".join(words)))
    return {code: regex.compile(rf"\b(?:{'|'.join(sorted(names))})\b") for code, names in held.items()}


def _parts(name: str) -> tuple[str, ...]:
    return tuple(regex.split(_BETWEEN, name))


def _spaced(form: str) -> str:
    return _BETWEEN.join(map(regex.escape, _parts(form)))


def is_declined(word: str, stem: str) -> bool:
    """Whether `word` is a name that begins with `stem`, in any case, or made of it: `Россией`, `российский`."""
    if stem.isupper() and word.isalpha() and word.upper() == stem:
        return True  # `сша`
    if len(stem) <= _SHORT_STEM:
        begins = word.startswith(stem[:1].upper() + stem[1:])
    else:
        begins = word.lower().startswith(stem.lower())
    return begins and _ENDING.fullmatch(word, len(stem)) is not None


def is_phrase(beginning: str) -> bool:
    """Whether it is of several words."""
    return " " in beginning or "-" in beginning


def declined_phrase(name: str) -> str:
    """A pattern for a name of several words in any case: `Северной Корее`; without what bounds it."""
    words = [word for word in regex.split(_BETWEEN, name) if word]
    return _BETWEEN.join(
        regex.escape(_DECLINED.sub("", word)) + r"\w{0,3}" if len(word) > len("Шри") else regex.escape(word)
        for word in words
    )


@cache
def places() -> tuple[Place, ...]:
    """All that are known."""
    path = files("retrieval.questions") / "data" / "places.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_place(code, known) for code, known in data.items())


def _place(code: str, known: Mapping[str, list[str]]) -> Place:
    forms = {lang: tuple(written) for lang, written in known.items() if lang not in ("told", "towns")}
    return Place(code, forms, tuple(known.get("told", ())), frozenset(known.get("towns", ())))
