"""What a question names and an answer must be about: its countries, its years, months and quarters.

The right topic with another country or year is the commonest near miss of news, and neither vectors nor words
tell it well: everything else matches. So a question is not answered from a passage that is about another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property, lru_cache
from typing import Protocol

import regex

from retrieval.article import Article, Passage, Span
from retrieval.languages.reading import any_of, of_each, words_of_all
from retrieval.questions.mentions import time_spans
from retrieval.questions.place_forms import Place
from retrieval.questions.places import is_town, places_in, places_named
from retrieval.questions.query import Query
from retrieval.questions.times import Period, is_about_period, times_asked, years_told
from retrieval.text.forms import respelled, tokens

HOME = of_each("home")
"""A country that articles of a language may leave unsaid: `GDP tăng 8 %` is Vietnam's."""
_BEFORE, _AFTER = 400, 200
"""Characters of the article before and after a passage that tell what it is about."""
_TOLD_WITHIN = 93
"""Days after the beginning of a month in which articles tell of it without naming it."""
_THIS_YEAR = regex.compile(rf"(?i)\b({any_of(words_of_all('times', 'this_year'))})\b")


@dataclass(frozen=True)
class PassageContext:
    """A passage with what stands around it: where an answer says what it is about."""

    passage: Passage
    article: Article

    @cached_property
    def text(self) -> str:
        """Title, sub-heading, and the article's text from a little before the passage to a little after."""
        begin, end = max(0, self.passage.start - _BEFORE), self.passage.end + _AFTER
        return respelled("\n".join((self._context, self.article.text[begin:end])))

    @cached_property
    def near(self) -> str:
        """Title, sub-heading and the passage alone."""
        return respelled("\n".join((self._context, self.passage.text)))

    @property
    def _context(self) -> str:
        return "\n".join(map(_in_capitals_of_names, (self.article.title or "", self.passage.heading or "")))

    @cached_property
    def places(self) -> frozenset[Place]:
        """The countries and regions named there, but for the one that goes without saying."""
        return named_in(self.text, self.article.lang or "und")

    @cached_property
    def as_written(self) -> tuple[str, ...]:
        """The passage, its title, and the whole article, for what is sought in many texts."""
        return self.passage.text, self.article.title or "", self.article.text

    @cached_property
    def whole(self) -> str:
        """The whole article, with its title."""
        return respelled(f"{self._context}\n{self.article.text}")


def _in_capitals_of_names(line: str) -> str:
    """A line in one case as it is, and again with each word capitalised, as names are: `KIM NGẠCH VIỆT NAM - NGA`."""
    return f"{line}\n{line.title()}" if line.isupper() or line.islower() else line


@lru_cache(maxsize=1024)
def named_in(text: str, language: str) -> frozenset[Place]:
    """The places that `text` names; the same few surroundings are read again and again."""
    found = places_in(Query(text=text, tokens=tuple(tokens(text)), language=language, unaccented=False))
    return frozenset(place for place in found if place.code != HOME.get(language))


class Requirement(Protocol):
    """One thing that a question names."""

    def met_by(self, around: PassageContext) -> bool:
        """Whether the passage is about it as well."""

    def told_in(self, around: PassageContext) -> float:
        """How surely the passage itself, its title or its sub-heading names it: 0..1."""

    def time_of(self, around: PassageContext) -> int:
        """1 where the passage is surely of the time asked for, -1 where it is of another one, else 0."""


@dataclass(frozen=True)
class NamedPlace:
    """A country or region: named around the passage, or in its article while the passage names no other that is not
    `asked` for as well. One that is called by a `town` of it stands anywhere in the article.
    """

    place: Place
    asked: frozenset[Place] = frozenset()
    town: bool = False

    def met_by(self, around: PassageContext) -> bool:
        if self.place.code == HOME.get(around.article.lang or "") or self.told_by(around.text):
            return True
        return self.told_by(around.whole) and (self.town or around.places <= self.asked)

    def told_in(self, around: PassageContext) -> float:
        return float(self.told_by(around.near))

    def time_of(self, around: PassageContext) -> int:
        return 0

    def told_by(self, text: str) -> bool:
        return self.place.is_named_in(text)


@dataclass(frozen=True)
class NamedTime:
    """A year, with the month or quarter of it that is asked for: told around the passage, in words such as "this year"
    too; while the passage tells of no other year, also that of the article, one that the rest of the article tells, and
    any that an undated article may have been written in.
    """

    time: Period

    @property
    def year(self) -> int:
        return self.time.year

    def met_by(self, around: PassageContext) -> bool:
        return (
            self._is_year_met(around)
            and not self._is_of_another_quarter(around)
            and not self._is_of_another_month(around)
        )

    def told_in(self, around: PassageContext) -> float:
        """1 where the passage or its title tells the year, or is of that year and of no other; half of it for a month
        or quarter that it does not tell.
        """
        date = around.article.date
        told = years_told(around.near, date)
        of_year = self.year in told.about or (date is not None and date.year == self.year and not told.about)
        share = 1.0 if of_year else 0.5 if self.year in told.years else 0.0
        if (
            share
            and (self.time.month or self.time.quarter)
            and not is_about_period(around.near, self.time, date)
        ):
            share /= 2
        return share

    def time_of(self, around: PassageContext) -> int:
        if self._is_of_another(around):
            return -1
        return 1 if self.told_in(around) else 0

    def _is_of_another(self, around: PassageContext) -> bool:
        """Whether the passage is of another time: it does not meet this one, or only compares with it."""
        date = around.article.date
        if not self.met_by(around):
            return True
        told = years_told(around.text, date)
        if date is None or date.year == self.year or self.year in told.about:
            return (
                bool(self.time.month or self.time.quarter)
                and is_about_period(around.near, self.time, date) is False
            )
        return bool(told.about)

    def _is_year_met(self, around: PassageContext) -> bool:
        date = around.article.date
        told = years_told(around.text, date)
        if self.year in told.years and not (self.year in told.compared and told.about):
            return True
        if told.about:
            return (
                date is None and _THIS_YEAR.search(around.text) is not None and self._may_be_year_of(around)
            )
        if date is not None and date.year == self.year:
            return True
        return self.year in years_told(around.whole, date).years or (
            date is None and self._may_be_year_of(around)
        )

    def _is_of_another_quarter(self, around: PassageContext) -> bool:
        return self.time.quarter is not None and is_about_period(around.text, self.time, None) is False

    def _is_of_another_month(self, around: PassageContext) -> bool:
        """Whether a dated article and its passage are of another month; one of the next three may tell of what was."""
        date = around.article.date
        if (
            self.time.month is None
            or date is None
            or is_about_period(around.text, self.time, date) is not False
        ):
            return False
        return not 0 <= (date - Date(self.year, self.time.month, 1)).days < _TOLD_WITHIN

    def _may_be_year_of(self, around: PassageContext) -> bool:
        """Whether an undated article is of this year: it is no older than the last year that it names."""
        named = years_told(around.whole, None).years
        return _THIS_YEAR.search(around.whole) is not None and self.year >= max(named, default=0)


@dataclass(frozen=True)
class NamedSpan:
    """Several years in a row: a passage is about any of them."""

    years: tuple[NamedTime, ...]

    def met_by(self, around: PassageContext) -> bool:
        return any(year.met_by(around) for year in self.years)

    def told_in(self, around: PassageContext) -> float:
        return max(year.told_in(around) for year in self.years)

    def time_of(self, around: PassageContext) -> int:
        return max(year.time_of(around) for year in self.years)


def _of_time(time: Period) -> Requirement:
    if time.until is None:
        return NamedTime(time)
    return NamedSpan(tuple(NamedTime(Period(year)) for year in range(time.year, time.until + 1)))


def requirements(query: Query) -> tuple[Requirement, ...]:
    """The places and times that a question names."""
    named = places_named(query)
    asked = frozenset(place for place, _ in named)
    as_countries = {place for place, span in named if not is_town(query, place, span)}
    countries = [
        NamedPlace(place, asked, place not in as_countries)
        for place in dict.fromkeys(place for place, _ in named)
    ]
    return (*countries, *map(_of_time, times_asked(query)))


def spans_of(query: Query) -> list[Span]:
    """Where a question names places, and times in which a name could stand: `May 2025`."""
    times = time_spans(query) if any(map(str.isnumeric, query.text)) else ()
    return [*(span for _, span in places_named(query)), *times]


def share_told(wanted: Sequence[Requirement], met: Sequence[bool], around: PassageContext) -> float:
    """How much of what is wanted the passage tells (1 each), or else meets (1/2 each), in 0..1."""
    if not wanted:
        return 0.0
    told = sum(max(r.told_in(around), 0.5 * is_met) for r, is_met in zip(wanted, met, strict=True))
    return told / len(wanted)
