"""Names in a sentence that readers of any language can read: of people, of foreign firms and things, of places."""

from collections.abc import Iterator
from functools import cache
from typing import Literal

import regex

from retrieval.article import Span
from retrieval.excerpts.atom_words import any_word, listed, table, words_before, written
from retrieval.questions.place_forms import places
from retrieval.text.language import is_syllable

NameKind = Literal["person", "place", "name"]
_WORD = r"\p{Lu}[\p{L}\p{M}]*(?:[-’'.][\p{L}\p{M}]+)*"
_RUN = regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}]){_WORD}(?: {_WORD})*(?!-?[\p{{L}}\p{{N}}])")
_WORDS = regex.compile(_WORD)
_NUMERAL = regex.compile("[IVXLC]+")
_LONGEST_VIETNAMESE = 4
_SHORTEST = 3
"""Letters of a foreign name of one word."""


def names_in(text: str) -> Iterator[tuple[Span, NameKind]]:
    """The names of a sentence in order, each with its span."""
    for found in _RUN.finditer(text):
        title, _, name = found[0].partition(" ")  # `Ông` at the beginning of a sentence
        behind = found.end() - len(name) if name and title.lower() in listed("titles_end") else found.start()
        yield from _names(text, Span(behind, found.end()))


def _names(text: str, run: Span) -> Iterator[tuple[Span, NameKind]]:
    """The names in a run of words with capitals: places are parted from what stands before and behind them."""
    if _is_vietnamese(text, run):
        yield run, "person"
        return
    position = run.start
    for place in _places().finditer(text, run.start, run.end):
        if place.start() > run.start and is_syllable(place[0]):
            continue  # `Nguyễn Đức Chi`
        yield from _other(text, Span(position, place.start()))
        yield Span(*place.span()), "place"
        position = place.end()
    yield from _other(text, Span(position, run.end))


def _is_vietnamese(text: str, run: Span) -> bool:
    """Whether it is the full name of a person."""
    words = text[run.start : run.end].split(" ")
    called = 2 <= len(words) <= _LONGEST_VIETNAMESE and words[0] in written("surnames")
    before = {words_before(text, run.start), words_before(text, run.start, 2)}
    return (
        called
        and all(map(is_syllable, words))
        and before.isdisjoint(listed("of_places"))
        and not _places().fullmatch(text, run.start, run.end)
    )


def _other(text: str, span: Span) -> Iterator[tuple[Span, NameKind]]:
    """The foreign name in what is left of a run, from its first foreign word on."""
    words = list(_WORDS.finditer(text, span.start, span.end))
    while words and not _is_foreign(words[0][0]):
        words = words[1:]
    if not words or (len(words) == 1 and len(words[0][0]) < _SHORTEST):
        return
    found = Span(words[0].start(), words[-1].end())
    yield found, _kind(text, found)


def _is_foreign(word: str) -> bool:
    """Whether it is no Vietnamese word, numeral or currency; of capitals alone, an international abbreviation."""
    if is_syllable(word) or word.lower() in table("money") or _NUMERAL.fullmatch(word):
        return False
    return word.isascii() or not word.isupper()


def _kind(text: str, name: Span) -> NameKind:
    before = words_before(text, name.start)
    if before in listed("titles_end") or _behind_title(text, name.start):
        return "person"
    return "place" if before in listed("town_behind") else "name"


def _behind_title(text: str, position: int) -> bool:
    """Whether a place stands before it, and a title before that: `Tổng thống Nga Vladimir Putin`."""
    two = words_before(text, position, 2).split(" ")
    three = words_before(text, position, 3).split(" ")
    return two[0] in listed("titles_end") or (len(three) == 3 and three[0] in listed("titles_end"))


@cache
def _places() -> "regex.Pattern[str]":
    named = {name for place in places() for name in (*place.native, *place.told)}
    capitalised = [name for name in (*named, *written("towns")) if name[:1].isupper()]
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}]){any_word(capitalised)}")
