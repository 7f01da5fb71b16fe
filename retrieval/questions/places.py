"""Countries and regions that a question names, in any of its languages, and whether a text names them too.

They bridge languages ("Japan" finds "Nhật Bản"), and they tell a near miss: a question about trade with Japan is
not answered by a passage on trade with Russia.
"""

from collections.abc import Sequence
from functools import cache
from itertools import zip_longest

import regex

from retrieval.article import Span
from retrieval.languages.reading import VIETNAMESE, of, of_each, words_of_all
from retrieval.questions.phrases import Phrases, length_at_start
from retrieval.questions.place_forms import (
    BEGINNINGS_FOR,
    Place,
    declined_phrase,
    is_declined,
    is_phrase,
    places,
)
from retrieval.questions.query import Query
from retrieval.text.forms import Token, exact_form, fold, is_within, tokens, without_possessive
from retrieval.text.language import is_syllable

_FIRST = 2
"""All beginnings have so many letters at least."""
_MARKED_ONLY = frozenset(words_of_all("places", "marked_only"))
"""Without marks they are something else: `Nha Trang` is a city."""
_UNCLEAR_UNMARKED = frozenset(words_of_all("places", "unclear_unmarked"))
"""Without marks and in small letters they may be something else: `ai cap` asks who gives."""
_CLEAR_ALONE = frozenset(words_of_all("places", "clear_alone"))
"""One-syllable names that stay clear as the first word."""
_UNCLEAR_FIRST = frozenset(map(exact_form, words_of_all("places", "unclear_first")))
_OF_COUNTRIES = Phrases.of(words_of_all("places", "of_countries"))
"""`Anh có bao nhiêu dân` is about England, `Anh có biết` asks an elder brother."""
_SMALL_BESIDE: dict[str, list[str]] = {
    name: beside for found in of_each("places", "small_beside").values() for name, beside in found.items()
}
"""Short names that are meant in small letters too, in any place or beside some words: `uk`, `the us`."""
_NAMES_WITH = frozenset(map(fold, words_of_all("places", "names_with")))
"""`hằng nga` is the moon."""
_NOT_BEHIND = frozenset(map(fold, words_of_all("places", "not_behind")))
"""`tiếng Anh` is a language."""
_NOT_BEFORE = tuple(words_of_all("places", "not_before"))
"""`на русском языке` names a language."""
_SMALL = frozenset(map(exact_form, words_of_all("places", "small")))
"""One-syllable names that are meant in small letters too, between certain words: `thương mại với nga`."""
_SMALL_BEHIND = frozenset(map(fold, words_of_all("places", "small_behind")))
_SMALL_NOT_BEFORE = frozenset(map(exact_form, words_of_all("places", "small_not_before")))
_SMALL_ONLY_ALONE = frozenset(words_of_all("places", "small_only_alone"))
"""`turkey` is the country in a question without a capital, and a bird beside one."""

Names = dict[tuple[str, ...], Place]
"""The words of a name -> what it names."""


def places_in(query: Query) -> tuple[Place, ...]:
    """The places that a question names."""
    return tuple(dict.fromkeys(place for place, _ in places_named(query)))


def places_named(query: Query) -> list[tuple[Place, Span]]:
    """The places that a question names, each with the span of its name in `query.text`."""
    declined = any(query.language in languages for languages in BEGINNINGS_FOR.values())
    return _find_beginnings(query) if declined else _find_phrases(query)


def is_town(query: Query, place: Place, span: Span) -> bool:
    """Whether `place` is called there by the name of a town: `Moscow`, that of Russia."""
    written = fold(query.text[span.start : span.end])
    return any(written.startswith(fold(town)) for town in place.towns)


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
        found += [(place, span) for place, stems in likely if any(is_declined(word, stem) for stem in stems)]
    return found + phrases


def _find_phrases(query: Query) -> list[tuple[Place, Span]]:
    found: list[tuple[Place, Span]] = []
    words, names = query.tokens, _names(query.profile)
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


def _named(query: Query, position: int, length: int, names: Names) -> bool:
    words = query.tokens[position : position + length]
    key = _key(words, query)
    if key not in names:
        return False
    if length == 1:
        return _stands_alone(query, position)
    if key not in _unclear() or all(map(query.is_capitalised, words)):
        return True
    written = tuple(word.exact for word in words)
    return written != key and written in _names(VIETNAMESE)


def _key(words: Sequence[Token], query: Query) -> tuple[str, ...]:
    if query.profile == "vi":
        return tuple(word.exact for word in words)
    return tuple(without_possessive(word.folded) for word in words)


def _stands_alone(query: Query, position: int) -> bool:
    """Whether a name of one word is meant as such: capitalised, and no part of a person's name."""
    word = query.tokens[position]
    written = query.text[word.start : word.end]
    if written.islower() and written in _SMALL_BESIDE:
        return _is_beside_its_words(query, position, _SMALL_BESIDE[written])
    if not is_syllable(written):
        return written[0].isupper() or _is_meant_in_small_letters(query, word)
    if written.isupper() and len(written) > 1:  # `EU` is one, `SEC` is not `Séc`
        return (word.folded,) in _names("other")
    if query.language != VIETNAMESE:  # `Thai Nguyen` is a city
        return written[0].isupper() and not _is_name(query, position, 1)
    return (word.exact,) in _names(VIETNAMESE) and _is_meant_syllable(query, position)


def _is_meant_syllable(query: Query, position: int) -> bool:
    """The same for one syllable of a Vietnamese question."""
    word = query.tokens[position]
    if position == 0:  # `Pháp luật`, `Ý kiến`: the first word is always capitalised
        is_clear = (
            word.exact in _SMALL and word.exact != word.folded and not _is_joined_behind(query, position)
        )
        return word.folded in _CLEAR_ALONE or is_clear or _begins_as_country(query)
    if query.tokens[position - 1].folded in _NOT_BEHIND:
        return False
    if not any(map(query.is_capitalised, query.tokens[1:])) and word.folded in _CLEAR_ALONE:
        # Typed in small letters throughout.
        return query.tokens[position - 1].folded not in _NAMES_WITH and not _is_joined_behind(query, position)
    if not query.is_capitalised(word):
        return _is_between(query, position)
    return not (_is_name(query, position, -1) or _is_name(query, position, 1))


def _begins_as_country(query: Query) -> bool:
    """Whether the first word, which may be another word as well, stands before what is said of countries."""
    first, *following = query.tokens
    return first.exact in _UNCLEAR_FIRST and length_at_start(following, _OF_COUNTRIES) > 0


def _is_beside_its_words(query: Query, position: int, beside: Sequence[str]) -> bool:
    """Whether a short name in small letters stands beside one of the words that make it clear, where it needs any."""
    words = query.tokens
    pairs = {
        " ".join(word.folded for word in words[max(0, at - 1) : at + 1]) for at in (position, position + 1)
    }
    return not beside or not pairs.isdisjoint(beside)


def _is_meant_in_small_letters(query: Query, word: Token) -> bool:
    if word.folded in _SMALL_ONLY_ALONE and any(map(query.is_capitalised, query.tokens)):
        return False
    return word.end - word.start > (of(query.language, "places", "capitals_up_to") or 0)


def _is_joined_behind(query: Query, position: int) -> bool:
    """Whether it makes another word with the next one: `pháp luật`, `nga ba`."""
    following = query.tokens[position + 1 : position + 2]
    return any(word.exact in _SMALL_NOT_BEFORE for word in following)


def _is_between(query: Query, position: int) -> bool:
    """Whether a syllable in small letters stands where a country does, and makes no other word with the next one.

    Without any marks, put there by nobody, it may be anything.
    """
    words = query.tokens
    if query.text.isascii():
        return False
    before = " ".join(word.folded for word in words[max(0, position - 2) : position])
    return (
        words[position].exact in _SMALL
        and not _SMALL_BEHIND.isdisjoint((before, words[position - 1].folded))
        and not _is_joined_behind(query, position)
    )


def _is_name(query: Query, position: int, step: int) -> bool:
    """Whether the neighbour is a capitalised syllable one blank away, as in `Nguyễn Đức Chi`."""
    if not 0 < position + step < len(query.tokens):
        return False
    first, second = sorted((query.tokens[position], query.tokens[position + step]))
    neighbour = query.tokens[position + step]
    written = query.text[neighbour.start : neighbour.end]
    return query.text[first.end : second.start] == " " and written[0].isupper() and is_syllable(written)


@cache
def _names(profile: str) -> Names:
    """Every name that is a phrase as the words of a question in marked Vietnamese, else folded.

    A syllable is one in Vietnamese alone, and there no foreign one is: `Southern Han`, `Bộ Lao động`; but for `EU`.
    """
    marked = profile == VIETNAMESE
    names: Names = {}
    for place in places():
        for form in place.phrases:
            if form in _MARKED_ONLY and not marked:
                continue
            acronym = form.isupper() and len(form) > 1
            if is_syllable(form) and not acronym and (form in place.native) is (profile == "other"):
                continue
            names.setdefault(_words(form, marked=marked), place)
    return names


@cache
def _unclear() -> frozenset[tuple[str, ...]]:
    return frozenset(_words(form, marked=False) for form in _UNCLEAR_UNMARKED)


def _words(form: str, *, marked: bool) -> tuple[str, ...]:
    written = (form[word.start : word.end] for word in tokens(form))
    return tuple(map(exact_form if marked else fold, written))


@cache
def _stems() -> dict[str, list[tuple[Place, list[str]]]]:
    """The first letters of a word -> the places that it may name, with those of their stems that begin so."""
    stems: dict[str, dict[Place, list[str]]] = {}
    for place in places():
        for stem in place.beginnings:
            if not is_phrase(stem):
                stems.setdefault(stem[:_FIRST].lower(), {}).setdefault(place, []).append(stem)
    return {first: list(by_place.items()) for first, by_place in stems.items()}


@cache
def _declined_phrases() -> list[tuple[Place, "regex.Pattern[str]"]]:
    """The names of several words, and of two that a hyphen joins."""
    return [
        (place, regex.compile(rf"\b{declined_phrase(stem)}\b", regex.IGNORECASE))
        for place in places()
        for stem in place.beginnings
        if is_phrase(stem)
    ]
