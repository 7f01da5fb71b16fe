"""A reindex asked for in a chat: it runs in a thread of its own while a message shows where it stands."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from telegram import InlineKeyboardMarkup, Message
from telegram.error import TelegramError

from bot.bootstrap import Services
from bot.conversation.wording import one_line
from bot.on_telegram.admin.progress_message import Board
from bot.on_telegram.outgoing.delivery import send
from bot.on_telegram.outgoing.keyboards import markup, one_button
from bot.processes.pace import Pace, Standing
from bot.processes.reindexing import ReindexProcess
from bot.processes.unfinished import Begun, Unfinished
from bot.telegram_html.admin.buttons import AdminPress
from bot.telegram_html.admin.losses import loss_buttons, loss_text
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.errors import IndexLocked, TrichdanError
from retrieval.indexing.run import Report
from retrieval.progress import Step

_PATIENCE_AT_THE_END_S = 5.0
_FAILURES_SHOWN = 5
_LONGEST_NAME, _LONGEST_REASON = 80, 300
_READING = (Step.READING, Step.SPLITTING)
_STAGES: dict[str, str] = {
    Step.PASSAGES: "embedding",
    Step.SENTENCES: "sentences",
    Step.WRITING: "writing",
}

_ALL: tuple[str, ...] = ()
_ANEW = ("--full",)
UPLOADS = ("--uploads",)
"""Options of a run. What was sent in chat is taken in by the next process where this one cannot end it; what else was
to be read has to be asked for again."""

_log = logging.getLogger(__name__)


class Stopped(Exception):
    """Indexing was broken off: the process is to end, or an admin wishes it."""


class ChatReindex:
    """Runs one reindex at a time."""

    def __init__(self, services: Services, unfinished: Unfinished) -> None:
        self._services = services
        self._unfinished = unfinished
        self._running = False
        self._stopped = False
        self._waiting: list[Board] = []
        self._process: ReindexProcess | None = None
        self._work: asyncio.Task[Report] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, message: Message, texts: Texts) -> None:
        """Reindexes the configured sources, takes the result into service and shows the report."""
        if self._running:
            await send(message, [escape(texts("reindex-running"))])
            return
        self._running = True  # before the first await: a second request sees it at once
        await self._one_by_one([Board(message, texts)], _ALL)

    async def take_in(self, on: Message, texts: Texts, begun: Begun) -> None:
        """Takes in what was sent or taken out in chat and touches nothing else; shown in the place of `on`, a message
        of ours. It is noted as `begun`, and done with at the end.

        A run that is at work may have passed the change by: another one follows it.
        """
        board = Board(on, texts, on, replace(begun, options=UPLOADS))
        if self._running:
            self._waiting.append(board)
            await board.show(texts("reindex-next"))
            return
        self._begin([board], UPLOADS)

    def take_in_silently(self) -> None:
        """The same for what nobody waits for."""
        if not self._running:  # else what comes next takes it in
            self._begin([], UPLOADS)

    async def anew(self, on: Message, texts: Texts) -> None:
        """Reads every article again, at the press of a button under `on`."""
        if self._running:
            await send(on, [escape(texts("reindex-running"))])
            return
        self._begin([Board(on, texts)], _ANEW)

    async def allowed(self, what: str, on: Message, texts: Texts) -> None:
        """The run that asked in `on`, once more: it may take out now what was shown there, and asks anew where that is
        something else by now."""
        if self._running:
            await send(on, [escape(texts("reindex-running"))])
            return
        *kinds, key = what.split("-")
        options = (f"--{kind}" for kind in kinds if kind in ("full", "uploads"))
        self._begin([Board(on, texts, on)], (*options, f"--yes-to={key}"))

    def cancel(self) -> bool:
        """Breaks off the run at hand, on the wish of an admin; False when there is none. What waits comes next."""
        if self._process is None or self._work is None or self._work.done():
            return False
        self._process.stop()
        return True

    def stop(self) -> None:
        """The bot is to end: breaks off a run; what is in service stays."""
        self._stopped = True
        if self._process:
            self._process.stop()

    async def close(self) -> None:
        """Waits until the last report is shown, but not for ever: Telegram may be away."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_PATIENCE_AT_THE_END_S)

    def _begin(self, boards: list[Board], options: Sequence[str]) -> None:
        """A run of its own: the press that it came from is done with."""
        self._running = True
        task = asyncio.create_task(self._one_by_one(boards, options))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _one_by_one(self, boards: list[Board], options: Sequence[str]) -> None:
        try:
            await self._run(boards, options)
            while self._waiting and not self._stopped:
                boards, self._waiting = self._waiting, []
                await self._run(boards, UPLOADS)
        finally:
            self._running = False

    async def _run(self, boards: Sequence[Board], options: Sequence[str]) -> None:
        seen = _Seen()
        self._process = ReindexProcess(self._services.settings.data_dir, options)
        if self._stopped:
            self._process.stop()
        for board in boards:
            await board.show(board.texts("reindex-started"), _cancel(board.texts))
            self._note(board, options)
        self._work = asyncio.create_task(asyncio.to_thread(self._reindex, self._process, seen))
        while not self._work.done():
            await asyncio.wait(
                [self._work], timeout=max((board.interval_s for board in boards), default=None)
            )
            for board in boards if not self._work.done() else ():
                await board.show(seen.text(board.texts), _cancel(board.texts))
        for board in boards:
            await self._report(board, self._work, options)

    def _note(self, board: Board, options: Sequence[str]) -> None:
        """If the process comes to a sudden end, the next one sees to what this board shows."""
        if board.begun is None and board.place:
            chat_id, message_id = board.place
            board.begun = Begun(
                chat_id=chat_id,
                message_id=message_id,
                language=board.texts.language,
                options=tuple(options),
            )
            self._unfinished.note(board.begun)

    async def _report(self, board: Board, work: "asyncio.Task[Report]", options: Sequence[str]) -> None:
        later = self._stopped and is_resumed(options) and isinstance(work.exception(), Stopped)
        try:
            if later:
                await board.finish(board.texts("reindex-later"))
            else:
                await board.finish(*self._outcome(work, board.texts, options))
        except TelegramError as error:
            _log.error("The report of a reindexing could not be shown: %s", error)
        if board.begun and later:
            self._unfinished.note(replace(board.begun, tries=0))  # it was not what ended the process
        elif board.begun:
            self._unfinished.done(board.begun)

    def _reindex(self, process: ReindexProcess, seen: "_Seen") -> Report:
        report = process.run(seen)
        if report is None:
            raise Stopped
        self._services.serving.refresh()
        return report

    def _outcome(
        self, work: "asyncio.Task[Report]", texts: Texts, options: Sequence[str]
    ) -> tuple[str, InlineKeyboardMarkup | None]:
        """What there is to say at the end, and the buttons below it."""
        again = None if "--full" in options else one_button(texts("button-full"), AdminPress("full"))
        try:
            report = work.result()
            if report.held:
                return loss_text(report.held, texts), _yes_or_no(options, report.held.key, texts)
            return report_text(report, texts), again
        except Stopped:
            return texts("reindex-stopped" if self._stopped else "reindex-cancelled"), None
        except IndexLocked:
            return texts("reindex-elsewhere"), None
        except TrichdanError as error:
            return texts("reindex-failed", reason=str(error)), again
        except Exception:
            _log.exception("Reindexing failed")
            return texts("reindex-failed", reason=texts("failed")), None


def is_resumed(options: Sequence[str]) -> bool:
    """Whether a run with these options is for the next process to do where this one cannot end it."""
    return "--uploads" in options


def _yes_or_no(options: Sequence[str], key: str, texts: Texts) -> InlineKeyboardMarkup | None:
    kinds = [option.removeprefix("--") for option in (*_ANEW, *UPLOADS) if option in options]
    return markup(loss_buttons("-".join([*kinds, key]), texts))


def _cancel(texts: Texts) -> InlineKeyboardMarkup:
    return one_button(texts("button-cancel"), AdminPress("cancel"))


class _Seen:
    """The latest progress, written by the indexing thread and read by the event loop."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._latest = Standing(step="", done=0, total=0)

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
        lines += [
            f"• {one_line(Path(f.path).name, _LONGEST_NAME)}: {one_line(f.reason, _LONGEST_REASON)}"
            for f in report.failed[:_FAILURES_SHOWN]
        ]
    if len(report.failed) > _FAILURES_SHOWN:
        lines.append(texts("reindex-report-more", count=len(report.failed) - _FAILURES_SHOWN))
    return "\n".join(lines)
