"""Dates in a sentence, each part that it tells: `ngày 9/5`, `tháng 1/2025`, `quý I`, `giai đoạn 2021-2025`.

What may be read in two ways is a date of which nothing is known: `ngày 5-9`, `2/3`, a day of the lunar year.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Date

import regex

from retrieval.article import Span
from retrieval.excerpts.atom_date_forms import (
    BEFORE_CHRIST,
    CLAUSE_END,
    LUNAR,
    SAID_TO_BE_A_DAY,
    next_date,
)
from retrieval.excerpts.atom_words import listed, month_words, number_words, words_before

_LEAP_YEAR = 2000
_RECENT = 1900
_CENTURIES = range(1, 22)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NUMERALS = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, month, quarter, year, decade or century: the parts that are told. `decade` is its first year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    decade: int | None = None
    century: int | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, or the time from one to another."""

    first: Day
    last: Day


def dates_in(text: str) -> Iterator[tuple[Span, Dated | None]]:
    """What a sentence has of dates, in order, each with its span; None for one that may be read in two ways."""
    position = 0
    while found := next_date(text, position):
        position = found.end()
        sure = not BEFORE_CHRIST.match(text, position) and _is_sure(text, found)
        yield Span(*found.span()), _dated(_parts(found)) if sure else None


def _parts(found: "regex.Match[str]") -> Mapping[str, str]:
    return {name: value for name, value in found.groupdict().items() if value}


def _dated(parts: Mapping[str, str]) -> Dated | None:
    if "century" in parts or "quarter" in parts or "decade" in parts:
        whole = _whole(parts)
        return Dated(whole, whole) if whole else None
    first, last = _day(parts, ""), _day(parts, "2")
    if "short" in parts and first.year is not None:
        last = Day(year=first.year // 100 * 100 + int(parts["short"]))
    if last == Day():
        return Dated(first, first) if _is_possible(first) else None
    begins = Day(year=first.year or last.year, month=first.month or last.month, day=first.day)
    possible = _is_possible(begins) and _is_possible(last)
    return Dated(begins, last) if possible and _order(begins) < _order(last) else None


def _whole(parts: Mapping[str, str]) -> Day | None:
    """A century, a quarter or a decade."""
    if "century" in parts:
        number = _century(parts["century"])
        return Day(century=number) if number in _CENTURIES else None
    if "decade" in parts:
        year = int(parts["decade"])
        return Day(year=year) if year % 10 else Day(decade=year)
    year_of = int(parts["year"]) if "year" in parts else None
    return Day(year=year_of, quarter=_QUARTERS.get(parts["quarter"]) or int(parts["quarter"]))


def _day(parts: Mapping[str, str], which: str) -> Day:
    month = parts.get(f"month{which}", "")
    year, day = parts.get(f"year{which}"), parts.get(f"day{which}")
    number = int(month) if month.isdigit() else month_words().get(month.lower())
    return Day(year=int(year) if year else None, month=number, day=int(day) if day else None)


def _order(day: Day) -> tuple[int, int, int]:
    return day.year or 0, day.month or 0, day.day or 0


def _is_possible(day: Day) -> bool:
    if day.month is None:
        return day.day is None
    try:
        Date(day.year or _LEAP_YEAR, day.month, day.day or 1)
    except ValueError:
        return False
    return True


def _is_sure(text: str, found: "regex.Match[str]") -> bool:
    """Whether it is a date, and of which day."""
    parts, before = _parts(found), words_before(text, found.start())
    if before in listed("lunar_days"):
        return False
    if parts.keys() & {"day", "month"} and not parts.keys() & {"year", "year2"} and LUNAR.search(text):
        return False
    if "day" in parts:
        return _is_sure_day(text, found, parts)
    if "month" in parts:
        return _is_sure_month(text, found, before)
    return _is_sure_span(text, found, before) if "year2" in parts else _is_sure_year(text, found, before)


def _is_sure_day(text: str, found: "regex.Match[str]", parts: Mapping[str, str]) -> bool:
    """Of a day that its year, a word before it, or its form must tell to be one."""
    before = text[: found.start()]
    said = found[0].lower().startswith("ngày") or SAID_TO_BE_A_DAY.search(before) is not None
    if "year" in parts or "year2" in parts:
        return True
    if "day2" in parts:
        return said or "month" in parts or before.endswith("(")
    mark = parts.get("mark")
    if mark == "-":  # `ngày 5-9` may be five days
        return said and int(parts["day"]) > int(parts["month"])
    if said:
        return True
    if mark is None:  # `6 tháng 1 lần`
        return CLAUSE_END.match(text, found.end()) is not None
    return mark == "/" and "0" in (parts["day"][0], parts["month"][0])


def _is_sure_month(text: str, found: "regex.Match[str]", before: str) -> bool:
    if found[0][0].isdigit():  # `11/2022`, and `Nghị định 11/2022`
        return before in listed("to_dates") or text[: found.start()].endswith("(")
    if found.groupdict().get("year"):
        return True
    return not (before in listed("each") or before in number_words() or before.isdigit())


def _is_sure_span(text: str, found: "regex.Match[str]", before: str) -> bool:
    """Of two years: `1500-2000 người` are none."""
    if not found[0][0].isdigit() or before in listed("spans_of_years"):
        return before not in listed("each")
    return CLAUSE_END.match(text, found.end()) is not None and int(found["year"]) >= _RECENT


def _is_sure_year(text: str, found: "regex.Match[str]", before: str) -> bool:
    """Of a year alone: `mỗi năm 2000 người`."""
    if found.groupdict().get("year") is None or not found[0].lower().startswith("năm"):
        return True
    numbered = words_before(text, found.start(), 2).split(" ")[0] in listed("numbered")
    return before not in listed("each") and (numbered or not before.isdigit())


def _century(written: str) -> int:
    if written.isdigit():
        return int(written)
    digits = [_NUMERALS[letter] for letter in written]
    return sum(-d if d < following else d for d, following in zip(digits, [*digits[1:], 0], strict=True))
