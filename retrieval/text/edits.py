"""The words that one slip of the hand makes of a word: a letter too many, too few, another, two that changed places.

Each slip has a cost, by how people mistype: neighbours that change places and doubled letters come first, then a letter
left out, put in, or typed for another that sounds alike, then one for another beside it on the keyboard (Damerau, A
technique for computer detection and correction of spelling errors, 1964). Others are not thought of: they make another
word.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise, permutations

from retrieval.languages.reading import of

LIGHT, COMMON, BESIDE = 1.0, 1.5, 1.75
"""Costs of slips."""
_FIRST = 1.0
"""What a slip costs besides where it changes the first letter: people look at it."""
_LATIN, _CYRILLIC = "en", "ru"
"""The languages whose keyboards have the alphabets."""


@lru_cache(maxsize=256)
def edits(word: str, dearest: float = BESIDE + _FIRST) -> Mapping[str, float]:
    """The words one slip away from `word`, all in small letters without marks, each with its cost, at most `dearest`.

    Some 35 to 45 times the letters of a word of Latin letters or of Cyrillic ones; three times where only LIGHT ones
    are wanted.
    """
    found = dict(_replacing(word)) if dearest >= COMMON else {}
    found.update(_light(word))
    found.pop(word, None)
    return {each: cost for each, cost in found.items() if cost <= dearest}


def _light(word: str) -> Iterator[tuple[str, float]]:
    for i, letter in enumerate(word):
        before, after = word[:i], word[i + 1 :]
        yield before + letter + letter + after, LIGHT
        if after:
            yield before + after[0] + letter + after[1:], LIGHT if i else LIGHT + _FIRST / 2
        if before[-1:] == letter:
            yield before + after, LIGHT


def _replacing(word: str) -> Iterator[tuple[str, float]]:
    taken_for = _taken_for(_LATIN if word.isascii() else _CYRILLIC)
    for i in range(len(word) + 1):
        before, after, rest = word[:i], word[i:], word[i + 1 :]
        first = 0.0 if i else _FIRST
        yield from ((f"{before}{letter}{after}", COMMON + first) for letter in taken_for)
        if after:
            yield before + rest, COMMON + first
            others = taken_for.get(after[0], {})
            yield from ((f"{before}{letter}{rest}", cost + first) for letter, cost in others.items())


@cache
def _taken_for(language: str) -> Mapping[str, Mapping[str, float]]:
    """By letter of an alphabet, those that are typed in its place, with costs."""
    rows: Sequence[str] = of(language, "keyboard", "rows")
    alike: Sequence[str] = of(language, "keyboard", "alike")
    found: dict[str, dict[str, float]] = {letter: {} for row in rows for letter in row}
    for above, row in pairwise(("", *rows)):
        for i, key in enumerate(row):
            for other in {*row[max(i - 1, 0) : i + 2], *above[i : i + 2]} - {key}:
                found[key][other] = found[other][key] = BESIDE
    for letters in alike:
        for one, other in permutations(letters, 2):
            found[one][other] = COMMON
    return found
