"""Progress and report of long work: bars in a terminal, plain lines in a pipe, JSON events on request."""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from retrieval.embedding.progress import Progress
from retrieval.indexer import Report

_EVENT_INTERVAL_S = 0.5


def progress_bars() -> Progress:
    """Bars on stderr where it is a terminal, else one plain line when a step begins."""
    return _Bars() if sys.stderr.isatty() else _Lines()


def json_lines() -> Progress:
    """One JSON object a line on stdout, at most two a second for each step besides its first and last."""
    last: dict[str, float] = {}

    def show(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step in last and done != total and now - last[step] < _EVENT_INTERVAL_S:
            return
        last[step] = now
        print(json.dumps({"event": "progress", "step": step, "done": done, "total": total}), flush=True)

    return show


class _Lines:
    def __init__(self) -> None:
        self._step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        if step != self._step and (done < total or not total):
            self._step = step
            print(f"{step[:1].upper()}{step[1:]} ...", file=sys.stderr, flush=True)


class _Bars:
    """A bar for the step at hand; it goes when its step is done."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)

    def __call__(self, step: str, done: int, total: int) -> None:
        tasks = {task.description: task.id for task in self._progress.tasks}
        name = f"{step[:1].upper()}{step[1:]}"
        if name not in tasks:
            self._progress.start()
            for other in tasks.values():
                self._progress.remove_task(other)
            tasks[name] = self._progress.add_task(name, total=None)  # not its default, which is 100
        self._progress.update(tasks[name], completed=done, total=total or None)
        if total and done >= total:
            self._progress.remove_task(tasks[name])
            self._progress.stop()


def report_json(report: Report) -> str:
    """The last line of `reindex --json`."""
    values = {"event": "report", **asdict(report)}
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace").decode()


def report_text(report: Report) -> str:
    """The report for a reader, failed files each on a line of its own."""
    lines = [
        f"{_count(report.articles, 'article')}, {_count(report.passages, 'passage')} "
        f"({report.embedded} embedded now) in {report.elapsed_s:.1f} s.",
        f"Added {report.added}, changed {report.changed}, removed {report.removed}, "
        f"unchanged {report.unchanged}, failed {len(report.failed)}.",
        *(f"  {Path(failure.path)}: {failure.reason}" for failure in report.failed),
    ]
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
