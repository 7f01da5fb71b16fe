"""Runs the steps of preparing the bundled model, each in a process of its own.

What a step has loaded is gone with it, and a step that is killed because memory is short ends nothing else.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from retrieval.embedding.bundled.steps import TOO_LITTLE_MEMORY
from retrieval.errors import CannotWrite, ErrorKind, ModelError, ModelNotPrepared, TrichdanError
from retrieval.progress import Progress, silent

MEMORY_MB: Final = 1000
"""What preparing the model takes at most, all processes together (docs/performance.md)."""
_KEPT_LINES = 20
# Large blocks go back to the system when they are freed; by default much is kept for later, 300 MB of it here.
_FRUGAL = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "PYTHONSAFEPATH": "1",
}


def run_step(step: str, *paths: Path, progress: Progress = silent) -> None:
    """Runs one of the steps of steps.py to its end.

    Raises:
        ModelError: it failed; ModelNotPrepared: it was ended from without, for want of memory as a rule.
        CannotWrite: there was no room for what it makes.
    """
    module = ["-P", "-m", "retrieval.embedding.bundled.steps"]
    run([sys.executable, *module, str(os.getpid()), step, *map(str, paths)], progress)


def run(command: Sequence[str], progress: Progress = silent) -> None:
    """Runs `command`, which speaks as steps.py does; raises as `run_step`."""
    said: list[str | TrichdanError] = []
    with subprocess.Popen(  # noqa: S603 - this program
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | _FRUGAL,
    ) as process:
        assert process.stdout
        try:
            for line in process.stdout:
                _listen(line.decode("utf-8", "replace").strip(), said, progress)
        finally:
            process.kill()  # an interruption must not leave it behind
    if process.returncode:
        raise _failure(process.returncode, said)


def _listen(line: str, said: "list[str | TrichdanError]", progress: Progress) -> None:
    try:
        event = json.loads(line)
        if "error" in event:
            full = event["kind"] == ErrorKind.CANNOT_WRITE
            said.append((CannotWrite if full else ModelError)(event["error"]))
        else:
            progress(event["step"], event["done"], event["total"])
    except (ValueError, TypeError, KeyError):  # what libraries say
        said[:] = [*said[-_KEPT_LINES:], line]


def _failure(code: int, said: "Sequence[str | TrichdanError]") -> TrichdanError:
    if code < 0 or code == TOO_LITTLE_MEMORY:
        return ModelNotPrepared(
            f"Preparing the model was broken off, as the system does where memory is short: {memory_needed()}; "
            "free some, then start again."
        )
    last = said[-1] if said else "without a word"
    if isinstance(last, TrichdanError):
        return last
    return ModelError(f"The model could not be prepared ({last}); set TRICHDAN_RUNTIME=torch to do without.")


def memory_needed() -> str:
    """What it takes and what there is: a part of a sentence."""
    free = free_memory_mb()
    there = f", and {free} MB are free" if free is not None else ""
    return f"it takes {MEMORY_MB} MB of memory{there}"


def free_memory_mb() -> int | None:
    """What this process may still take, in the system and in its control group; None where that is not told."""
    found = [amount for amount in (_of_system(), _of_group()) if amount is not None]
    return min(found) // 2**20 if found else None


def _of_system() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text("utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return None


def _of_group() -> int | None:
    folder = Path("/sys/fs/cgroup")
    try:
        limit, used = ((folder / name).read_text("utf-8") for name in ("memory.max", "memory.current"))
        return max(0, int(limit) - int(used))
    except (OSError, ValueError):  # none, or `max`
        return None
