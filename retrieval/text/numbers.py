"""Numbers in one form: grouped and decimal ones, numeric dates, digits of any script, Roman numerals.

`Đại hội XIII` is `Đại hội 13`, `quý III` is `quý 3`, `XX съезд` is `20 съезд`. Many Roman numerals are also letters or
words, so it depends on what stands around them: `Vitamin C`, `Khối V`, `XI MĂNG`.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import regex

from retrieval.languages.reading import words_of_all

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_ON_LINE = str.maketrans(RAISED, "0123456789" * 2)
DASH = r"[-\u2010-\u2013\u2212]"
_DATE = regex.compile(r"([0-9]{1,2})[./]([0-9]{1,2})(?:[./]([0-9]{4}))?")
_YEAR_FIRST = regex.compile(rf"([0-9]{{4}})([./]|{DASH})([0-9]{{1,2}})\2([0-9]{{1,2}})")
_HYPHENED_DATE = regex.compile(rf"(?:([0-9]{{1,2}}){DASH})?([0-9]{{1,2}}){DASH}([0-9]{{4}})")
_SHORT_YEAR = regex.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2})|([0-3][0-9])\.([01][0-9])\.([0-9]{2})")
_THIS_CENTURY = "70"
"""Years of two digits from here on are of the last century."""
_GROUPED = regex.compile(r"\d{1,3}(?:[.,]\d{3})+")
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


def canonical_number(written: str) -> str:
    """One form for a number or numeric date: grouping marks go, a decimal comma becomes a point.

    The day stands first, where the month could not: `2025-04-02` -> `2/4/2025`, `12/25/2024` -> `25/12/2024`.
    """
    if written[0] in RAISED:
        return written.translate(_ON_LINE)
    written = _compatible(_plain_digits(written))
    if (date := _numeric_date(written)) is not None:
        # No int(): regex may know digits of a newer Unicode than Python does.
        return "/".join(part.lstrip("0") or "0" for part in date if part)
    if _GROUPED.fullmatch(written):
        return regex.sub(r"[.,]", "", written)
    return written.replace(",", ".")


def _numeric_date(written: str) -> tuple[str | None, str, str | None] | None:
    """Day, month and year as written; the day or the year may be missing."""
    if found := _YEAR_FIRST.fullmatch(written):
        year, _, month, day = found.groups()
        return _day_first(day, month, year)
    if found := _HYPHENED_DATE.fullmatch(written) or _DATE.fullmatch(written):
        first, second, year = found.groups()
        if year and first:
            return _day_first(first, second, year)
        return (first, second, year) if "/" in written or year else None
    if found := _SHORT_YEAR.fullmatch(written):
        day, month, short = (part for part in found.groups() if part)
        century = "20" if short < _THIS_CENTURY else "19"
        return _day_first(day, month, century + short)
    return None


def _day_first(day: str, month: str, year: str) -> tuple[str, str, str]:
    return (month, day, year) if int(month) > 12 >= int(day) else (day, month, year)


def _plain_digits(number: str) -> str:
    """Full-width and other decimal digits as 0 to 9; raised and enclosed ones stay: 10⁴ is not 104."""
    if number.isascii():
        return number
    return "".join(str(unicodedata.decimal(c, c)) for c in number)


def _compatible(number: str) -> str:
    """`Ⅻ`, one character, as 12; everything else as it is."""
    letters = unicodedata.normalize("NFKC", number)
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
