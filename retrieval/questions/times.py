"""Times that a question names, and what times a text is about: those it tells, and those that its date makes of words.

`hôm nay`, `this year` and `в прошлом году` mean what the date of the article makes of them.
"""

from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

import regex

from retrieval.questions.query import Query
from retrieval.text.forms import tokens
from retrieval.text.values import month_named, values

_ASKED = regex.compile(r"(?<![\d.,/-])(1[89]\d\d|20\d\d)(?![\d%]|[.,]\d)")
_TOLD = regex.compile(r"(?<!\d|\d,|\b0\.)(1[89]\d\d|20\d\d)(?![\d%]|[.,]\d)")
_DATED = regex.compile(r"(\d{4})-(?:(\d\d)(?:-\d\d)?|Q(\d))")
_BESIDE = regex.compile(
    r"\b(?:so với|hơn|kém|từ|kể từ|thành lập|ra đời|sinh|khởi công|since|than|compared (?:with|to)|from|founded"
    r"|born|established|built|по сравнению с|с|чем|основан\w*|создан\w*|родил\w*)(?:\s+[\w(][\w.,/]*){0,4}?\s+$"
)
"""What a past year stands behind that a text is not about: another is compared with it, or something began in it."""
_REACH = 60
"""Characters before a year in which that is looked for."""
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("một one один", "hai two два", "ba three три", "bốn four четыре", "năm five пять"), 1
    )
    for word in words.split()
}
_COUNT = rf"(?P<count>\d\d?|{'|'.join(_NUMBERS)})"
_YEARS_AGO = regex.compile(
    rf"\b{_COUNT} (?:năm (?:trước|về trước)\b|years? (?:ago|earlier)\b|(?:года|лет) назад)"
)
_DAYS = {
    0: r"hôm nay|(?:sáng|trưa|chiều|tối|đêm) nay|today|tonight|this (?:morning|afternoon|evening|week)|сегодня"
    r"|сегодняшн\w+|на этой неделе|tuần này",
    -1: r"hôm qua|(?:sáng|trưa|chiều|tối|đêm) qua|yesterday|last night|вчера",
    1: r"ngày mai|sáng mai|tomorrow|завтра",
    -7: r"tuần trước|tuần qua|last week|на прошлой неделе",
}
_MONTHS = {
    0: r"tháng này|this month|в этом месяце|hiện nay|hiện tại|bây giờ|currently|сейчас",
    -1: r"tháng trước|last month|в прошлом месяце",
}
_YEARS = {
    0: r"năm nay|quý này|this (?:year|quarter)|в (?:этом|текущем|нынешнем) (?:году|квартале)|(?:этого|текущего) года",
    -1: r"năm ngoái|năm (?:trước|rồi|vừa qua|qua)|(?:last|previous) year|a year (?:ago|earlier)"
    r"|в прошлом году|прошлого года|прошлый год|год назад",
    1: r"năm (?:sau|tới)|sang năm|next year|в (?:следующем|будущем) году",
}
_RELATIVE = regex.compile(
    "|".join(
        rf"\b(?P<{unit}{'m' if step < 0 else 'p'}{abs(step)}>(?:{words})\b)(?<!\d (?:{words}))"
        for unit, by_step in (("d", _DAYS), ("m", _MONTHS), ("y", _YEARS))
        for step, words in by_step.items()
    )
)


@dataclass(frozen=True, slots=True)
class Time:
    """A year, and a month or a quarter of it where one is named."""

    year: int
    month: int | None = None
    quarter: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Years that a text tells: all, and those that it is about rather than compares with."""

    years: frozenset[int]
    about: frozenset[int]


def times_asked(query: Query) -> list[Time]:
    """The years that `query` names, each with its month or quarter; of one named both ways the closer one."""
    found = [_time(match) for value in values(query.tokens) if (match := _DATED.fullmatch(value))]
    years = [int(year) for year in _ASKED.findall(query.text)]
    closer = {time.year for time in found}
    return [*dict.fromkeys(found), *(Time(year) for year in dict.fromkeys(years) if year not in closer)]


def _time(match: "regex.Match[str]") -> Time:
    year, month, quarter = match.groups()
    return Time(int(year), int(month) if month else None, int(quarter) if quarter else None)


@lru_cache(maxsize=1024)
def times_told(text: str, date: Date | None) -> Told:
    """The years that `text`, of an article of that date, tells."""
    text = text.lower()  # a pattern that minds no case takes twice as long
    years, about = set[int](), set[int]()
    for match in _TOLD.finditer(text):
        years.add(int(match[1]))
        ahead = date is not None and int(match[1]) > date.year
        if ahead or not _is_beside(text, match.start()):
            about.add(int(match[1]))
    if date is not None:
        for start, year in _relative(text, date):
            if year == date.year or not _is_beside(text, start):
                years.add(year)
                about.add(year)
    return Told(frozenset(years), frozenset(about))


def _is_beside(text: str, start: int) -> bool:
    return _BESIDE.search(text[max(0, start - _REACH) : start].rpartition("\n")[2]) is not None


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


def tells_part(text: str, time: Time, date: Date | None) -> bool | None:
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


def _is_of(date: Date, time: Time) -> bool:
    return (date.year, date.month) == (time.year, time.month)


def _months(text: str, found: list[str]) -> set[int]:
    """The months that a text names, of any year."""
    dated = {int(value.removeprefix("-")[-5:-3] or 0) for value in found if value.startswith("--")}
    dated |= {int(match[2]) for value in found if (match := _DATED.fullmatch(value)) and match[2]}
    words = [token.folded for token in tokens(text)]
    dated |= {int(b) for a, b in pairwise(words) if a == "thang" and b.isascii() and b.isdigit()}
    return dated | {month for word in words if len(word) > 3 and (month := month_named(word))}
