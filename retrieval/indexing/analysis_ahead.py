"""Taking many articles apart on all processors, in processes of their own; what comes out is in order.

An article that exceeds the limits of time and memory, or brings its process down, costs itself alone.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from typing import NamedTuple

from retrieval.article import Article, Span
from retrieval.indexing.analysis import TakenApart, take_apart
from retrieval.indexing.spool import Spooled
from retrieval.processes.child import ChildFailed
from retrieval.processes.workers import Workers
from retrieval.sources.reading_ahead import LONG

_ALONE = 500_000
"""So many characters are taken apart here before other processes, which take a second to start, are worth it."""
_BATCH = 50_000
"""Characters from which articles are a batch."""
_AHEAD = 3
"""Batches in work for each process."""


class Fresh(NamedTuple):
    """An article to be taken apart, and the lines that it has lost as furniture of its outlet."""

    spooled: Spooled
    removed: list[str]


class Apart(NamedTuple):
    """A batch of articles and what they come to."""

    articles: list[Fresh]
    parts: TakenApart


class TooMuch(NamedTuple):
    """An article that cannot be taken apart, and why."""

    article: Fresh
    reason: str


class TakingApartAhead:
    """Takes apart what is fresh; the articles that stay pass through in their places."""

    def __init__(self, workers: Workers, alone: int = _ALONE, batch: int = _BATCH) -> None:
        """`workers` that do not run yet do nothing for fewer than `alone` characters; `batch` are worth a process."""
        self._batch = batch
        self._workers = workers
        self._alone = alone

    def __call__(self, articles: Iterable[Span | Fresh]) -> Iterator[Span | Apart | TooMuch]:
        begun = ((each, self._submit(each)) for each in _batches(articles, self._batch))
        for what, future in self._workers.in_order(begun, _AHEAD):
            if isinstance(what, Span):
                yield what
            else:
                yield from self._parts(what, future)

    def _submit(self, batch: Span | list[Fresh]) -> "Future[TakenApart] | None":
        """None when it is to be taken apart here, or not at all."""
        if isinstance(batch, Span):
            return None
        long = any(len(each.spooled.article.text) > LONG for each in batch)
        if self._alone > 0 and not self._workers.running and not long:
            self._alone -= _characters(batch)
            return None
        return self._workers.submit(take_apart, _articles(batch))

    def _parts(self, batch: list[Fresh], future: "Future[TakenApart] | None") -> Iterator[Apart | TooMuch]:
        try:
            yield Apart(batch, future.result() if future else take_apart(_articles(batch)))
        except ChildFailed as error:
            yield from (
                (self._by_itself(each) for each in batch) if batch[1:] else [TooMuch(batch[0], error.said)]
            )

    def _by_itself(self, article: Fresh) -> Apart | TooMuch:
        """One of several of which one, at least, was too much."""
        try:
            return Apart([article], self._workers.submit(take_apart, _articles([article])).result())
        except ChildFailed as error:
            return TooMuch(article, error.said)


def _batches(articles: Iterable[Span | Fresh], size: int) -> Iterator[Span | list[Fresh]]:
    batch: list[Fresh] = []
    for each in articles:
        if batch and (isinstance(each, Span) or _characters(batch) >= size):
            yield batch
            batch = []
        if isinstance(each, Span):
            yield each
        else:
            batch.append(each)
    if batch:
        yield batch


def _characters(batch: list[Fresh]) -> int:
    return sum(len(each.spooled.article.text) for each in batch)


def _articles(batch: list[Fresh]) -> list[Article]:
    return [each.spooled.article for each in batch]
