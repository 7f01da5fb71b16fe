"""The articles of a collection, as people browse and cite them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from typing import Protocol

from retrieval.article import Article


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An article in a list; `opening` is the beginning of its text."""

    id: str
    title: str | None
    date: Date | None
    source: str | None
    opening: str
    url: str | None = None


class Catalogue(Protocol):
    """All that is asked of articles without a question. Threads may share it.

    Raises IndexDamaged where they cannot be read.
    """

    @property
    def articles(self) -> int:
        """How many there are."""

    @property
    def passages(self) -> int:
        """Into how many passages they are split."""

    def article(self, article_id: str) -> Article | None: ...

    def by_key(self, key: bytes) -> Article | None:
        """The article of that `article_key`."""

    def bounds(self, article_id: str) -> tuple[frozenset[int], frozenset[int]]:
        """Where the passages of an article begin, and where they end."""

    def copies_of(self, article_id: str) -> list[Article]:
        """The other articles that tell the same story in the same words."""

    def listed(self, first: int, count: int) -> list[Listed]:
        """`count` articles from the `first` on (from 0), the newest first, the undated last, by id within a day."""

    def newest(self) -> Article | None:
        """The article with the latest date; None when none is dated."""

    def topics(self, count: int) -> list[str]:
        """What one may ask about: at most `count` titles of a decent length, those of the newest articles first, each
        of another story."""

    def sources(self) -> Mapping[str | None, int]:
        """How many articles each source has, the largest first; those without a source under None."""

    def dated(self) -> int:
        """How many articles have a date."""

    def dates(self) -> tuple[Date | None, Date | None]:
        """The dates of the oldest and the newest article that have one."""
