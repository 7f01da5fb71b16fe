"""Progress and report of long work: bars in a terminal, plain lines in a pipe, JSON events on request."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict

from bot.printable import json_line, printable
from bot.processes.held import loss_question
from bot.processes.pace import Pace, Standing
from retrieval.errors import TrichdanError
from retrieval.indexing.run import Report
from retrieval.reasons import Reason
from retrieval.sources.model import Failure

_EVENT_INTERVAL_S = 0.5
_LINE_INTERVAL_S = 10.0
_SHORTEST_S = 0.05
"""A stage that took less shows as 0.0 s, which says nothing."""


Shown = Callable[[str, int, int], None]
"""A `Progress` for steps of any name."""


def progress_bars() -> Shown:
    """Bars on stderr where it is a terminal, else one plain line when a step begins."""
    return ProgressBars() if sys.stderr.isatty() else ProgressLines()


def json_lines() -> Shown:
    """One JSON object a line on stdout, at most two a second for each step besides its first and last.

    `per_s` and `left_s`, units a second and seconds left, are null while they are unknown.
    """
    last: dict[str, float] = {}
    pace = Pace()

    def show(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        standing = pace(step, done, total)
        if step in last and done != total and now - last[step] < _EVENT_INTERVAL_S:
            return
        last[step] = now
        print(json.dumps({"event": "progress", **_rounded(standing)}), flush=True)

    return show


def _rounded(standing: Standing) -> dict[str, object]:
    values = asdict(standing).items()
    return {name: round(value, 1) if isinstance(value, float) else value for name, value in values}


class ProgressLines:
    """A line when a step begins, and one now and then while it lasts."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._pace = clock, Pace(clock)
        self._step, self._said = "", 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        standing = self._pace(step, done, total)
        if done >= total > 0:
            return
        if step != self._step:
            self._say(step, f"{step[:1].upper()}{step[1:]} ...")
        elif self._clock() - self._said >= _LINE_INTERVAL_S:
            self._say(step, f"{step[:1].upper()}{step[1:]}: {standing}")

    def _say(self, step: str, line: str) -> None:
        self._step, self._said = step, self._clock()
        print(line, file=sys.stderr, flush=True)


class ProgressBars:
    """A bar for the step at hand; it goes when its step is done."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[standing]}"))
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._pace = Pace()

    def __call__(self, step: str, done: int, total: int) -> None:
        tasks = {task.description: task.id for task in self._progress.tasks}
        name = f"{step[:1].upper()}{step[1:]}"
        if name not in tasks:
            self._progress.start()
            for other in tasks.values():
                self._progress.remove_task(other)
            tasks[name] = self._progress.add_task(
                name, total=None, standing=""
            )  # not its default, which is 100
        standing = str(self._pace(step, done, total))
        self._progress.update(tasks[name], completed=done, total=total or None, standing=standing)
        if total and done >= total:
            self._progress.remove_task(tasks[name])
            self._progress.stop()


def error_json(error: TrichdanError) -> str:
    """What a running bot is told of the error that ends its `reindex --json`, whose message is on stderr."""
    known = {"reason": error.said.as_json()} if isinstance(error.said, Reason) else {}
    return json_line({"event": "error", "kind": error.kind, **known})


def report_json(report: Report, *, with_kinds: bool = False) -> str:
    """The last line of `reindex --json`; a running bot is told the kinds of reasons, to word them itself."""
    failed = [_failure(each, with_kind=with_kinds) for each in report.failed]
    values = {"event": "report", **asdict(report), "failed": failed}
    if held := values.pop("held"):
        values |= {
            "would_remove": held["count"],
            "would_remove_names": held["names"],
            "would_remove_key": held["key"],
            "no_longer_named": held["unnamed"],
        }
    if doubt := values.pop("doubt"):
        values["held_back"] = doubt
    return json_line(values)


def _failure(failure: Failure, *, with_kind: bool) -> dict[str, object]:
    known = failure.reason.as_json() if with_kind and isinstance(failure.reason, Reason) else {}
    return {"path": failure.path, "reason": str(failure.reason), **known}


def report_text(report: Report, *, dry_run: bool = False) -> str:
    """The report for a reader, failed files each on a line of its own; of a dry run, what would be done."""
    embedded = f"{report.embedded} {'to embed' if dry_run else 'embedded now'}"
    lines = [
        f"{_count(report.articles, 'article')}, {_count(report.passages, 'passage')} "
        f"({embedded}) in {report.elapsed_s:.1f} s.",
        f"Added {report.added}, changed {report.changed}, removed {report.removed}, "
        f"unchanged {report.unchanged}, failed {len(report.failed)}.",
        *([f"It would ask first: {loss_question(report.held)}"] if report.held else []),
        *_stages(report),
        *(f"  {failure.path}: {failure.reason}" for failure in report.failed),
    ]
    return printable("\n".join(lines))


def _stages(report: Report) -> list[str]:
    """Where the time went; no line when it all went by in no time."""
    shown = [f"{name} {seconds:.1f} s" for name, seconds in report.stages_s.items() if seconds >= _SHORTEST_S]
    return [f"Time: {', '.join(shown)}."] if shown else []


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
