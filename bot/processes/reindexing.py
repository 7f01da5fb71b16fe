"""A reindexing in a process of its own: it takes neither the bot's interpreter nor, being nice, its processor.

It and the processes that it starts are a group by themselves, which ends as a whole: when it is stopped, and with the
bot, however that ends.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from bot.processes.doubted import doubt_from
from retrieval.errors import ErrorKind, IndexLocked, IndexUnusable, ModelError, TrichdanError
from retrieval.indexing.loss import Loss
from retrieval.indexing.run import Report
from retrieval.problems import Problem
from retrieval.progress import Progress, Step
from retrieval.reasons import Reason
from retrieval.sources.model import Failure

_RAISED: Mapping[ErrorKind, type[TrichdanError]] = {
    ErrorKind.INDEX_LOCKED: IndexLocked,
    ErrorKind.INDEX: IndexUnusable,
    ErrorKind.MODEL: ModelError,
}
_PATIENCE_S = 3.0
"""So long it may take to end in order."""
_LAST_WORDS_S = 1.0
"""What it said is there at once when it has ended, unless somebody else holds its pipes: they are not waited for."""


class ReindexProcess:
    """`trichdan reindex --json` with the settings of this process."""

    def __init__(self, data_dir: Path, options: Sequence[str] = ()) -> None:
        self._command = [
            sys.executable,
            "-P",  # a module in the working directory is not ours
            "-m",
            "bot",
            "--data-dir",
            str(data_dir),
            "reindex",
            "--json",
            f"--asked={os.getpid()}",
            *options,
        ]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def run(self, progress: Progress) -> Report | None:
        """Waits for the report, telling progress as it comes; None when it was stopped.

        Raises:
            IndexLocked: another process is indexing. ModelError, IndexUnusable: model or index cannot be used.
            TrichdanError: it failed, with its sentence.
        """
        process = self._start()
        if process is None:
            return None
        assert process.stdout and process.stderr
        events, complaints = _Events(progress), _Complaints()
        readers = [_reader(process.stdout, events.take), _reader(process.stderr, complaints.take)]
        code = process.wait()
        _kill_group(process)
        for reader in readers:
            reader.join(_LAST_WORDS_S)
        if events.report or self._stopped:
            return events.report
        killed = Reason.of(Problem.READER_KILLED) if code == -signal.SIGKILL else None
        sentence = killed or events.reason or complaints.sentence()
        raise _RAISED.get(events.error or ErrorKind.OTHER, TrichdanError)(sentence)

    def _start(self) -> "subprocess.Popen[bytes] | None":
        """None where it was stopped before."""
        with self._lock:
            if not self._stopped:
                self._process = subprocess.Popen(  # noqa: S603 - this program, with options of its own
                    self._command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                )
            return self._process

    def stop(self) -> None:
        """Ends it soon; what is in service stays."""
        with self._lock:
            self._stopped = True
            process = self._process
        if process and process.poll() is None:
            process.terminate()
            killing = threading.Timer(_PATIENCE_S, _kill_late, [process])
            killing.daemon = True
            killing.start()


def _kill_late(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        _kill_group(process)


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    """All that is left of it and of what it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _reader(pipe: IO[bytes], take: Callable[[bytes], None]) -> threading.Thread:
    """Reads beside the process's end: of two pipes neither blocks the other."""

    def read() -> None:
        with pipe, suppress(OSError, ValueError):
            for line in pipe:
                take(line)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


class _Complaints:
    """What it says on stderr; the last line is the sentence of an error."""

    def __init__(self) -> None:
        self._last = ""

    def take(self, line: bytes) -> None:
        self._last = line.decode("utf-8", "replace").strip() or self._last

    def sentence(self) -> str:
        return self._last or "Indexing ended without a word: see the bot's log."


class _Events:
    """What it says on stdout: progress, and last its report."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.report: Report | None = None
        self.error: ErrorKind | None = None
        self.reason: Reason | None = None

    def take(self, line: bytes) -> None:
        try:
            event: dict[str, Any] = json.loads(line)
        except ValueError:
            return  # cut off as the process was killed
        if event["event"] == "report":
            self.report = _report(event)
        elif event["event"] == "error":
            self.error = ErrorKind(event["kind"])
            self.reason = Reason.from_json(event["reason"]) if "reason" in event else None
        else:
            self._progress(Step(event["step"]), event["done"], event["total"])


def _report(event: dict[str, Any]) -> Report:
    values = {name: value for name, value in event.items() if name != "event"}
    of_loss = ("would_remove", "would_remove_names", "no_longer_named", "would_remove_key")
    count, names, unnamed, key = (values.pop(name, None) for name in of_loss)
    held = (
        Loss(count=count, of=values["articles"], names=tuple(names), unnamed=tuple(unnamed), key=key)
        if count
        else None
    )
    doubt = doubt_from(values.pop("held_back", None))
    failed = tuple(Failure(each["path"], _reason(each)) for each in values["failed"])
    return Report(**values | {"failed": failed, "held": held, "doubt": doubt})


def _reason(failure: Mapping[str, Any]) -> str:
    return Reason.from_json(failure) if "kind" in failure else str(failure["reason"])
