"""A process of our own that works on what it is given, one thing after another, within limits of time and memory.

It ends with the thread and the process that started it, holds none of their pipes, takes its modules from where they
take theirs, and leaves Ctrl+C to them.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Any, TypeVar, cast

from retrieval.problems import Problem
from retrieval.reasons import Reason

_BOOT = """
import sys
from multiprocessing.connection import Connection
connection = Connection(int(sys.argv[1]))
sys.path[:] = connection.recv()
from retrieval.processes.child_side import serve
serve(connection, int(sys.argv[2]))
"""
_WALL = 10
"""Where nothing else is said, work that takes so many times its processor time waits for ever, and is given up."""

Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Limits:
    """For one piece of work: seconds of processor time, bytes of memory above what the process has anyway, seconds more
    for each MB that is given, and how long it is waited for at most."""

    cpu_s: int
    memory: int
    cpu_s_per_mb: int = 0
    wall_s: float | None = None

    def of(self, size: int) -> "Limits":
        """Those of so many bytes."""
        cpu_s = self.cpu_s + self.cpu_s_per_mb * size // 2**20
        return Limits(cpu_s, self.memory, wall_s=self.wall_s or cpu_s * _WALL)


class ChildFailed(Exception):
    """The work was not done; the message says why, to follow the name of what was worked on."""

    @property
    def said(self) -> str:
        """The message, which knows its kind."""
        return self.args[0] if self.args else str(self)


class TookTooLong(ChildFailed):
    """It reached its limit of time, and its process was ended."""


class TookTooMuchMemory(ChildFailed):
    """It reached its limit of memory."""


class Stumbled(ChildFailed):
    """It raised what it should not raise."""


class Died(ChildFailed):
    """Its process came to an end that none of us ordered."""


class Child:
    """Starts the process. `call` in one thread, which must live as long; `kill` from any."""

    def __init__(self) -> None:
        self._ours, theirs = Pipe()
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603 - this program
                [sys.executable, "-P", "-c", _BOOT, str(number), str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[number],
            )
        self.tired = False
        """Whether another one should do what comes next: what was done has left much in memory, or ended it."""
        self._send(lambda: self._ours.send([path or str(Path.cwd()) for path in sys.path]))

    @property
    def pid(self) -> int:
        return self._process.pid

    def call(self, work: Callable[[Given], Made], given: Given, limits: Limits) -> Made:
        """`work` on `given`, which can be pickled as what comes of it.

        Raises:
            TrichdanError, OSError: as `work` does.
            ChildFailed: nothing came of it.
        """
        asked = pickle.dumps((work, given))
        limits = limits.of(len(asked))
        self._send(lambda: self._ours.send(limits))
        self._send(lambda: self._ours.send_bytes(asked))
        outcome = self._outcome(limits)
        if isinstance(outcome, BaseException):
            raise outcome
        return cast(Made, outcome)

    def kill(self) -> None:
        """Ends it at once; what is being called raises Died."""
        self.tired = True
        self._process.kill()

    def close(self) -> None:
        """Ends it, and waits for that."""
        self.kill()
        self._process.wait()
        self._ours.close()

    def _send(self, send: Callable[[], None]) -> None:
        try:
            send()
        except OSError:  # it has died: so much is said where its answer is waited for
            self.tired = True

    def _outcome(self, limits: Limits) -> Any:  # noqa: ANN401 - what the work makes, or an exception
        try:
            if not self._ours.poll(limits.wall_s):
                self.kill()
                raise TookTooLong(_long(limits))
            self.tired, outcome = pickle.loads(self._ours.recv_bytes())  # noqa: S301 - from this program
        except (EOFError, OSError):
            self.tired = True
            if self._process.wait() == -signal.SIGXCPU:
                raise TookTooLong(_long(limits)) from None
            raise Died(Reason.of(Problem.READER_DIED)) from None
        return outcome


def _long(limits: Limits) -> str:
    return Reason.of(Problem.TOO_LONG_TO_READ, limit=limits.cpu_s)
