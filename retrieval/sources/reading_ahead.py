"""Reading of many documents on all processors, in processes of their own; what comes out is in order.

A document that brings its reader down - libraries for PDF are not written in Python -, that takes too long or needs too
much memory costs a line in the report.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Final, NamedTuple

from retrieval.article import Article, Passage
from retrieval.problems import Problem
from retrieval.processes.child import ChildFailed
from retrieval.processes.workers import Workers
from retrieval.reasons import Reason
from retrieval.sources.collection import read
from retrieval.sources.model import Failure, Pending, Sourced
from retrieval.text.passages import split

_AHEAD = 4
"""Documents in work for each process."""
LONG: Final = 20_000
"""Characters from which an article may cost much, so that it is taken apart where it can be stopped."""


class Seen(NamedTuple):
    """What was found, and, when it was news, what reading it gave."""

    found: Pending | Failure
    result: Sourced | Failure | None


class ReadingAhead:
    """Reads what is news of what is found."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def __call__(
        self, found: Iterable[Pending | Failure], is_news: Callable[[Pending], bool]
    ) -> Iterator[Seen]:
        """Everything `found`, in order, with the articles that are news read."""
        begun = (self._begun(each, isinstance(each, Pending) and is_news(each)) for each in found)
        for (each, news), future in self._workers.in_order(begun, _AHEAD):
            yield Seen(each, _result(each, future) if news else None)

    def _begun(
        self, found: Pending | Failure, news: bool
    ) -> tuple[tuple[Pending | Failure, bool], "Future[Sourced | Failure] | None"]:
        apart = news and isinstance(found, Pending) and found.apart
        return (found, news), self._workers.submit(read, found) if apart else None


def read_all(found: Iterable[Pending | Failure], workers: Workers) -> Iterator[Sourced | Failure]:
    """All of them read, in order."""
    for seen in ReadingAhead(workers)(found, lambda _: True):
        yield seen.result or read(seen.found)


def split_within_limits(article: Article, workers: Workers) -> list[Passage]:
    """Its passages; raises ChildFailed."""
    if len(article.text) <= LONG:
        return split(article)
    return workers.submit(split, article).result()


def _result(found: Pending | Failure, future: "Future[Sourced | Failure] | None") -> Sourced | Failure:
    """What comes of reading it, there or here."""
    place = found.path if isinstance(found, Failure) else found.place
    try:
        return future.result() if future else read(found)
    except ChildFailed as error:
        return Failure(place, error.said)
    except Exception as error:  # a reader that stumbles over one document costs no other
        reason = Reason.of(Problem.READER_STUMBLES, error=type(error).__name__)
        return Failure(place, reason)
