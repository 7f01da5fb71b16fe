"""Amounts in a sentence, with what they are worth: `gần 4,1 tỷ USD`, `27,4%`, `10-12 triệu đồng`, `75 năm`.

What may be read in two ways is left out: `5 triệu chứng` are symptoms, `khóa 13` counts nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from retrieval.article import Span
from retrieval.excerpts.atom_amount_forms import (
    ABOUT,
    GOES_ON,
    HALF,
    NEXT_WORD,
    NOUN,
    NUMBER,
    OF_A_DATE,
    PART,
    PERIOD,
    unit_at,
)
from retrieval.excerpts.atom_numbers import Mark, read_number
from retrieval.excerpts.atom_words import listed, number_words, scales, table, words_before

_CALENDAR = frozenset({"years", "months", "days", "weeks"})
_COUNTED_IN_WORDS = _CALENDAR | {"minutes", "decades", "centuries", "times"}
_LARGE = 1000
_YEARS = range(1000, 2200)
"""So large a number without grouping marks may be a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """From `low` to `high`, which are the same but of a range, of `unit`: a key of `[atoms]`, None for a mere number.

    `per` is the period of a rate; `about` is empty, or one of > < ≈ ≥ ≤. `bare`: a small number of which only the
    word behind it says what it counts.
    """

    low: Decimal
    high: Decimal
    unit: str | None = None
    per: str | None = None
    about: str = ""
    bare: bool = False


def amounts_in(text: str, marks: frozenset[Mark]) -> Iterator[tuple[Span, Amount]]:
    """The amounts of a sentence in order, each with its span; `marks` are the decimal marks of its text."""
    position = 0
    while found := NUMBER.search(text, position):
        read = _read(text, found, marks)
        position = max(found.end(), read.end if read else 0)
        if read and read.is_sure() and (amount := read.amount()):
            yield amount


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What a match of NUMBER in `text` may be; `scale` is the smallest word that multiplies it, 1 for none."""

    text: str
    found: "regex.Match[str]"
    low: Decimal
    high: Decimal
    scale: Decimal
    unit: str | None
    per: str | None
    end: int

    @property
    def before(self) -> str:
        return words_before(self.text, self.found.start())

    @property
    def measured(self) -> bool:
        """Whether it is money, a measure, a share, or in thousands: no number of a house or a chapter is."""
        return self.scale > 1 or (self.unit is not None and self.unit not in table("counts").values())

    def amount(self) -> tuple[Span, Amount] | None:
        bare = not self.measured and self.unit is None and self.high < _LARGE
        start, about = self.found.start(), ""
        if (told := ABOUT.search(self.text[:start])) and not self._is_comparison(told):
            if bare and told[1].lower() in listed("about_or_place"):
                return None
            start, about = told.start(1), table("about")[told[1].lower()]
        amount = Amount(low=self.low, high=self.high, unit=self.unit, per=self.per, about=about, bare=bare)
        return Span(start, self.end), amount

    def _is_comparison(self, told: "regex.Match[str]") -> bool:
        """`nhiều hơn 20%` is not more than 20 per cent."""
        behind = words_before(self.text, told.start(1))
        return told[1].lower() in listed("about_or_more") and behind in listed("comparing")

    def is_sure(self) -> bool:
        """Whether it can be nothing else."""
        if self.found["low"] and self.low >= self.high:
            return False
        if GOES_ON.match(self.text, self.end) or self.before in listed("vague"):
            return False
        if self.before in number_words() or self.before in scales():
            return False
        if not self.found["high"][0].isdigit():
            return self._is_sure_in_words()
        return self.before not in listed("negative") if self.measured else self._counts()

    def _is_sure_in_words(self) -> bool:
        following, word = NEXT_WORD.match(self.text, self.end), self.found["high"].lower()
        if self.unit is None and following and following[1].lower() in number_words():
            return False
        if self.before in listed("numbered"):
            return False
        if self.scale > 1:
            return True
        if word in listed("words_before_times") and self.unit != "times":
            return False
        return word not in listed("words_of_one") and self.unit in _COUNTED_IN_WORDS and not self._is_dated()

    def _counts(self) -> bool:
        """Whether a number without a measure counts something."""
        two_before = words_before(self.text, self.found.start(), 2)
        if self.before in listed("numbered") or two_before in listed("numbered") or self._is_named():
            return False
        if self.unit is not None:
            return not self._is_dated()
        if self.found["low"] or self.high != self.high.to_integral_value():
            return False
        if self.high >= _LARGE:
            return not self.found["high"].isdigit() or self.high not in _YEARS
        return NOUN.match(self.text, self.end) is not None

    def _is_dated(self) -> bool:
        """Whether the unit may belong to a date: `hạng 3 năm nay`."""
        return self.unit in _CALENDAR and OF_A_DATE.match(self.text, self.end) is not None

    def _is_named(self) -> bool:
        """Whether a word with a capital stands before it that begins no sentence: `Boeing 737`."""
        words = self.text[: self.found.start()].split(" ")
        return len(words) > 2 and not words[-1] and words[-2][:1].isupper() and words[-2][-1:].isalnum()


def _read(text: str, found: "regex.Match[str]", marks: frozenset[Mark]) -> _Reading | None:
    """None where the digits may be worth two things."""
    number, factor = _value(found["high"], marks), _factor(found["scales"])
    below = _value(found["low"], marks) if found["low"] else number
    if number is None or below is None:
        return None
    whole = _with_parts(text, number * factor, factor, found.end(), marks)
    if whole is None:
        return None
    high, scale, end = whole
    low = below * (_factor(found["low_scales"]) if found["low_scales"] else factor) if found["low"] else high
    unit, end = unit_at(text, end)
    unit = unit or (table("money")[found["sign"].lower()] if found["sign"] else None)
    rate = PERIOD.match(text, end)
    per = table("periods").get(rate[1].lower()) if rate else None
    end = rate.end() if rate and per else end
    return _Reading(text=text, found=found, low=low, high=high, scale=scale, unit=unit, per=per, end=end)


def _value(written: str, marks: frozenset[Mark]) -> Decimal | None:
    word = number_words().get(written.lower())
    return word if word is not None else read_number(written, marks)


def _factor(words: str) -> Decimal:
    """What the scales in `words` multiply by."""
    factor = Decimal(1)
    for word in words.lower().split():
        factor *= scales()[word]
    return factor


def _with_parts(
    text: str, value: Decimal, scale: Decimal, end: int, marks: frozenset[Mark]
) -> tuple[Decimal, Decimal, int] | None:
    """With the parts of smaller scales behind it, and half a scale; None where digits without a scale follow."""
    while scale > 1 and (part := PART.match(text, end)):
        number, smaller = read_number(part["high"], marks), _factor(part["scales"])
        if number is None or smaller == 1 or number * smaller >= scale:
            return None
        value, scale, end = value + number * smaller, smaller, part.end()
    half = HALF.match(text, end) if scale > 1 else None
    return (value + scale / 2, scale, half.end()) if half else (value, scale, end)
