"""Reading of many documents on all processors, in processes of their own; what comes out is in order.

A document that brings its reader down - libraries for PDF are not written in Python -, that takes too long or needs too
much memory costs a line in the report.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Final, NamedTuple

from retrieval.article import Article, Passage
from retrieval.processes.child import ChildFailed
from retrieval.processes.workers import Workers
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


class _Waiting(NamedTuple):
    found: Pending | Failure
    news: bool
    future: "Future[Sourced | Failure] | None"


class ReadingAhead:
    """Reads what is news of what is found."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def __call__(
        self, found: Iterable[Pending | Failure], is_news: Callable[[Pending], bool]
    ) -> Iterator[Seen]:
        """Everything `found`, in order, with the articles that are news read."""
        waiting: deque[_Waiting] = deque()
        for each in found:
            news = isinstance(each, Pending) and is_news(each)
            waiting.append(_Waiting(each, news, self._submit(each) if news else None))
            while len(waiting) > self._workers.count * _AHEAD or (waiting and waiting[0].future is None):
                yield _next(waiting)
        while waiting:
            yield _next(waiting)

    def _submit(self, pending: Pending | Failure) -> "Future[Sourced | Failure] | None":
        """None when it is to be read here."""
        if isinstance(pending, Failure) or not pending.apart:
            return None
        return self._workers.submit(read, pending)


def read_all(found: Iterable[Pending | Failure], workers: Workers) -> Iterator[Sourced | Failure]:
    """All of them read, in order."""
    for seen in ReadingAhead(workers)(found, lambda _: True):
        yield seen.result or read(seen.found)


def split_within_limits(article: Article, workers: Workers) -> list[Passage]:
    """Its passages; raises ChildFailed."""
    if len(article.text) <= LONG:
        return split(article)
    return workers.submit(split, article).result()


def _next(waiting: "deque[_Waiting]") -> Seen:
    each = waiting.popleft()
    if not each.news:
        return Seen(each.found, None)
    try:
        return Seen(each.found, each.future.result() if each.future else read(each.found))
    except ChildFailed as error:
        return Seen(each.found, Failure(_place(each.found), str(error)))
    except Exception as error:  # a reader that stumbles over one document costs no other
        reason = f"makes its reader stumble ({type(error).__name__}): save or export it anew"
        return Seen(each.found, Failure(_place(each.found), reason))


def _place(found: Pending | Failure) -> str:
    return found.path if isinstance(found, Failure) else found.place
