"""A command in a pseudo-terminal: what a person types, and what stands on the screen."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from typing import Self

ESCAPE_CODE = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;?]*[a-zA-Z]")
_WHERE_IS_THE_CURSOR = b"\x1b[6n"
_AT_THE_TOP_LEFT = b"\x1b[1;1R"
_LONGEST_WAIT_S = 30


class TerminalProcess:
    """A context manager around a process whose standard streams are a terminal of `columns` columns."""

    def __init__(
        self, command: Sequence[str], env: dict[str, str], cwd: os.PathLike[str], columns: int = 80
    ) -> None:
        self._command, self._cwd = command, cwd
        self._env = env | {"TERM": "xterm-256color", "COLUMNS": str(columns)}
        self._columns = columns
        self.raw = ""

    def __enter__(self) -> Self:
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, self._columns, 0, 0))
        self.process = subprocess.Popen(
            self._command, stdin=theirs, stdout=theirs, stderr=theirs, env=self._env, cwd=self._cwd,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        return self

    def __exit__(self, *exception: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    @property
    def screen(self) -> str:
        """All that was shown, without escape codes."""
        return ESCAPE_CODE.sub("", self.raw).replace("\r", "")

    def type(self, text: str) -> None:
        """Types `text`; Enter is a carriage return. Control keys need a prompt that waits for them."""
        os.write(self._ours, text.encode())

    def wait_for(self, text: str, *, after: int = 0) -> int:
        """Reads until `text` is on the screen beyond position `after`; returns where it ends."""
        deadline = time.monotonic() + _LONGEST_WAIT_S
        while (found := self.screen.find(text, after)) < 0:
            if time.monotonic() > deadline or not self._read(0.2):
                raise AssertionError(f"{text!r} did not appear; the screen:\n{self.screen}")
        return found + len(text)

    def wait(self) -> int:
        """Reads to the end of the process; returns its exit code."""
        deadline = time.monotonic() + _LONGEST_WAIT_S
        while self._read(0.2):
            assert time.monotonic() < deadline, f"it does not end; the screen:\n{self.screen}"
        return self.process.wait(_LONGEST_WAIT_S)

    def _read(self, seconds: float) -> bool:
        """Takes what comes within so many seconds, or nothing; False when the process has ended."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return self.process.poll() is None
        try:
            data = os.read(self._ours, 65_536)
        except OSError:  # Linux says so where others say end of file
            return False
        if _WHERE_IS_THE_CURSOR in data:
            os.write(self._ours, _AT_THE_TOP_LEFT)
        self.raw += data.decode("utf-8", errors="replace")
        return bool(data)
