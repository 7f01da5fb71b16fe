"""A reindex asked for in a chat: it runs in a thread of its own while a message shows where it stands."""

import asyncio
import logging
from pathlib import Path

from telegram import Message
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from bot.bootstrap import Services
from bot.chat.delivery import edit, send
from bot.pace import Pace, Standing
from bot.reindex_process import ReindexProcess
from bot.replies.markup import escape
from bot.texts import Texts
from retrieval.errors import IndexLocked, TrichdanError
from retrieval.indexer import Report

_INTERVAL_S = 2.0
_GROUP_INTERVAL_S = 10.0
"""An edit takes from a group's budget of 20 messages a minute, which answers need too."""
_TRIES = 4
"""How often the report is tried where Telegram cannot be reached."""
_FAILURES_SHOWN = 5
_READING = ("reading articles", "splitting articles")
_STAGES = {
    "embedding passages": "embedding",
    "embedding sentences": "sentences",
    "writing the index": "writing",
}

_log = logging.getLogger(__name__)


class Stopped(Exception):
    """The process is to end, so indexing is broken off."""


class ChatReindex:
    """Runs one reindex at a time."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._running = False
        self._stopped = False
        self._process: ReindexProcess | None = None

    async def run(self, message: Message, texts: Texts) -> None:
        """Reindexes the configured sources, takes the result into service and shows the report."""
        if self._running:
            await send(message, [escape(texts("reindex-running"))])
            return
        self._running = True  # before the first await: a second request sees it at once
        try:
            await self._run(Board(message), texts)
        finally:
            self._running = False

    def stop(self) -> None:
        """Breaks off a run; what is in service stays."""
        self._stopped = True
        if self._process:
            self._process.stop()

    async def _run(self, board: "Board", texts: Texts) -> None:
        await board.show(texts("reindex-started"))
        seen = _Seen()
        self._process = ReindexProcess(self._services.settings.data_dir)
        if self._stopped:
            self._process.stop()
        work = asyncio.create_task(asyncio.to_thread(self._reindex, self._process, seen))
        while not work.done():
            await asyncio.wait([work], timeout=board.interval_s)
            if not work.done():
                await board.show(seen.text(texts))
        await board.finish(_outcome(work, texts))

    def _reindex(self, process: ReindexProcess, seen: "_Seen") -> Report:
        report = process.run(seen)
        if report is None:
            raise Stopped
        self._services.serving.refresh()
        return report


class Board:
    """The one message that shows progress and then the report."""

    def __init__(self, request: Message) -> None:
        self._request = request
        self._shown: Message | None = None
        self._text = ""
        self.interval_s = _INTERVAL_S if request.chat.type == ChatType.PRIVATE else _GROUP_INTERVAL_S

    async def show(self, text: str) -> None:
        """Shows `text` where Telegram lets it; the work goes on in any case."""
        if text in ("", self._text):
            return
        try:
            await self._put(text)
        except TelegramError as error:
            _log.info("The progress of reindexing was not shown: %s", error)

    async def finish(self, text: str) -> None:
        """Shows `text`, in a new message when the old one is gone."""
        _log.info("Reindexing: %s", text)
        for tries_left in reversed(range(_TRIES)):
            try:
                await self._put(text)
                return
            except BadRequest:
                self._shown = None  # gone: a new message takes its place
            except TelegramError:
                # An edit, unlike a new message, may safely be repeated.
                if self._shown is None or not tries_left:
                    raise
                await asyncio.sleep(_INTERVAL_S)
        await self._put(text)

    async def _put(self, text: str) -> None:
        if self._shown is None:
            self._shown = (await send(self._request, [escape(text)]))[-1]
        else:
            await edit(self._shown, escape(text))
        self._text = text


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


def _outcome(work: "asyncio.Task[Report]", texts: Texts) -> str:
    try:
        return report_text(work.result(), texts)
    except Stopped:
        return texts("reindex-stopped")
    except IndexLocked:
        return texts("reindex-running")
    except TrichdanError as error:
        return texts("reindex-failed", reason=str(error))
    except Exception:
        _log.exception("Reindexing failed")
        return texts("reindex-failed", reason=texts("failed"))


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
