"""What is told of files that wait, of what was added, and of what was taken out."""

from dataclasses import dataclass
from datetime import date as Date
from typing import Literal

from retrieval.article import Article
from retrieval.errors import SourceError
from retrieval.processes.child import ChildFailed
from retrieval.processes.workers import Workers
from retrieval.sources.model import Failure
from retrieval.sources.reading_ahead import split_within_limits

_OPENING = 300

Removal = Literal["deleted", "hidden", "unknown"]
Return = Literal["uploads", "everywhere", "unknown"]
"""Where what came back is to be read: among the uploads, or in all sources; or it was not taken out."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """An article as it would be indexed; `opening` is the beginning of its text."""

    id: str
    title: str | None
    date: Date | None
    source: str | None
    url: str | None
    passages: int
    opening: str


@dataclass(frozen=True, kw_only=True)
class Staged:
    """What waits under `token`: the first `articles` of `count`, and what could not be read.

    `replaces` tells that a file of this name was added before, which this one would replace.
    """

    token: str
    name: str
    count: int
    articles: tuple[Preview, ...]
    failed: tuple[Failure, ...]
    replaces: bool


@dataclass(frozen=True, kw_only=True)
class Named:
    """What the first of `count` articles are called."""

    titles: tuple[str, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class TakenOut:
    """An article that was taken out and can be brought back, with its title and when, in seconds since 1970, where
    these are known."""

    id: str
    title: str | None
    at: float | None


def preview(article: Article, workers: Workers) -> Preview:
    """Raises SourceError where it takes more than it may."""
    try:
        passages = split_within_limits(article, workers)
    except ChildFailed as error:
        raise SourceError(error.said) from error
    return Preview(
        id=article.id,
        title=article.title,
        date=article.date,
        source=article.source,
        url=article.url,
        passages=len(passages),
        opening=article.text[:_OPENING],
    )
