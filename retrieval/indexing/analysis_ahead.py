"""Taking many articles apart on all processors, in processes of their own; what comes out is in order.

An article that exceeds the limits of time and memory, or brings its process down, costs itself alone.
"""

from collections import deque
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


class Lost(NamedTuple):
    """An article that cannot be taken apart, and why."""

    article: Fresh
    reason: str


class _Waiting(NamedTuple):
    what: Span | list[Fresh]
    future: "Future[TakenApart] | None"


class TakingApartAhead:
    """Takes apart what is fresh; the articles that stay pass through in their places."""

    def __init__(self, workers: Workers, alone: int = _ALONE) -> None:
        """`workers` that do not run yet do nothing for fewer than `alone` characters."""
        self._workers = workers
        self._alone = alone

    def __call__(self, articles: Iterable[Span | Fresh]) -> Iterator[Span | Apart | Lost]:
        waiting: deque[_Waiting] = deque()
        for each in _batches(articles):
            waiting.append(_Waiting(each, None if isinstance(each, Span) else self._submit(each)))
            while len(waiting) > self._workers.count * _AHEAD or (waiting and waiting[0].future is None):
                yield from self._next(waiting)
        while waiting:
            yield from self._next(waiting)

    def _submit(self, batch: list[Fresh]) -> "Future[TakenApart] | None":
        """None when it is to be taken apart here."""
        long = any(len(each.spooled.article.text) > LONG for each in batch)
        if self._alone > 0 and not self._workers.running and not long:
            self._alone -= _characters(batch)
            return None
        return self._workers.submit(take_apart, _articles(batch))

    def _next(self, waiting: "deque[_Waiting]") -> Iterator[Span | Apart | Lost]:
        what, future = waiting.popleft()
        if isinstance(what, Span):
            yield what
            return
        try:
            yield Apart(what, future.result() if future else take_apart(_articles(what)))
        except ChildFailed as error:
            yield from (self._by_itself(each) for each in what) if what[1:] else [Lost(what[0], str(error))]

    def _by_itself(self, article: Fresh) -> Apart | Lost:
        """One of several of which one, at least, was too much."""
        try:
            return Apart([article], self._workers.submit(take_apart, _articles([article])).result())
        except ChildFailed as error:
            return Lost(article, str(error))


def _batches(articles: Iterable[Span | Fresh]) -> Iterator[Span | list[Fresh]]:
    batch: list[Fresh] = []
    for each in articles:
        if batch and (isinstance(each, Span) or _characters(batch) >= _BATCH):
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
