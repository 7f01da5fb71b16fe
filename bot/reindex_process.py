"""A reindexing in a process of its own: it takes neither the bot's interpreter nor, being nice, its processor."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from retrieval.embedding.progress import Progress
from retrieval.errors import IndexLocked, TrichdanError
from retrieval.indexer import LOCKED, Report
from retrieval.indexing.loss import Loss
from retrieval.sources.sourced import Failure


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
            "--asked",
            *options,
        ]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def run(self, progress: Progress) -> Report | None:
        """Waits for the report, telling progress as it comes; None when it was stopped.

        Raises:
            IndexLocked: another process is indexing.
            TrichdanError: it failed, with its sentence.
        """
        with self._lock:
            if self._stopped:
                return None
            self._process = subprocess.Popen(  # noqa: S603 - this program, with options of its own
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        with self._process as process:
            said = _Tail(process)
            report = _follow(process, progress)
        if report or self._stopped:
            return report
        sentence = said.text()
        raise (IndexLocked if sentence.startswith(LOCKED) else TrichdanError)(sentence)

    def stop(self) -> None:
        """Ends it at once; what is in service stays."""
        with self._lock:
            self._stopped = True
            if self._process:
                self._process.kill()


class _Tail:
    """What a process says on stderr, read beside its output so that neither blocks the other."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._lines: list[str] = []
        self._thread = threading.Thread(target=self._read, args=(process,), daemon=True)
        self._thread.start()

    def text(self) -> str:
        """Its last line, which is the sentence of an error."""
        self._thread.join()
        return self._lines[-1] if self._lines else "Indexing ended without a word: see the bot's log."

    def _read(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stderr
        for line in process.stderr:
            if written := line.decode("utf-8", "replace").strip():
                self._lines = [*self._lines[-20:], written]


def _follow(process: "subprocess.Popen[bytes]", progress: Progress) -> Report | None:
    assert process.stdout
    report = None
    for line in process.stdout:
        event: dict[str, Any] = json.loads(line)
        if event["event"] == "report":
            report = _report(event)
        else:
            progress(event["step"], event["done"], event["total"])
    return report


def _report(event: dict[str, Any]) -> Report:
    values = {name: value for name, value in event.items() if name != "event"}
    count, names, unnamed = (
        values.pop(name, None) for name in ("would_remove", "would_remove_names", "no_longer_named")
    )
    held = Loss(count, values["articles"], tuple(names), tuple(unnamed)) if count else None
    failed = tuple(Failure(**failure) for failure in values["failed"])
    return Report(**values | {"failed": failed, "held": held})
