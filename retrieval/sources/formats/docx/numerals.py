"""Numbers in the forms that Word counts in: 2, 02, II, ii, B, b, 2nd, second, hai, б."""

from collections.abc import Callable

_ROMAN = zip(
    (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
    "M CM D CD C XC L XL X IX V IV I".split(),
    strict=True,
)
_ROMAN_PARTS = tuple(_ROMAN)
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RUSSIAN = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
_ORDINALS |= {"nine": "ninth", "twelve": "twelfth"}
_VIETNAMESE = "không một hai ba bốn năm sáu bảy tám chín".split()
_MOST_REPEATED = 5
"""How often letters are repeated (`AAA`) before a figure says more."""


def numeral(value: int, form: str) -> str:
    """`value` written in a form of Word's; one that is not known here is written in figures."""
    if form == "none":
        return ""
    if form in _FORMS:
        return _FORMS[form](value)
    padded = form.partition(",")[0].strip()  # a form of one's own: "001, 002, 003, ..."
    return str(value).zfill(len(padded)) if padded.isdecimal() else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    written = ""
    for worth, letters in _ROMAN_PARTS:
        written += letters * (value // worth)
        value %= worth
    return written


def _letters(value: int, letters: str) -> str:
    """A to Z, then AA, BB, as Word counts."""
    times, place = divmod(value - 1, len(letters))
    return letters[place] * (times + 1) if value > 0 and times < _MOST_REPEATED else str(value)


def _ordinal(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th") if value % 100 not in (11, 12, 13) else "th"
    return f"{value}{ending}"


def _cardinal(value: int) -> str:
    if value < 20:
        return _ONES[value]
    if value > 99:
        return str(value)
    tens, ones = divmod(value, 10)
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def _ordinal_word(value: int) -> str:
    if value > 99:
        return _ordinal(value)
    before, joint, last = _cardinal(value).rpartition("-")
    ending = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return before + joint + ending


def _vietnamese(value: int) -> str:
    if value > 99:
        return str(value)
    tens, ones = divmod(value, 10)
    last = _VIETNAMESE[ones] if tens == 0 or ones not in (1, 5) or (tens == 1 and ones == 1) else ""
    last = last or {1: "mốt", 5: "lăm"}[ones]
    before = {0: "", 1: "mười"}.get(tens, f"{_VIETNAMESE[tens]} mươi")
    return f"{before} {last if ones or not tens else ''}".strip()


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letters(value, _LATIN),
    "lowerLetter": lambda value: _letters(value, _LATIN.lower()),
    "russianUpper": lambda value: _letters(value, _RUSSIAN),
    "russianLower": lambda value: _letters(value, _RUSSIAN.lower()),
    "ordinal": _ordinal,
    "cardinalText": lambda value: _cardinal(value).capitalize(),
    "ordinalText": lambda value: _ordinal_word(value).capitalize(),
    "vietnameseCounting": _vietnamese,
    "numberInDash": lambda value: f"- {value} -",
    "decimalEnclosedCircle": lambda value: chr(0x245F + value) if 0 < value < 21 else str(value),
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "hex": lambda value: f"{value:X}",
}
