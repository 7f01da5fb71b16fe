"""Vietnamese as it is typed before a keyboard composes it: `thuwowng` and `thu7o7ng` are `thương`.

Telex has letters for marks and tones, VNI has digits; keys stand behind their letter or at the end of the syllable.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from retrieval.text.forms import TONES, exact_form
from retrieval.text.language import is_syllable

_TONES = dict(zip("sfrxj", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_TONES |= dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_HATS = dict(zip("aeo", "âêô", strict=True))
_MARKS = {
    "w": {"a": "ă", "o": "ơ", "u": "ư"},
    "6": _HATS,
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    **{letter: {letter: hat} for letter, hat in _HATS.items()},
}
"""What a key makes of a letter before it."""
_VOWELS = frozenset("aăâeêioôơuưy")
_LONGEST = 12
"""Keys of a syllable: `nghieengx` has nine."""


class _Typed(NamedTuple):
    """A syllable half typed: its letters without tone, the tone, and how many keys were no letters."""

    letters: str = ""
    tone: str = ""
    keys: int = 0


@lru_cache(maxsize=1 << 14)
def composed(typed: str) -> frozenset[str]:
    """The exact forms of the syllables that the keys `typed`, in small letters, may mean; none for letters alone."""
    if len(typed) > _LONGEST:
        return frozenset()
    states = {_Typed()}
    for key in unicodedata.normalize("NFC", typed):
        states = {after for state in states for after in _pressed(state, key)}
    return frozenset(
        exact_form(letters) + tone
        for letters, tone, keys in states
        if keys and letters and is_syllable(letters)
    )


def _pressed(state: _Typed, key: str) -> Iterator[_Typed]:
    letters, tone, keys = state
    if key.isdigit() and key not in _TONES and key not in _MARKS and key != "9":
        return
    if key in _TONES and not _VOWELS.isdisjoint(letters):
        if not tone:
            yield _Typed(letters, _TONES[key], keys + 1)
        return
    if key in ("d", "9") and letters.startswith("d"):
        yield _Typed(f"đ{letters[1:]}", tone, keys + 1)
    for place, letter in enumerate(letters):
        if mark := _MARKS.get(key, {}).get(letter):
            yield _Typed(letters[:place] + mark + letters[place + 1 :], tone, keys + 1)
    if key in "w7" and (at := letters.find("uo")) >= 0:
        yield _Typed(f"{letters[:at]}ươ{letters[at + 2 :]}", tone, keys + 1)
    if key == "w":
        yield from _hooked(state)
    elif not key.isdigit():
        yield from _lettered(state, key)


def _hooked(state: _Typed) -> Iterator[_Typed]:
    """A `w` by itself is an `ư`; one key hooks both letters of `ươ`, however the first was typed."""
    letters, tone, keys = state
    if (at := letters.find("ưo")) >= 0:
        yield _Typed(f"{letters[:at]}ươ{letters[at + 2 :]}", tone, keys + 1)
    if _VOWELS.isdisjoint(letters):
        yield _Typed(f"{letters}ư", tone, keys + 1)


def _lettered(state: _Typed, key: str) -> Iterator[_Typed]:
    """A letter, which may have been composed with its tone already."""
    decomposed = unicodedata.normalize("NFD", key)
    given = "".join(mark for mark in decomposed if mark in TONES)
    bare = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES))
    if given and state.tone:
        return
    yield _Typed(state.letters + bare, given or state.tone, state.keys)


def written(exact: str) -> str:
    """The syllable of an exact form with its tone where it is written: `thuơng` with a dot behind is `thượng`."""
    tone = "".join(mark for mark in exact if mark in TONES)
    letters = unicodedata.normalize("NFC", exact.removesuffix(tone))
    if not tone:
        return letters
    place = _bearer(letters) + 1
    return unicodedata.normalize("NFC", letters[:place] + tone + letters[place:])


def _bearer(letters: str) -> int:
    """The place of the vowel that bears the tone."""
    silent = 2 if letters.startswith(("qu", "gi")) and _VOWELS & set(letters[2:]) else 0
    vowels = [i for i, letter in enumerate(letters) if letter in _VOWELS and i >= silent]
    marked = [i for i in vowels if letters[i] not in "aeiouy"]
    if marked:
        return marked[-1]
    closed = vowels[-1] < len(letters) - 1
    return vowels[-1] if closed else vowels[len(vowels) // 2] if len(vowels) > 2 else vowels[0]
