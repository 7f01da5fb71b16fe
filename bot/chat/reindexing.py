"""A reindex asked for in a chat: it runs in a thread of its own while a message shows where it stands."""

import asyncio
import logging
from pathlib import Path

from telegram import InlineKeyboardMarkup, Message

from bot.admin.buttons import AdminPress
from bot.bootstrap import Services
from bot.chat.board import Board
from bot.chat.delivery import edit, send
from bot.chat.keyboards import one_button
from bot.pace import Pace, Standing
from bot.reindex_process import ReindexProcess
from bot.replies.markup import escape
from bot.texts import Texts
from retrieval.errors import IndexLocked, TrichdanError
from retrieval.indexer import Report

_FAILURES_SHOWN = 5
_READING = ("reading articles", "splitting articles")
_STAGES = {
    "embedding passages": "embedding",
    "embedding sentences": "sentences",
    "writing the index": "writing",
}

_log = logging.getLogger(__name__)


class Stopped(Exception):
    """Indexing was broken off: the process is to end, or an admin wishes it."""


class ChatReindex:
    """Runs one reindex at a time."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._running = False
        self._stopped = False
        self._again = False
        self._process: ReindexProcess | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, message: Message, texts: Texts, *, full: bool = False) -> None:
        """Reindexes the configured sources, takes the result into service and shows the report."""
        if self._running:
            await send(message, [escape(texts("reindex-running"))])
            return
        await self._one_by_one(Board(message), texts, full=full)

    async def take_in(self, on: Message, texts: Texts) -> None:
        """The same after the sources have changed, shown in the place of `on`, a message of ours.

        A run that is at work may have passed the change by: another one follows it.
        """
        if self._running:
            self._again = True
            await edit(on, escape(texts("reindex-next")))
            return
        self._begin(Board(on, on), texts, full=False)

    async def anew(self, on: Message, texts: Texts) -> None:
        """Reads every article again, at the press of a button under `on`."""
        if self._running:
            await send(on, [escape(texts("reindex-running"))])
            return
        self._begin(Board(on), texts, full=True)

    async def close(self) -> None:
        """Waits until the last report is shown."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, board: Board, texts: Texts, *, full: bool) -> None:
        """A run of its own: the press that it came from is done with."""
        self._running = True
        task = asyncio.create_task(self._one_by_one(board, texts, full=full))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("The report of a reindexing could not be shown: %s", error)

    def cancel(self) -> bool:
        """Breaks off the run at hand, on the wish of an admin; False when there is none."""
        if not self._running or self._process is None:
            return False
        self._again = False
        self._process.stop()
        return True

    def stop(self) -> None:
        """The bot is to end: breaks off a run; what is in service stays."""
        self._stopped = True
        self._again = False
        if self._process:
            self._process.stop()

    async def _one_by_one(self, board: Board, texts: Texts, *, full: bool) -> None:
        self._running = True  # before the first await: a second request sees it at once
        try:
            await self._run(board, texts, full=full)
            while self._again:
                self._again = False
                await self._run(board.next(), texts, full=False)
        finally:
            self._running = False

    async def _run(self, board: Board, texts: Texts, *, full: bool) -> None:
        seen = _Seen()
        self._process = ReindexProcess(self._services.settings.data_dir, ["--full"] if full else [])
        if self._stopped:
            self._process.stop()
        stop_button = one_button(texts("button-cancel"), AdminPress("cancel"))
        await board.show(texts("reindex-started"), stop_button)
        work = asyncio.create_task(asyncio.to_thread(self._reindex, self._process, seen))
        while not work.done():
            await asyncio.wait([work], timeout=board.interval_s)
            if not work.done():
                await board.show(seen.text(texts), stop_button)
        again = None if full else one_button(texts("button-full"), AdminPress("full"))
        await board.finish(*self._outcome(work, texts, again))

    def _reindex(self, process: ReindexProcess, seen: "_Seen") -> Report:
        report = process.run(seen)
        if report is None:
            raise Stopped
        self._services.serving.refresh()
        return report

    def _outcome(
        self, work: "asyncio.Task[Report]", texts: Texts, again: InlineKeyboardMarkup | None
    ) -> tuple[str, InlineKeyboardMarkup | None]:
        """What there is to say at the end, and the button below it."""
        try:
            return report_text(work.result(), texts), again
        except Stopped:
            return texts("reindex-stopped" if self._stopped else "reindex-cancelled"), None
        except IndexLocked:
            return texts("reindex-elsewhere"), None
        except TrichdanError as error:
            return texts("reindex-failed", reason=str(error)), again
        except Exception:
            _log.exception("Reindexing failed")
            return texts("reindex-failed", reason=texts("failed")), None


class _Seen:
    """The latest progress, written by the indexing thread and read by the event loop."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._latest = Standing("", 0, 0)

    def __call__(self, step: str, done: int, total: int) -> None:
        self._latest = self._pace(step, done, total)  # one assignment: a reader sees the old or the new

    def text(self, texts: Texts) -> str:
        standing = self._latest
        if standing.step in _READING:
            return texts("reindex-reading", done=standing.done)
        if standing.step not in _STAGES or not standing.total:
            return ""
        text = texts(
            "reindex-progress", stage=_STAGES[standing.step], done=standing.done, total=standing.total
        )
        left = standing.left_s
        return text if left is None else f"{text}\n{texts('reindex-left', minutes=max(1, round(left / 60)))}"


def report_text(report: Report, texts: Texts) -> str:
    """The report in the reader's language; failed files by name and reason, a few of them."""
    counts = {
        name: getattr(report, name)
        for name in ("articles", "passages", "added", "changed", "removed", "unchanged")
    }
    lines = [texts("reindex-report", **counts)]
    if report.failed:
        lines += ["", texts("reindex-report-failed", count=len(report.failed))]
        lines += [f"• {Path(f.path).name}: {f.reason}" for f in report.failed[:_FAILURES_SHOWN]]
    if len(report.failed) > _FAILURES_SHOWN:
        lines.append(texts("reindex-report-more", count=len(report.failed) - _FAILURES_SHOWN))
    return "\n".join(lines)
