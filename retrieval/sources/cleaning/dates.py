"""Dates as news pages write them: which line is a date line, and which date it gives.

Day comes before month unless the page is English. Impossible dates are no dates. The clock is never asked.
"""

from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import NamedTuple

import regex

from retrieval.languages.reading import any_of, of_each, recognised
from retrieval.sources.cleaning.furniture_words import words_of_all

YEARS = range(1990, 2101)

_MONTHS = {
    name: number
    for months in (*of_each("dates", "months").values(), recognised()["dates"]["months"])
    for number, names in enumerate(months, 1)
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_PATTERNS = (
    r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<mark>[./-]| [/-] )(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)",
    r"(?<!\d)(?P<day>\d{1,2})\s{0,9}th[áa]ng\s{0,9}(?P<month>\d{1,2})\s{0,9}(?:,|n[ăa]m|/)?\s{0,9}(?:n[ăa]m\s{0,9})?"
    r"(?P<year>\d{4})(?!\d)",
    r"th[áa]ng\s{0,9}(?P<month>\d{1,2})\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})(?!\d)",
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s-]+(?:of\s+|de\s+)?(?P<name>{_MONTH})\b\.?,?[\s-]+"
    r"(?:năm\s+|de\s+)?(?P<year>\d{4})(?!\d)",
    rf"\b(?P<name>{_MONTH})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
)
_DATES = regex.compile("|".join(_PATTERNS), regex.IGNORECASE)

_CLOCK = r"\d{1,2}\s*[:h]\s*\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?\b)?"
_ZONE = (
    r"(?:\(?\s*(?:GMT|UTC|MSK|МСК|EDT|EST|ET|BST|CET|CEST|ICT|Z)\b\s*(?:[+-]\s*\d{1,2}(?::?\d{2})?)?\s*\)?)"
)
_BESIDE = regex.compile(rf"T(?=\d\d:)|{_CLOCK}|{_ZONE}|[+-]\d{{2}}:?\d{{2}}\b", regex.IGNORECASE)
_RELATIVE = regex.compile(
    rf"{'|'.join(words_of_all('date', 'ago'))}"
    rf"|^(?:{any_of(words_of_all('date', 'days'))}),?\s+"
    rf"(?:(?:{any_of(words_of_all('date', 'at'))}) )?\d{{1,2}}[:h]\d{{2}}"
    rf"|^\d{{1,2}} (?:{_MONTH}),? {_CLOCK}$",
    regex.IGNORECASE,
)
_UPDATED = regex.compile(
    any_of([*words_of_all("date", "updated"), *recognised()["dates"]["updated"]]), regex.IGNORECASE
)
_OTHERS = regex.compile(rf"\b(?:{any_of(words_of_all('date', 'others'))})\b", regex.IGNORECASE)
"""What makes a date that of something else."""
_LETTERS = regex.compile(r"\p{L}+")
_OTHER_WORDS = 6
"""A date line may also name its section, weekday or place: `Thế giới - Thứ Tư, 2/4/2025`."""


class FoundDate(NamedTuple):
    """A date in a line, `line[start:end]`; `updated` when the words before it say so."""

    date: Date
    start: int
    end: int
    updated: bool


def find_dates(line: str, month_first: bool = False) -> list[FoundDate]:
    """The possible dates in a line, in order. `month_first` reads 4/2/2025 as April."""
    return list(_found(line, month_first))


def is_date_line(line: str) -> bool:
    """Whether a line is mostly a date, or a time ago: what pages print under headlines."""
    if len(line) > 160:
        return False
    rest, count = _DATES.subn(" ", line)
    rest, ago = _RELATIVE.subn(" ", rest)
    if not count and not ago:
        return False
    words = _LETTERS.findall(_BESIDE.sub(" ", rest))
    return len(words) <= _OTHER_WORDS * (1 if count < 2 else 2) and not line.rstrip().endswith(
        ("...", "…", "?")
    )


def publication_date(lines: Iterable[str], month_first: bool = False) -> Date | None:
    """The first publication date of the date lines among `lines`; an update's date only when there is no other."""
    dated = (line for line in lines if is_date_line(line) and not _OTHERS.search(line))
    found = [each for line in dated for each in _found(line, month_first)]
    published = [each.date for each in found if not each.updated]
    return next(iter(published or [each.date for each in found]), None)


def _found(line: str, month_first: bool) -> Iterator[FoundDate]:
    last = 0
    for match in _DATES.finditer(line):
        if date := _date(match.groupdict(), month_first):
            updated = _UPDATED.search(line, last, match.start()) is not None
            yield FoundDate(date, match.start(), match.end(), updated)
        last = match.end()


def _date(parts: dict[str, str | None], month_first: bool) -> Date | None:
    year, day, month = int(parts["year"] or 0), parts["day"], parts["month"]
    if parts["name"]:
        month = str(_MONTHS[" ".join(parts["name"].lower().split())])
    if parts["first"] and parts["second"]:  # 02.04.2025 is never American
        day, month = parts["first"], parts["second"]
        if month_first and "/" in (parts["mark"] or "") and int(day) <= 12:
            day, month = month, day
    if year not in YEARS:
        return None
    try:
        return Date(year, int(month or 0), int(day or 0))
    except ValueError:
        return None  # 31/02: a misprint, not a date
