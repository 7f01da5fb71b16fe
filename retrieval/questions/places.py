"""Countries and regions that a question names, in any of its languages, and whether a text names them too.

They bridge languages ("Japan" finds "Nhật Bản"), and they tell a near miss: a question about trade with Japan is
not answered by a passage on trade with Russia.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from itertools import zip_longest

import regex

from retrieval.article import Span
from retrieval.languages.reading import VIETNAMESE, of, of_each, words_of_all
from retrieval.questions.query import Query
from retrieval.text.forms import Token, exact_form, fold, is_within, tokens, without_possessive
from retrieval.text.language import is_syllable

_SHORT_STEM = 4
"""A beginning of at most this many letters counts only in a capitalised word."""
_FIRST = 2
"""All beginnings have so many letters at least."""
_MARKED_ONLY = frozenset(words_of_all("places", "marked_only"))
"""Without marks they are something else: `Nha Trang` is a city."""
_NOT_ASKED_BY = frozenset(words_of_all("places", "not_asked_by"))
"""Common words in a question, `bãi biển đông khách`; only a text names it so, with capitals."""
_CLEAR_ALONE = frozenset(words_of_all("places", "clear_alone"))
"""One-syllable names that stay clear as the first word."""
_NOT_BEHIND = frozenset(map(fold, words_of_all("places", "not_behind")))
"""`tiếng Anh` is a language."""
_NOT_BEFORE = tuple(words_of_all("places", "not_before"))
"""`на русском языке` names a language."""
_BEGINNINGS_FOR: dict[str, list[str]] = of_each("places", "beginnings_for")
"""Languages whose names of places are beginnings of words, with those whose questions they are found in."""


@dataclass(frozen=True)
class Place:
    """One country or region with its names by language: phrases, or beginnings of words."""

    code: str
    forms: Mapping[str, tuple[str, ...]] = field(compare=False)

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Its names in languages that do not decline them."""
        return self._of(lambda language: language not in _BEGINNINGS_FOR)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """What its names in other languages begin with."""
        return self._of(_BEGINNINGS_FOR.__contains__)

    @cached_property
    def abroad(self) -> tuple[str, ...]:
        """Its names, and what they begin with, in all languages but that of the collection."""
        return self._of(lambda language: language != VIETNAMESE)

    def _of(self, is_meant: Callable[[str], bool]) -> tuple[str, ...]:
        return tuple(form for language, forms in self.forms.items() if is_meant(language) for form in forms)

    def is_named_in(self, text: str) -> bool:
        """Whether `text`, of any language, names it."""
        return self._pattern.search(text) is not None

    @cached_property
    def _pattern(self) -> "regex.Pattern[str]":
        whole = [_spaced(form) for form in self.phrases if " " in form or not form.islower()]
        stems = [_spaced(form) for form in self.beginnings if len(form) > _SHORT_STEM]
        short = [
            regex.escape(form[:1].upper() + form[1:]) for form in self.beginnings if len(form) <= _SHORT_STEM
        ]
        return regex.compile(
            rf"\b(?:(?:{'|'.join(whole) or '(?!)'})\b|(?i:{'|'.join(stems) or '(?!)'})|(?:{'|'.join(short) or '(?!)'}))"
        )


def _spaced(form: str) -> str:
    return r"[\s\-–]+".join(regex.escape(word) for word in regex.split(r"[\s\-–]+", form))


def places_in(query: Query) -> tuple[Place, ...]:
    """The places that a question names."""
    return tuple(dict.fromkeys(place for place, _ in places_named(query)))


def places_named(query: Query) -> list[tuple[Place, Span]]:
    """The places that a question names, each with the span of its name in `query.text`."""
    declined = any(query.language in languages for languages in _BEGINNINGS_FOR.values())
    return _find_beginnings(query) if declined else _find_phrases(query)


def _find_beginnings(query: Query) -> list[tuple[Place, Span]]:
    matches = ((place, phrase.search(query.text)) for place, phrase in _declined_phrases())
    phrases = [(place, Span(*match.span())) for place, match in matches if match]
    found: list[tuple[Place, Span]] = []
    for token, following in zip_longest(query.tokens, query.tokens[1:]):
        if is_within(token, (span for _, span in phrases)):
            continue  # `Южно-Китайское море` is not China's
        if following is not None and following.folded.startswith(_NOT_BEFORE):
            continue
        span = Span(token.start, token.end)
        word = query.text[token.start : token.end]
        likely = _stems().get(word[:_FIRST].lower(), ())
        found += [(place, span) for place, stems in likely if any(_declined(word, stem) for stem in stems)]
    return found + phrases


def _declined(word: str, stem: str) -> bool:
    if len(stem) <= _SHORT_STEM:
        return word.startswith(stem[:1].upper() + stem[1:])
    return word.lower().startswith(stem.lower())


def _find_phrases(query: Query) -> list[tuple[Place, Span]]:
    found: list[tuple[Place, Span]] = []
    words, names = query.tokens, _names(marked=query.profile == "vi")
    position = 0
    while position < len(words):
        length = next(
            (n for n in range(min(6, len(words) - position), 0, -1) if _named(query, position, n, names)), 0
        )
        if length:
            named = words[position : position + length]
            found.append((names[_key(named, query)], Span(named[0].start, named[-1].end)))
        position += max(length, 1)
    return found


def _named(query: Query, position: int, length: int, names: dict[tuple[str, ...], Place]) -> bool:
    words = query.tokens[position : position + length]
    if _key(words, query) not in names:
        return False
    return length > 1 or _stands_alone(query, position)


def _key(words: Sequence[Token], query: Query) -> tuple[str, ...]:
    if query.profile == "vi":
        return tuple(word.exact for word in words)
    return tuple(without_possessive(word.folded) for word in words)


def _stands_alone(query: Query, position: int) -> bool:
    """Whether a name of one word is meant as such: capitalised, and no part of a person's name."""
    word = query.tokens[position]
    written = query.text[word.start : word.end]
    if query.language != VIETNAMESE or not is_syllable(written):
        return written[0].isupper() or len(written) > (of(query.language, "places", "capitals_up_to") or 0)
    if query.unaccented:
        return False
    if position == 0:  # `Pháp luật`, `Ý kiến`: the first word is always capitalised
        return word.folded in _CLEAR_ALONE
    if query.tokens[position - 1].folded in _NOT_BEHIND:
        return False
    return written[0].isupper() and not (_is_name(query, position, -1) or _is_name(query, position, 1))


def _is_name(query: Query, position: int, step: int) -> bool:
    """Whether the neighbour is a capitalised syllable one blank away, as in `Nguyễn Đức Chi`."""
    if not 0 < position + step < len(query.tokens):
        return False
    first, second = sorted((query.tokens[position], query.tokens[position + step]))
    neighbour = query.tokens[position + step]
    written = query.text[neighbour.start : neighbour.end]
    return query.text[first.end : second.start] == " " and written[0].isupper() and is_syllable(written)


@cache
def _names(*, marked: bool) -> dict[tuple[str, ...], Place]:
    """Every name that is a phrase as the words of a question in marked Vietnamese, else folded."""
    names: dict[tuple[str, ...], Place] = {}
    for place in _places():
        for form in place.phrases:
            if form in _NOT_ASKED_BY or (form in _MARKED_ONLY and not marked):
                continue
            key = tuple(
                exact_form(w) if marked else fold(w) for w in (form[t.start : t.end] for t in tokens(form))
            )
            names.setdefault(key, place)
    return names


@cache
def _stems() -> dict[str, list[tuple[Place, list[str]]]]:
    """The first letters of a word -> the places that it may name, with those of their stems that begin so."""
    stems: dict[str, dict[Place, list[str]]] = {}
    for place in _places():
        for stem in place.beginnings:
            if _is_phrase(stem):
                continue
            stems.setdefault(stem[:_FIRST].lower(), {}).setdefault(place, []).append(stem)
    return {first: list(by_place.items()) for first, by_place in stems.items()}


@cache
def _declined_phrases() -> list[tuple[Place, "regex.Pattern[str]"]]:
    """The names of several words, and of two that a hyphen joins."""
    return [
        (place, regex.compile(regex.escape(stem), regex.IGNORECASE))
        for place in _places()
        for stem in place.beginnings
        if _is_phrase(stem)
    ]


def _is_phrase(stem: str) -> bool:
    return " " in stem or "-" in stem


@cache
def _places() -> tuple[Place, ...]:
    path = files("retrieval.questions") / "data" / "places.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Place(code, {lang: tuple(written) for lang, written in forms.items()}) for code, forms in data.items()
    )
