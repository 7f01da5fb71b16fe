"""What a question names and an answer must be about: its countries and its years.

The right topic with another country or year is the commonest near miss of news, and neither vectors nor words
tell it well: everything else matches. So a question is not answered from a passage that is about another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

import regex

from retrieval.article import Article, Passage
from retrieval.ranking.places import Place, places_in
from retrieval.ranking.query import Query
from retrieval.text import tokens

_HOME = {"vi": "VN", "ru": "RU"}
"""A country that articles of a language may leave unsaid: `GDP tăng 8 %` is Vietnam's."""
_BEFORE, _AFTER = 400, 200
"""Characters of the article before and after a passage that tell what it is about."""
_YEAR = regex.compile(r"(?<![\d.,/-])(1[89]\d\d|20\d\d)(?![\d%]|[.,]\d)")
_THIS_YEAR = regex.compile(
    r"(?i)\b(năm nay|năm ngoái|năm qua|this year|last year|в этом году|в прошлом году)\b"
)


@dataclass(frozen=True)
class Surroundings:
    """A passage with what stands around it: where an answer says what it is about."""

    passage: Passage
    article: Article

    @cached_property
    def text(self) -> str:
        """Title, sub-heading, and the article's text from a little before the passage to a little after."""
        begin, end = max(0, self.passage.start - _BEFORE), self.passage.end + _AFTER
        return "\n".join((self.article.title or "", self.passage.heading or "", self.article.text[begin:end]))

    @cached_property
    def places(self) -> frozenset[Place]:
        """The countries and regions named there, but for the one that goes without saying."""
        return _named_in(self.text, self.article.lang or "und")

    @cached_property
    def whole(self) -> str:
        """The whole article, with its title."""
        return f"{self.article.title or ''}\n{self.article.text}"


@lru_cache(maxsize=1024)
def _named_in(text: str, language: str) -> frozenset[Place]:
    """The places that `text` names; the same few surroundings are read again and again."""
    found = places_in(Query(text, tuple(tokens(text)), language, unaccented=False))
    return frozenset(place for place in found if place.code != _HOME.get(language))


class Requirement(Protocol):
    """One thing that a question names."""

    def met_by(self, around: Surroundings) -> bool:
        """Whether the passage is about it as well."""

    def told_by(self, text: str) -> bool:
        """Whether `text` itself names it."""


@dataclass(frozen=True)
class NamedPlace:
    """A country or region: named around the passage, or in its article while the passage names no other."""

    place: Place

    def met_by(self, around: Surroundings) -> bool:
        if self.place.code == _HOME.get(around.article.lang or "") or self.told_by(around.text):
            return True
        return not around.places and self.told_by(around.whole)

    def told_by(self, text: str) -> bool:
        return self.place.is_named_in(text)


@dataclass(frozen=True)
class NamedYear:
    """A year: named around the passage, or "this year" of its article; while the passage names no other year, also
    that of the article or the year before, and any that an undated article may have been written in.
    """

    year: int

    def met_by(self, around: Surroundings) -> bool:
        date, this_year = around.article.date, _THIS_YEAR.search(around.text) is not None
        if self.told_by(around.text) or (this_year and self._may_be_year_of(around)):
            return True
        if _YEAR.search(around.text):
            return False
        near = date is not None and date.year in (self.year, self.year + 1)
        return near or self.told_by(around.whole) or (date is None and self._may_be_year_of(around))

    def told_by(self, text: str) -> bool:
        return str(self.year) in text

    def _may_be_year_of(self, around: Surroundings) -> bool:
        """Whether the article is of this year; an undated one is no older than the last year that it names."""
        if around.article.date is not None:
            return around.article.date.year == self.year
        named = [int(year) for year in _YEAR.findall(around.whole)]
        return _THIS_YEAR.search(around.whole) is not None and self.year >= max(named, default=0)


def requirements(query: Query) -> tuple[Requirement, ...]:
    """The places and years that a question names."""
    years = dict.fromkeys(int(found) for found in _YEAR.findall(query.text))
    return (*map(NamedPlace, places_in(query)), *map(NamedYear, years))


def share_told(wanted: Sequence[Requirement], met: Sequence[bool], around: Surroundings) -> float:
    """How much of what is wanted the passage tells (1 each), or else meets (1/2 each), in 0..1."""
    if not wanted:
        return 0.0
    near = " ".join((around.article.title or "", around.passage.heading or "", around.passage.text))
    told = sum(1.0 if r.told_by(near) else 0.5 * is_met for r, is_met in zip(wanted, met, strict=True))
    return told / len(wanted)
