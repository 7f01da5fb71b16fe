"""Processes of their own for what takes long, one a processor."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context
from typing import TypeVar

_NEEDED = ("retrieval.indexing.taking_apart", "retrieval.sources.html.reader")

Given = TypeVar("Given")
Made = TypeVar("Made")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """Started when there is the first work; used as a context manager, at whose end they are gone."""

    def __init__(self, count: int | None = None) -> None:
        """`count` processes, by default one a processor."""
        self.count = count or _processors()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def running(self) -> bool:
        """Whether they were started: that takes a second."""
        return self._pool is not None

    def submit(self, work: Callable[[Given], Made], given: Given) -> "Future[Made]":
        """`work` on `given`, both of which can be pickled; BrokenProcessPool is its outcome when a process dies."""
        try:
            return self._started().submit(work, given)
        except BrokenProcessPool:  # one died meanwhile: what it was at says so when its turn comes
            self._pool = None
            return self._started().submit(work, given)

    def alone(self, work: Callable[[Given], Made], given: Given) -> Made:
        """`work` in a process that no other shares; raises BrokenProcessPool when it dies."""
        self.close()
        with _pool(1) as pool:
            return pool.submit(work, given).result()

    def close(self) -> None:
        """Ends them; what was not begun is not done."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = _pool(self.count)
        return self._pool


def _pool(count: int) -> ProcessPoolExecutor:
    """Where the system has it, the processes are copies of one that has loaded what they need, and has no threads."""
    if "forkserver" not in get_all_start_methods():
        return ProcessPoolExecutor(count, mp_context=get_context("spawn"))
    context = get_context("forkserver")
    context.set_forkserver_preload(list(_NEEDED))
    return ProcessPoolExecutor(count, mp_context=context)
