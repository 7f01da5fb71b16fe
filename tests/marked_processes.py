"""The processes that a test started, and theirs: found by a mark in their environment, which all of them inherit."""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from pathlib import Path

MARK = "TRICHDAN_TESTS_MARK"
PATIENCE_S = 20.0
"""A busy machine may take long; what does not end at all is what a test is after."""


def marked(mark: str) -> list[int]:
    """The ids of all that live, zombies not among them."""
    wanted = f"{MARK}={mark}".encode()
    return [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _has(entry, wanted)
    ]


def _has(entry: Path, wanted: bytes) -> bool:
    try:
        return wanted in (entry / "environ").read_bytes().split(b"\0")
    except OSError:  # it has just ended, or is another user's
        return False


def children(mark: str, parent: int) -> list[int]:
    """Those of them that `parent` started."""
    return [pid for pid in marked(mark) if _parent(pid) == parent]


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def until_gone(mark: str, *, but: Collection[int] = ()) -> float:
    """Waits until all of them have ended but these; the seconds that took. AssertionError when they do not."""
    started = time.monotonic()
    while left := [pid for pid in marked(mark) if pid not in but]:
        assert time.monotonic() < started + PATIENCE_S, {pid: _command(pid) for pid in left}
        time.sleep(0.02)
    return time.monotonic() - started


def ends_soon(pid: int) -> bool:
    """Whether the process ends while a test waits for it; a zombie has."""
    ends = time.monotonic() + PATIENCE_S
    while lives(pid):
        if time.monotonic() > ends:
            return False
        time.sleep(0.02)
    return True


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        # A child without a parent may stay in the table until somebody asks for it.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return "(ended)"


def environment_with(mark: str) -> dict[str, str]:
    return {**os.environ, MARK: mark}
