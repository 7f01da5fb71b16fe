"""Foreign names as they sound, so that `Лаврова` finds `Lavrov` and `Казахстане` finds `Kazakhstan`.

Cyrillic is spelled in Latin letters, what transcriptions write differently is made alike, and endings are cut off.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from retrieval.languages.reading import any_of, of
from retrieval.text.forms import Token, without_possessive
from retrieval.text.language import is_syllable

_LATIN = dict(
    zip(
        "абвгдезиклмнопрстуфхцыэйёъьжчшщюя",
        (*"abvgdeziklmnoprstufhcieie", "", "", "j", "ch", "s", "s", "iu", "ia"),
        strict=True,
    )
)
_ROMAN = str.maketrans(
    dict(
        zip(
            "абвгдежзийклмнопрстуфхцчшщъыьэюя",
            "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
            strict=True,
        )
    )
)
_CASE = regex.compile(rf"(?<=\p{{Cyrillic}}{{3}})(?:{any_of(of('ru', 'names', 'endings'))})$")
_ROMAN_ENDINGS = (*(ending.translate(_ROMAN) for ending in of("ru", "names", "endings")), "s", "es")
_LATIN_CASE = regex.compile(rf"(?<=\p{{Latin}}{{4}})(?:{any_of(_ROMAN_ENDINGS)})$")
_BASES = ("", "a", "o")
"""Endings that a name has which is not declined: `Putin`, `Moskva`, `Lukashenko`."""
_AFTER_VOWEL = regex.compile(r"(?:^|(?<=[аеиоэя]))е")
"""Not behind `у`: `Нгуен` is Vietnamese, and the usual way to write it."""
_ALIKE = (
    ("kh", "h"),
    ("nh", "n"),
    ("sh", "s"),
    ("zh", "j"),
    ("th", "t"),
    ("ph", "f"),
    ("ts", "c"),
    ("ck", "k"),
    ("y", "i"),
    ("w", "v"),
)
_VOWELS = regex.compile(r"(?<=.)[aeiou]|h|^[aeiou]")
_SHORTEST, _LONGEST = 4, 5
"""Letters of a word that sounds like anything, and that are kept of it: endings of Russian cases lie behind."""


@lru_cache(maxsize=1 << 16)
def spell(folded: str) -> str:
    """A folded word as it sounds, roughly, in Latin letters."""
    latin = "".join(_LATIN.get(letter, letter) for letter in folded)
    for written, alike in _ALIKE:
        latin = latin.replace(written, alike)
    return "".join(letter for i, letter in enumerate(latin) if i == 0 or letter != latin[i - 1])


def sounds(tokens: Sequence[Token]) -> list[str]:
    """The sounds of the words in `tokens` that are no Vietnamese syllables, repeats kept."""
    spelled = (spell(t.folded) for t in tokens if t.folded.isalpha() and not is_syllable(t.folded))
    return [word[:_LONGEST] for word in spelled if len(word) >= _SHORTEST]


def romanised(folded: str) -> str:
    """A folded Cyrillic word as the press writes it in Latin letters: `мишустин` is `mishustin`."""
    return folded.translate(_ROMAN)


def as_transcribed(folded: str) -> str:
    """A folded Cyrillic word with the `й` that is heard before `е` behind a vowel: `токайев` is `tokayev`."""
    return _AFTER_VOWEL.sub("йе", folded)


def undeclined(folded: str) -> set[str]:
    """What a folded name in Latin letters may be a case or plural of: `putina` of `putin`, `moskvu` of `moskva`."""
    bare = without_possessive(folded)
    stems = {bare[: match.start()] for match in _LATIN_CASE.finditer(bare, overlapped=True)}
    return {f"{stem}{base}" for stem in stems for base in _BASES} - {bare}


class Declined(NamedTuple):
    """A name as it may be called, and how it was typed: without its last `cut` letters, and with `ending` behind."""

    name: str
    cut: int = 0
    ending: str = ""

    def like(self, other: str) -> str:
        """`other` declined in the same way."""
        return other[: len(other) - self.cut] + self.ending


def nominatives(folded: str) -> tuple[Declined, ...]:
    """A folded Cyrillic name as it is, and what it may be a case of: `лаврова` of `лавров`, `анной` of `анна`."""
    declined = _CASE.search(folded)
    if declined is None:
        return (Declined(folded),)
    stem, ending = folded[: declined.start()], declined.group()
    return Declined(folded), Declined(stem, 0, ending), Declined(f"{stem}а", 1, ending)


@lru_cache(maxsize=1 << 14)
def consonants(folded: str) -> str:
    """What is left of a name in whatever transcription: `Kuechly` and `Кикли`."""
    sound = spell(without_possessive(folded)).replace("dj", "j")
    return _VOWELS.sub("", sound.replace("c", "k").replace("z", "s")).replace("v", "")
