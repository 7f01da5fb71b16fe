"""Reading of many documents on all processors, in processes of their own; what comes out is in order.

A document that brings its reader down - libraries for PDF are not written in Python - costs a line in the report.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from retrieval.indexing.workers import Workers
from retrieval.sources.collection import read
from retrieval.sources.sourced import Failure, Pending, Sourced

_ALONE = 16
"""So many documents are read here before other processes, which take a second to start, are worth it."""
_AHEAD = 4
"""Documents in work for each process."""


class Seen(NamedTuple):
    """What was found, and, when it was news, what reading it gave."""

    found: Pending | Failure
    result: Sourced | Failure | None


class _Waiting(NamedTuple):
    found: Pending | Failure
    news: bool
    future: "Future[Sourced | Failure] | None"


class ReadingAhead:
    """Reads what is news of what is found."""

    def __init__(self, workers: Workers, alone: int = _ALONE) -> None:
        """`workers` do nothing for fewer than `alone` documents."""
        self._workers = workers
        self._alone = alone

    def __call__(
        self, found: Iterator[Pending | Failure], is_news: Callable[[Pending], bool]
    ) -> Iterator[Seen]:
        """Everything `found`, in order, with the articles that are news read."""
        waiting: deque[_Waiting] = deque()
        for each in found:
            news = isinstance(each, Pending) and is_news(each)
            waiting.append(_Waiting(each, news, self._submit(each) if news else None))
            while len(waiting) > self._workers.count * _AHEAD or (waiting and waiting[0].future is None):
                yield self._next(waiting)
        while waiting:
            yield self._next(waiting)

    def _next(self, waiting: "deque[_Waiting]") -> Seen:
        each = waiting.popleft()
        if each.future is None:
            return Seen(each.found, read(each.found) if each.news else None)
        try:
            return Seen(each.found, each.future.result())
        except BrokenProcessPool:
            result = self._read_alone(each.found)
            for n, other in enumerate(waiting):
                if other.future is not None:
                    waiting[n] = other._replace(future=self._submit(other.found))
            return Seen(each.found, result)

    def _submit(self, pending: Pending | Failure) -> "Future[Sourced | Failure] | None":
        """None when it is to be read here."""
        if isinstance(pending, Failure) or not pending.apart or self._workers.count < 2:
            return None
        if self._alone > 0:
            self._alone -= 1
            return None
        return self._workers.submit(read, pending)

    def _read_alone(self, pending: Pending | Failure) -> Sourced | Failure:
        """Reads one of those that were in work when a process died, in a process that no other shares."""
        try:
            return self._workers.alone(read, pending)
        except BrokenProcessPool:
            place = pending.path if isinstance(pending, Failure) else pending.place
            return Failure(place, "brings its reader down: it is damaged, save or export it anew")
