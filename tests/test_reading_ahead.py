"""Documents read in other processes come out in order; one that kills its reader, or takes too much, is one failure."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from retrieval.article import Article
from retrieval.processes.child import Limits
from retrieval.processes.workers import Workers
from retrieval.sources.model import Failure, Pending, Sourced
from retrieval.sources.reading_ahead import ReadingAhead

SHORT = Limits(cpu_s=1, memory=100 * 2**20)


def _read(name: str) -> Sourced:
    kind, _, rest = name.partition(" ")
    if kind == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    elif kind == "unlucky":  # killed the first time only, as for memory that others took
        if not Path(rest).exists():
            Path(rest).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    elif kind == "endless":
        while True:
            pass
    elif kind == "huge":
        bytearray(200 * 2**20)
    elif kind == "wrapped":
        try:
            bytearray(200 * 2**20)
        except MemoryError as error:
            raise ValueError("damaged") from error
    elif kind == "stumbling":
        raise KeyError(name)
    elif kind == "chatty":
        print("to whom?")
        os.write(2, b"to nobody")
    return Sourced(article=Article(name, str(os.getpid())), digest="d", place=name)


def pending(*names: str, apart: bool = True) -> Iterator[Pending | Failure]:
    for name in names:
        yield Pending(origin=name, digest="d", place=name, read=partial(_read, name), apart=apart)


def results(found: Iterator[Pending | Failure], count: int = 2) -> list[Sourced | Failure | None]:
    with Workers(count, SHORT) as workers:
        reading = ReadingAhead(workers)
        return [seen.result for seen in reading(found, lambda each: not each.origin.startswith("old"))]


def outcomes(found: Iterator[Pending | Failure], count: int = 2) -> list[str]:
    """What processes make of what is found."""
    return [
        "-" if r is None else f"! {r.path}" if isinstance(r, Failure) else f"{r.article.id}"
        for r in results(found, count)
    ]


def reason(name: str) -> str:
    """Why a document is no article, between two that are."""
    before, failure, after = results(pending("a", name, "b"))
    assert isinstance(before, Sourced) and isinstance(after, Sourced) and isinstance(failure, Failure)
    assert failure.path == name
    return failure.reason


def test_all_come_out_in_order_and_what_is_no_news_is_not_read() -> None:
    names = [f"{'old' if n % 3 == 0 else 'new'} {n}" for n in range(30)]
    expected = ["-" if name.startswith("old") else name for name in names]
    assert outcomes(pending(*names)) == expected


def test_only_what_may_cost_much_is_read_elsewhere() -> None:
    def readers(*, apart: bool) -> set[str]:
        return {r.article.text for r in results(pending("a", "b", apart=apart)) if isinstance(r, Sourced)}

    assert readers(apart=False) == {str(os.getpid())}
    assert len(readers(apart=True) - {str(os.getpid())}) == 1, "a few do not start a second process"


def test_a_document_that_kills_its_reader_costs_no_other() -> None:
    found = outcomes(pending("a", "deadly 1", "b", "c", "deadly 2", "d"))
    assert found == ["a", "! deadly 1", "b", "c", "! deadly 2", "d"]


def test_a_document_whose_reader_was_killed_is_read_once_more(tmp_path: Path) -> None:
    names = [f"unlucky {tmp_path / str(n)}" for n in range(4)]
    assert outcomes(pending(*names)) == names


def test_a_document_has_so_much_time_with_one_process_too() -> None:
    names = [f"new {n}" for n in range(20)]
    assert outcomes(pending(*names, "endless", "last"), count=1) == [*names, "! endless", "last"]
    assert "takes more than 1 s of processor time: split it" in reason("endless")


def test_a_document_has_so_much_memory() -> None:
    assert "needs more than 0.1 GB of memory: split it" in reason("huge")
    assert "needs more than 0.1 GB of memory: split it" in reason("wrapped")


def test_an_error_that_no_reader_should_raise_is_one_failure() -> None:
    assert "(KeyError)" in reason("stumbling")
    assert outcomes(pending("a", "stumbling here", "b", apart=False)) == ["a", "! stumbling here", "b"]


def test_what_libraries_write_goes_nowhere(capfd: object) -> None:
    assert outcomes(pending("chatty")) == ["chatty"]
    assert capfd.readouterr() == ("", "")  # type: ignore[attr-defined]


def test_an_end_in_the_midst_waits_for_nobody() -> None:
    with Workers(2, Limits(cpu_s=1000, memory=2**30)) as workers:
        futures = [workers.submit(_read, name) for name in ("endless", "endless", "never begun")]
        while not futures[0].running():
            time.sleep(0.01)
    assert [future.done() for future in futures[:1]] == [True]
