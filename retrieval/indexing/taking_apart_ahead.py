"""Taking many articles apart on all processors, in processes of their own; what comes out is in order."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from retrieval.article import Article, Span
from retrieval.indexing.spool import Spooled
from retrieval.indexing.taking_apart import TakenApart, take_apart
from retrieval.indexing.workers import Workers

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


class _Waiting(NamedTuple):
    what: Span | list[Fresh]
    future: "Future[TakenApart] | None"


class TakingApartAhead:
    """Takes apart what is fresh; the articles that stay pass through in their places."""

    def __init__(self, workers: Workers, alone: int = _ALONE) -> None:
        """`workers` that do not run yet do nothing for fewer than `alone` characters."""
        self._workers = workers
        self._alone = alone

    def __call__(self, articles: Iterable[Span | Fresh]) -> Iterator[Span | Apart]:
        waiting: deque[_Waiting] = deque()
        for each in _batches(articles):
            waiting.append(_Waiting(each, None if isinstance(each, Span) else self._submit(each)))
            while len(waiting) > self._workers.count * _AHEAD or (waiting and waiting[0].future is None):
                yield _next(waiting)
        while waiting:
            yield _next(waiting)

    def _submit(self, batch: list[Fresh]) -> "Future[TakenApart] | None":
        """None when it is to be taken apart here."""
        if self._workers.count < 2:
            return None
        if self._alone > 0 and not self._workers.running:
            self._alone -= _characters(batch)
            return None
        return self._workers.submit(take_apart, _articles(batch))


def _next(waiting: "deque[_Waiting]") -> Span | Apart:
    what, future = waiting.popleft()
    if isinstance(what, Span):
        return what
    try:
        parts = future.result() if future else take_apart(_articles(what))
    except BrokenProcessPool:  # a process was killed, for its memory or by hand: nothing is lost with it
        parts = take_apart(_articles(what))
    return Apart(what, parts)


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
