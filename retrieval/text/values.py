"""Dates and amounts in one form whatever the language and the writing.

`ngày 2 tháng 4 năm 2025`, `02/04/2025`, `2025-04-02`, `April 2, 2025` and `2 апреля 2025 года` are the same day;
`quý III/2024`, `Q3 2024` and `3-й квартал 2024 года` the same quarter; `4,1 tỷ`, `$4.1bn` and `4,1 млрд` the same
amount, `20%` and `20 phần trăm` the same share. They are read off the folded tokens, so that a question and a passage
that share no word can share a value. Day stands before month in plain numbers, as Vietnamese and Russians write.
"""

from collections.abc import Iterator, Sequence
from datetime import date as Date
from typing import NamedTuple, Self

import regex

from retrieval.languages.reading import VIETNAMESE, of_each, words_of_all
from retrieval.text.amounts import amounts
from retrieval.text.forms import Token, fold

YEAR = "(?:19|20)[0-9][0-9]"
TOLD_YEAR = f"18[0-9][0-9]|{YEAR}"
"""A year that a text tells of may be longer ago than one of a date."""
_NUMERIC = regex.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})/)?(?P<month>[0-9]{{1,2}})/(?P<year>{YEAR})|(?P<d>[0-9]{{1,2}})/(?P<m>[0-9]{{1,2}})"
)
_YEAR, _TOLD_YEAR = regex.compile(YEAR), regex.compile(TOLD_YEAR)
_QUARTER_OF = regex.compile(rf"([1-4])/({YEAR})")

_MONTHS_OF = {
    language: {fold(name): number for number, names in enumerate(months, 1) for name in names}
    for language, months in of_each("dates", "months").items()
}
_MONTHS = {
    name: number for months in _MONTHS_OF.values() for name, number in months.items() if " " not in name
}
_VIETNAMESE_MONTHS = {
    tuple(name.split()[1:]): number
    for name, number in _MONTHS_OF[VIETNAMESE].items()
    if name.startswith("thang ")
}
_ORDINALS = frozenset(map(fold, words_of_all("dates", "ordinals")))
_QUARTERS = {
    fold(word): str(number)
    for quarters in of_each("dates", "quarters").values()
    for number, words in enumerate(quarters, 1)
    for word in words
}
_QUARTER_WORDS = frozenset(words_of_all("dates", "quarter_words"))
_DAY_WORDS = frozenset(map(fold, words_of_all("dates", "day_words")))


def values(tokens: Sequence[Token]) -> list[str]:
    """The dates and amounts in `tokens`, repeats kept.

    A day as `2025-04-02`, `--04-02` and `2025-04`, a quarter as `2024-Q3`, an amount as `=4.1e+09`, a share as `%20`.
    """
    kept = _without_ordinals(tokens)
    return [*_dated(kept), *amounts(kept)]


def dates(tokens: Sequence[Token]) -> frozenset[str]:
    """The dates among `tokens`, in the forms of `values`."""
    return frozenset(_dated(_without_ordinals(tokens)))


class Times(NamedTuple):
    """Years, and dates in the forms of `values`."""

    years: frozenset[int]
    dates: frozenset[str]

    @classmethod
    def told(cls, tokens: Sequence[Token], date: Date | None = None) -> Self:
        """Those among `tokens`, the years of numeric dates too, and that of an article of that `date`."""
        parts = (part for token in tokens for part in token.folded.split("/"))
        told = frozenset(int(part) for part in parts if _TOLD_YEAR.fullmatch(part))
        if date is None:
            return cls(told, dates(tokens))
        of_article = {f"{date:%Y-%m-%d}", f"{date:%Y-%m}", f"{date:--%m-%d}"}
        return cls(told | {date.year}, dates(tokens) | of_article)

    def besides(self, known: Self) -> Self:
        return type(self)(self.years - known.years, self.dates - known.dates)

    def hold(self, wanted: Self) -> bool:
        """Whether all that is `wanted` is among them; a passage may leave the year of a day to its article."""
        days = {date for date in wanted.dates if date.startswith("--")} or wanted.dates
        return wanted.years <= self.years and days <= self.dates


def _without_ordinals(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.folded not in _ORDINALS]


def _dated(tokens: Sequence[Token]) -> list[str]:
    words = [token.folded for token in tokens]
    return [value for i in range(len(words)) for value in (*_quarters(words, i), *_dates(tokens, words, i))]


def month_named(word: str, language: str | None = None) -> int | None:
    """The number of the month that a folded word names by itself, in that language or in any."""
    return (_MONTHS_OF.get(language, {}) if language else _MONTHS).get(word)


def _quarters(words: Sequence[str], i: int) -> Iterator[str]:
    """The quarter of a year that is named at word `i`: `quý III/2024`, `Q3 2024`, `third quarter of 2024`."""
    word, year = words[i], None
    number: str | None
    if word in ("quy", "q"):
        following = _at(words, i + 1)
        if joined := _QUARTER_OF.fullmatch(following):
            number, year = joined.groups()
        else:
            number, year = _quarter(following, bare=word == "q"), _year(words, i + 2, "nam")
    elif word in _QUARTER_WORDS:
        number, year = _quarter(_at(words, i - 1)), _year(words, i + 1, "of")
    else:
        return
    if number:
        yield f"{year}-Q{number}" if year else f"Q{number}"


def _quarter(word: str, *, bare: bool = False) -> str | None:
    """The number that `word` is of a quarter; as a word only where it is not `bare`."""
    return word if word in ("1", "2", "3", "4") else None if bare else _QUARTERS.get(word)


def _dates(tokens: Sequence[Token], words: Sequence[str], i: int) -> Iterator[str]:
    """The date that begins with word `i`, in all its parts."""
    if found := _NUMERIC.fullmatch(words[i]):
        if _at(words, i - 1) in ("quy", "q") and _QUARTER_OF.fullmatch(words[i]):
            return
        yield from _date(found["year"], found["month"] or found["m"], found["day"] or found["d"])
    elif words[i] in _DAY_WORDS and _are_hyphened(tokens, i + 1):
        yield from _date(None, words[i + 2], words[i + 1])
    elif words[i] == "thang" and (named := _vietnamese_month(words, i + 1)):
        month, length = named
        day = _at(words, i - 1) if _is_day(_at(words, i - 1)) else None
        yield from _date(_year(words, i + 1 + length, "nam"), month, day)
    elif (month_number := _MONTHS.get(words[i])) is not None:
        yield from _named_month(words, i, month_number)


def _are_hyphened(tokens: Sequence[Token], i: int) -> bool:
    """Whether the tokens `i` and the next are a day and a month that one character parts: `ngày 14-6`."""
    if i + 1 >= len(tokens) or tokens[i + 1].start - tokens[i].end != 1:
        return False
    return _is_day(tokens[i].folded) and _is_day(tokens[i + 1].folded)


def _named_month(words: Sequence[str], i: int, month: int) -> Iterator[str]:
    """`April 2, 2025`, `2 April 2025`, `the 2nd of April`, `апрель 2025`; a month alone is no date."""
    before = _at(words, i - 2) if _at(words, i - 1) == "of" else _at(words, i - 1)
    if _is_day(before):
        yield from _date(_year(words, i + 1), month, before)
    elif _is_day(_at(words, i + 1)):
        yield from _date(_year(words, i + 2), month, _at(words, i + 1))
    else:
        yield from _date(_year(words, i + 1, "of"), month, None)


def _date(year: str | None, month: str | int, day: str | None) -> Iterator[str]:
    number = int(month)
    if not 1 <= number <= 12:
        return
    if day is not None and 1 <= int(day) <= 31:
        yield f"--{number:02}-{int(day):02}"
        if year:
            yield f"{year}-{number:02}-{int(day):02}"
    if year:
        yield f"{year}-{number:02}"


def _year(words: Sequence[str], i: int, filler: str | None = None) -> str | None:
    """The year at `i`, or behind one filling word."""
    word = _at(words, i + 1) if filler and _at(words, i) == filler else _at(words, i)
    return word if _YEAR.fullmatch(word) else None


def _vietnamese_month(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """The month that the words from `i` on name, and in how many words."""
    word, following = _at(words, i), _at(words, i + 1)
    if word.isascii() and word.isdigit():
        return (int(word), 1) if 1 <= int(word) <= 12 else None
    if number := _VIETNAMESE_MONTHS.get((word, following)):
        return number, 2
    if word == "nam" and _YEAR.fullmatch(following):
        return None  # `11 tháng năm 2024`: of the year
    if word in ("mot", "chap") and not _year(words, i + 1, "nam"):
        return None  # `mỗi tháng một lần`
    number = _VIETNAMESE_MONTHS.get((word,))
    return (number, 1) if number else None


def _is_day(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 2


def _at(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""
