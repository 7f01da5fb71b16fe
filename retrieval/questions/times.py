"""Times that a question names, and what times a text is about: those it tells, and those that its date makes of words.

`hôm nay`, `this year` and `в прошлом году` mean what the date of the article makes of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

import regex

from retrieval.languages.reading import any_of, of_each, words_of_all
from retrieval.questions.query import Query
from retrieval.text.forms import fold, tokens
from retrieval.text.values import TOLD_YEAR, month_named, values

_ASKED = regex.compile(rf"(?<![\d.,/-])({TOLD_YEAR})(?![\d%]|[.,]\d)")
_TOLD = regex.compile(rf"(?<!\d|\d,|\b0\.)({TOLD_YEAR})(?![\d%]|[.,]\d)")
_DATED = regex.compile(r"(\d{4})-(?:(\d\d)(?:-\d\d)?|Q(\d))")
_BESIDE = regex.compile(
    rf"\b(?:{any_of(words_of_all('times', 'past_beside'))})(?:\s+[\w(][\w.,/]*){{0,4}}?\s+$"
)
"""What a past year stands behind that a text is not about: another is compared with it, or something began in it."""
_COMPARED = regex.compile(
    rf"\b(?:{any_of(words_of_all('times', 'compared_with'))})(?:\s+[^\W\d]+){{0,4}}?\s+$"
)
"""What a year stands behind that is only compared with: no figure of it is told between."""
_LATEST = regex.compile(rf"\b(?:{any_of(map(fold, words_of_all('times', 'latest')))})\b")
_LONGEST_SPAN, _MONTHS = 100, 12
"""Years of a span; what may be a month in `2010-11` is no year."""
_SPAN = regex.compile(
    "|".join(
        [
            rf"(?<![\d.,/-])({TOLD_YEAR}) ?[-–—] ?({TOLD_YEAR})(?![\d%/-])",
            rf"(?<![\d.,/-])({TOLD_YEAR})[-–/](\d\d)(?![\d%./-])",
            *(
                rf"\b{fold(words).replace('#', f'({TOLD_YEAR})')}\b"
                for words in words_of_all("times", "spans")
            ),
        ]
    )
)
_REACH = 60
"""Characters before a year in which that is looked for."""
_NUMBERS = {
    word: number for counts in of_each("times", "counts").values() for number, word in enumerate(counts, 1)
}
_YEARS_AGO = regex.compile(
    rf"\b(?P<count>\d\d?|{any_of(_NUMBERS)}) (?:{any_of(words_of_all('times', 'years_ago'))})\b"
)
_UNITS = {"d": "days", "m": "months", "y": "years"}


def _relative_words() -> Iterator[str]:
    """A group for each distance from the date of an article, such as `ym1` for last year; not behind a number."""
    for unit, name in _UNITS.items():
        tables = of_each("times", name).values()
        for step in dict.fromkeys(step for table in tables for step in table):
            words = any_of(word for table in tables for word in table.get(step, ()))
            group = f"{unit}{'m' if step.startswith('-') else 'p'}{step.removeprefix('-')}"
            yield rf"\b(?P<{group}>(?:{words})\b)(?<!\d (?:{words}))"


_RELATIVE = regex.compile("|".join(_relative_words()))


@dataclass(frozen=True, slots=True)
class Period:
    """A year, and a month or a quarter of it where one is named; or the years up to and with `until`."""

    year: int
    month: int | None = None
    quarter: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class YearsTold:
    """Years that a text tells: all, those that it is about, and those with which it only compares, without a figure."""

    years: frozenset[int]
    about: frozenset[int]
    compared: frozenset[int]


def times_asked(query: Query) -> list[Period]:
    """The years that `query` names, each with its month or quarter; of one named both ways the closer one."""
    spans = list(_spans_asked(query.text))
    ends = {year for span in spans for year in (span.year, span.until)}
    found = [_time(match) for value in values(query.tokens) if (match := _DATED.fullmatch(value))]
    found = [time for time in found if time.year not in ends]
    years = [int(year) for year in _ASKED.findall(query.text)]
    closer = {time.year for time in found} | ends
    return [*spans, *dict.fromkeys(found), *(Period(y) for y in dict.fromkeys(years) if y not in closer)]


def _spans_asked(text: str) -> Iterator[Period]:
    """Several years in a row: `2022-2024`, `2022-24`, `từ 2022 đến 2024`, `between 2022 and 2024`."""
    for match in _SPAN.finditer(fold(text)):
        first, last = (each for each in match.groups() if each)
        until = int(last) if len(last) > 2 else int(first[:2] + last)
        if int(first) < until <= int(first) + _LONGEST_SPAN and (len(last) > 2 or int(last) > _MONTHS):
            yield Period(int(first), until=until)


def asks_for_latest(query: Query) -> bool:
    """Whether a question asks for the newest: `mới nhất`, `latest`, `на прошлой неделе`."""
    return _LATEST.search(" ".join(word.folded for word in query.tokens)) is not None


def _time(match: "regex.Match[str]") -> Period:
    year, month, quarter = match.groups()
    return Period(int(year), int(month) if month else None, int(quarter) if quarter else None)


@lru_cache(maxsize=1024)
def years_told(text: str, date: Date | None) -> YearsTold:
    """The years that `text`, of an article of that date, tells."""
    text = text.lower()  # a pattern that minds no case takes twice as long
    years, about, besides = set[int](), set[int](), set[int]()
    for match in _TOLD.finditer(text):
        years.add(int(match[1]))
        ahead = date is not None and int(match[1]) > date.year
        if ahead or not _is_beside(text, match.start()):
            about.add(int(match[1]))
        elif not _is_beside(text, match.start(), _COMPARED):
            besides.add(int(match[1]))
    if date is not None:
        for start, year in _relative(text, date):
            if year == date.year or not _is_beside(text, start):
                years.add(year)
                about.add(year)
    return YearsTold(frozenset(years), frozenset(about), frozenset(years - about - besides))


def _is_beside(text: str, start: int, behind: "regex.Pattern[str]" = _BESIDE) -> bool:
    return behind.search(text[max(0, start - _REACH) : start].rpartition("\n")[2]) is not None


def _relative(text: str, date: Date) -> list[tuple[int, int]]:
    """Where words name a year by its distance from `date`, and which."""
    long_ago = list(_YEARS_AGO.finditer(text))
    found = [(match.start(), date.year - _count(match["count"])) for match in long_ago]
    ago = [match.span() for match in long_ago]
    for match in _RELATIVE.finditer(text):
        if any(start <= match.start() < end for start, end in ago):
            continue
        kind = match.lastgroup or ""
        step = int(kind[2:]) * (-1 if kind[1] == "m" else 1)
        found.append((match.start(), _year_of(kind[0], step, date)))
    return found


def _count(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS[written]


def _year_of(unit: str, step: int, date: Date) -> int:
    if unit == "d":
        return date.year if step == 0 else (date + timedelta(days=step)).year
    if unit == "m":
        return date.year + (date.month - 1 + step) // 12
    return date.year + step


def is_about_period(text: str, time: Period, date: Date | None) -> bool | None:
    """Whether `text` is about that month or quarter; None where it names none at all and has no date."""
    found = values(tokens(text))
    if time.quarter is not None:
        told = {value for value in found if "Q" in value}
        if told:
            return bool(told & {f"{time.year}-Q{time.quarter}", f"Q{time.quarter}"})
        return None if date is None else (date.month + 2) // 3 == time.quarter and date.year == time.year
    if time.month is None:
        return True
    months = _months(text, found)
    if time.month in months:
        return True
    return None if date is None and not months else date is not None and _is_of(date, time)


def _is_of(date: Date, time: Period) -> bool:
    return (date.year, date.month) == (time.year, time.month)


def _months(text: str, found: list[str]) -> set[int]:
    """The months that a text names, of any year."""
    dated = {int(value.removeprefix("-")[-5:-3] or 0) for value in found if value.startswith("--")}
    dated |= {int(match[2]) for value in found if (match := _DATED.fullmatch(value)) and match[2]}
    words = [token.folded for token in tokens(text)]
    dated |= {int(b) for a, b in pairwise(words) if a == "thang" and b.isascii() and b.isdigit()}
    return dated | {month for word in words if len(word) > 3 and (month := month_named(word))}
