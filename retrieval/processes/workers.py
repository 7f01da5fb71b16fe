"""Processes of their own for what takes long, one a processor.

What is worked on in a process that dies is tried once more while no other process works: it may have been killed for
the memory that all of them took. What exceeds its limits is not tried again.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

from retrieval.processes.child import Child, Died, Limits

READING = Limits(cpu_s=30, memory=2**30, cpu_s_per_mb=5)
"""For one document. A megabyte of text takes one to three seconds to read and as many to take apart."""
_FEW = 8
"""So much work is done by one process before others, which take half a second to start, are worth it."""

Given = TypeVar("Given")
Made = TypeVar("Made")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Work(NamedTuple):
    future: "Future[Any]"
    work: Callable[[Any], Any]
    given: object
    limits: Limits


class Workers:
    """Started when there is work for them; used as a context manager, at whose end they are gone."""

    def __init__(self, count: int | None = None, limits: Limits = READING) -> None:
        """`count` processes at most, by default one a processor."""
        self.count = count or _processors()
        self._limits = limits
        self._queue: SimpleQueue[_Work | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._children: set[Child] = set()
        self._closed = False
        self._submitted = 0
        self._working = threading.Semaphore(self.count)
        self._one_alone = threading.Lock()

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def running(self) -> bool:
        """Whether one was started: that takes a third of a second."""
        return bool(self._threads)

    def submit(
        self, work: Callable[[Given], Made], given: Given, limits: Limits | None = None
    ) -> "Future[Made]":
        """`work` on `given`, both of which can be pickled, within `limits`; its outcome is as of `Child.call`."""
        future: Future[Made] = Future()
        self._submitted += 1
        if len(self._threads) < (self.count if self._submitted > _FEW else 1):
            self._threads.append(threading.Thread(target=self._serve, daemon=True))
            self._threads[-1].start()
        self._queue.put(_Work(future, work, given, limits or self._limits))
        return future

    def in_order(
        self, begun: Iterable[tuple[Given, "Future[Made] | None"]], ahead: int
    ) -> Iterator[tuple[Given, "Future[Made] | None"]]:
        """What was submitted, in its order, while so much for each process is submitted `ahead` of it; what has no
        future waits for nothing but its turn."""
        waiting: deque[tuple[Given, Future[Made] | None]] = deque()
        for each in begun:
            waiting.append(each)
            while waiting and (len(waiting) > self.count * ahead or waiting[0][1] is None):
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()

    def close(self) -> None:
        """Ends them at once; what was not done is not done."""
        with self._lock:
            self._closed = True
            for child in self._children:
                child.kill()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()
        self._threads = []

    def _serve(self) -> None:
        """In a thread: it owns one process after another, each of which ends with it."""
        child: Child | None = None
        while (asked := self._queue.get()) is not None:
            if not asked.future.set_running_or_notify_cancel():
                continue
            try:
                with self._working:
                    child = self._fresh(child)
                    made = child.call(asked.work, asked.given, asked.limits)
            except Died:
                self._again_alone(asked)
            except BaseException as error:
                asked.future.set_exception(error)
            else:
                asked.future.set_result(made)
        self._end(child)

    def _again_alone(self, asked: _Work) -> None:
        child = None
        with self._one_alone:
            for _ in range(self.count):
                self._working.acquire()
            try:
                child = self._fresh(None)
                asked.future.set_result(child.call(asked.work, asked.given, asked.limits))
            except BaseException as error:
                asked.future.set_exception(error)
            finally:
                self._end(child)
                self._working.release(self.count)

    def _fresh(self, child: Child | None) -> Child:
        """A process that can take work: `child`, or a new one in its place."""
        if child and not child.tired:
            return child
        self._end(child)
        with self._lock:
            if self._closed:
                raise Died("was left")
            new = Child()
            self._children.add(new)
        return new

    def _end(self, child: Child | None) -> None:
        if child:
            with self._lock:
                self._children.discard(child)
            with suppress(OSError):
                child.close()
