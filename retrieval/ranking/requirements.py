"""What a question names and an answer must be about: its countries and its years.

The right topic with another country or year is the commonest near miss of news, and neither vectors nor words
tell it well: everything else matches. So a question is not answered from an article that lacks one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import regex

from retrieval.article import Article, Passage
from retrieval.ranking.places import Place, places_in
from retrieval.ranking.query import Query

_HOME = {"vi": "VN", "ru": "RU"}
"""A country that articles of a language may leave unsaid: `GDP tăng 8 %` is Vietnam's."""
_YEAR = regex.compile(r"(?<![\d.,/-])(1[89]\d\d|20\d\d)(?![\d%]|[.,]\d)")
_THIS_YEAR = regex.compile(
    r"(?i)\b(năm nay|năm ngoái|năm qua|this year|last year|в этом году|в прошлом году)\b"
)


class Requirement(Protocol):
    """One thing that a question names."""

    def met_by(self, article: Article) -> bool:
        """Whether the article is about it as well."""

    def told_by(self, text: str) -> bool:
        """Whether `text` itself names it."""


@dataclass(frozen=True)
class NamedPlace:
    """A country or region, met where the article names it in any language."""

    place: Place

    def met_by(self, article: Article) -> bool:
        is_home = self.place.code == _HOME.get(article.lang or "")
        return is_home or self.told_by(f"{article.title or ''}\n{article.text}")

    def told_by(self, text: str) -> bool:
        return self.place.is_named_in(text)


@dataclass(frozen=True)
class NamedYear:
    """A year, met where the article names it, is of it or the next, or may be: undated, speaking of "this year"."""

    year: int

    def met_by(self, article: Article) -> bool:
        if article.date is not None and article.date.year in (self.year, self.year + 1):
            return True
        if self.told_by(f"{article.title or ''}\n{article.text}"):
            return True
        return article.date is None and self._may_be_this_year(article.text)

    def told_by(self, text: str) -> bool:
        return str(self.year) in text

    def _may_be_this_year(self, text: str) -> bool:
        """An article is no older than the last year that it names."""
        named = [int(year) for year in _YEAR.findall(text)]
        return _THIS_YEAR.search(text) is not None and self.year >= max(named, default=0)


def requirements(query: Query) -> tuple[Requirement, ...]:
    """The places and years that a question names."""
    years = dict.fromkeys(int(found) for found in _YEAR.findall(query.text))
    return (*map(NamedPlace, places_in(query)), *map(NamedYear, years))


def share_told(
    wanted: Sequence[Requirement], met: Sequence[bool], passage: Passage, article: Article
) -> float:
    """How much of what is wanted the passage tells (1 each), or else its article meets (1/2 each), in 0..1."""
    if not wanted:
        return 0.0
    near = " ".join((article.title or "", passage.heading or "", passage.text))
    told = sum(1.0 if r.told_by(near) else 0.5 * is_met for r, is_met in zip(wanted, met, strict=True))
    return told / len(wanted)
