"""Documents read in other processes come out in order; one that kills its reader is one failure."""

import os
import signal
from collections.abc import Iterator
from functools import partial

from retrieval.article import Article
from retrieval.indexing.reading_ahead import ReadingAhead
from retrieval.indexing.workers import Workers
from retrieval.sources.sourced import Failure, Pending, Sourced


def _read(name: str) -> Sourced:
    if name.startswith("deadly"):
        os.kill(os.getpid(), signal.SIGKILL)
    return Sourced(Article(name, str(os.getpid())), "d", name)


def pending(*names: str) -> Iterator[Pending | Failure]:
    for name in names:
        yield Pending(name, "d", name, partial(_read, name), apart=True)


def outcomes(found: Iterator[Pending | Failure]) -> list[str]:
    """What two processes make of what is found."""
    with Workers(2) as workers:
        reading = ReadingAhead(workers, alone=0)
        results = [seen.result for seen in reading(found, lambda each: not each.origin.startswith("old"))]
    return [
        "-" if r is None else f"! {r.path}" if isinstance(r, Failure) else f"{r.article.id}" for r in results
    ]


def test_all_come_out_in_order_and_what_is_no_news_is_not_read() -> None:
    names = [f"{'old' if n % 3 == 0 else 'new'} {n}" for n in range(30)]
    expected = ["-" if name.startswith("old") else name for name in names]
    assert outcomes(pending(*names)) == expected


def test_a_few_documents_are_read_in_this_process() -> None:
    with Workers(2) as workers:
        reading = ReadingAhead(workers, alone=3)
        read = [seen.result for seen in reading(pending("a", "b", "c", "d", "e", "f"), lambda _: True)]
    here = [isinstance(each, Sourced) and each.article.text == str(os.getpid()) for each in read]
    assert here == [True] * 3 + [False] * 3


def test_a_document_that_kills_its_reader_costs_no_other() -> None:
    found = outcomes(pending("a", "deadly 1", "b", "c", "deadly 2", "d"))
    assert found == ["a", "! deadly 1", "b", "c", "! deadly 2", "d"]
