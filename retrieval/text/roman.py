"""Roman numerals: `Đại hội XIII` is `Đại hội 13`, `quý III` is `quý 3`, `XX съезд` is `20 съезд`.

Many are also letters or words, so it depends on what stands around them: `Vitamin C`, `Khối V`, `XI MĂNG`.
"""

from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

import regex

from retrieval.languages.reading import words_of_all

_FORM = regex.compile(r"(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
BEGINNINGS = frozenset("IVXLCDMivxХІ")
"""Letters that a numeral begins with: a quick look at any word."""
_CYRILLIC = str.maketrans("ХІ", "XI")
_SMALL = frozenset("IVX")
_WORDS = frozenset({"VI", "XI"})
"""Vietnamese words as well: `VI PHẠM`, `XI MĂNG`."""

_BEFORE = frozenset(words_of_all("roman", "before"))
"""Words that a Roman numeral follows, of one letter too."""
_AFTER = tuple(words_of_all("roman", "after"))
_BEFORE_SMALL = frozenset(words_of_all("roman", "before_small"))
"""What a small single letter is a numeral behind."""
_GOES_ON = frozenset(words_of_all("roman", "small_before"))
"""After these words a small `vi` or `xi` was a numeral: else `khóa vi tính`."""


def compatible(number: str) -> str:
    """`Ⅻ`, one character, as 12; everything else as it is."""
    letters = normalize("NFKC", number)
    return (
        str(_value(letters) or number) if "\u2160" <= number[0] <= "\u2188" and letters.isalpha() else number
    )


def numeral(text: str, words: Sequence[tuple[int, int]], i: int) -> str | None:
    """The digits for the word `i` of `text` where that is meant as a Roman numeral, else None."""
    start, end = words[i]
    written = text[start:end]
    value = _value(written)
    if value is None:
        return None
    before, after = _neighbour(text, words, i, -1), _neighbour(text, words, i, 1)
    latin = written.translate(_CYRILLIC)
    meant = _meant(latin, before, after) if latin.isupper() else _meant_small(latin, before, after)
    return str(value) if meant else None


def _meant(letters: str, before: str, after: str) -> bool:
    """Of capitals: some are only numerals, others where a word says so."""
    announced = before.lower() in _BEFORE or after.lower().startswith(_AFTER)
    if len(letters) == 1:
        return letters in _SMALL and announced
    if not set(letters) <= _SMALL:
        return len(letters) >= 5 or (len(letters) >= 3 and (announced or set(letters) <= {*_SMALL, "L"}))
    return announced or letters not in _WORDS or not (_is_shouted(before) or _is_shouted(after))


def _meant_small(letters: str, before: str, after: str) -> bool:
    if not set(letters.upper()) <= _SMALL or not letters.islower():
        return False
    if len(letters) == 1:
        return before.lower() in _BEFORE_SMALL and not (before.lower() in ("quý", "quy") and letters != "i")
    if letters.upper() in _WORDS and after and after.lower() not in _GOES_ON:
        return False
    return before.lower() in _BEFORE


def _is_shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper() and _value(word) is None


def _neighbour(text: str, words: Sequence[tuple[int, int]], i: int, step: int) -> str:
    """The word beside word `i`, where nothing but a blank or a hyphen parts them."""
    if not 0 <= i + step < len(words):
        return ""
    (_, end), (start, _) = sorted((words[i], words[i + step]))
    joined = text[end:start] in (" ", "-")
    return text[slice(*words[i + step])] if joined else ""


@lru_cache(maxsize=1 << 14)
def _value(written: str) -> int | None:
    latin = written.translate(_CYRILLIC)
    if latin != written and (len(written) < 2 or not set(latin) <= _SMALL):
        return None
    upper = latin.upper()
    if not _FORM.fullmatch(upper) or not (latin.isupper() or latin.islower()):
        return None
    digits = [_DIGITS[letter] for letter in upper]
    return sum(-d if d < following else d for d, following in zip(digits, [*digits[1:], 0], strict=True))
