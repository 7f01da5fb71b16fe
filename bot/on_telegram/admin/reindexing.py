"""A reindex asked for in a chat: it runs in a process of its own while a message shows where it stands."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from telegram import Message
from telegram.error import TelegramError

from bot.conversation.replies.buttons import Keyboard
from bot.on_telegram.admin.progress_message import Board
from bot.on_telegram.admin.reindex_texts import RunProgress, cancel_button, full_button, report_text
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import edit, send
from bot.on_telegram.requests import AdminPress, Request
from bot.processes.reindexing import ReindexProcess
from bot.processes.unfinished import Begun, Unfinished
from bot.telegram_html.admin.losses import loss_buttons, loss_text
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.errors import IndexLocked, TrichdanError
from retrieval.indexing.run import Report
from retrieval.serving import Serving

_PATIENCE_AT_THE_END_S = 5.0

_ALL: tuple[str, ...] = ()
_ANEW = ("--full",)
UPLOADS = ("--uploads",)
"""Options of a run. What was sent in chat is taken in by the next process where this one cannot end it; what else was
to be read has to be asked for again."""

_log = logging.getLogger(__name__)


class BrokenOff(Exception):
    """Indexing was broken off: the process is to end, or an admin wishes it."""


class ChatReindex:
    """Runs one reindex at a time."""

    def __init__(
        self, *, serving: Serving, process: Callable[[Sequence[str]], ReindexProcess], unfinished: Unfinished
    ) -> None:
        """`process` makes the process of a run with these options."""
        self._serving = serving
        self._new_process = process
        self._unfinished = unfinished
        self._running = False
        self._stopped = False
        self._waiting: list[Board] = []
        self._process: ReindexProcess | None = None
        self._work: asyncio.Task[Report] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, request: Request) -> None:
        """/reindex: reads the configured sources, takes the result into service and shows the report."""
        if self._running:
            await _say_running(request.message, request.texts)
            return
        self._running = True  # before the first await: a second request sees it at once
        await self._one_by_one([Board(request.message, request.texts)], _ALL)

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

    async def anew(self, pressed: AdminPress) -> None:
        """Reads every article again."""
        if self._running:
            await _say_running(pressed.on, pressed.texts)
            return
        self._begin([Board(pressed.on, pressed.texts)], _ANEW)

    async def allowed(self, pressed: AdminPress) -> None:
        """The run that asked, once more: it may take out now what was shown, and asks anew where that is something else
        by now."""
        on, texts = pressed.on, pressed.texts
        if self._running:
            await _say_running(on, texts)
            return
        *kinds, key = pressed.press.argument.split("-")
        options = (f"--{kind}" for kind in kinds if kind in ("full", "uploads"))
        self._begin([Board(on, texts, on)], (*options, f"--yes-to={key}"))

    async def held(self, pressed: AdminPress) -> None:
        """The run that asked is not wanted."""
        await edit(pressed.on, escape(pressed.texts("loss-kept")))

    async def cancel(self, pressed: AdminPress) -> None:
        """Breaks off the run at hand, on the wish of an admin. What waits comes next."""
        if self._process is None or self._work is None or self._work.done():
            await send(pressed.on, [escape(pressed.texts("reindex-nothing"))])
        else:
            self._process.stop()

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
        seen = RunProgress()
        self._process = self._new_process(options)
        if self._stopped:
            self._process.stop()
        for board in boards:
            await board.show(board.texts("reindex-started"), markup(cancel_button(board.texts)))
            self._note(board, options)
        self._work = asyncio.create_task(asyncio.to_thread(self._reindex, self._process, seen))
        while not self._work.done():
            await asyncio.wait(
                [self._work], timeout=max((board.interval_s for board in boards), default=None)
            )
            for board in boards if not self._work.done() else ():
                await board.show(seen.text(board.texts), markup(cancel_button(board.texts)))
        for board in boards:
            await self._report(board, self._work, options)

    def _note(self, board: Board, options: Sequence[str]) -> None:
        """If the process comes to a sudden end, the next one sees to what this board shows."""
        if board.begun is None and board.place:
            chat_id, message_id = board.place
            board.begun = Begun(
                chat_id=chat_id, message_id=message_id, language=board.texts.language, options=tuple(options)
            )
            self._unfinished.note(board.begun)

    async def _report(self, board: Board, work: "asyncio.Task[Report]", options: Sequence[str]) -> None:
        later = self._stopped and is_taken_up(options) and isinstance(work.exception(), BrokenOff)
        try:
            if later:
                await board.finish(board.texts("reindex-later"))
            else:
                said, keyboard = self._outcome(work, board.texts, options)
                await board.finish(said, markup(keyboard))
        except TelegramError as error:
            _log.error("The report of a reindexing could not be shown: %s", error)
        if board.begun and later:
            self._unfinished.note(replace(board.begun, tries=0))  # it was not what ended the process
        elif board.begun:
            self._unfinished.done(board.begun)

    def _reindex(self, process: ReindexProcess, seen: RunProgress) -> Report:
        report = process.run(seen)
        if report is None:
            raise BrokenOff
        self._serving.refresh()
        return report

    def _outcome(
        self, work: "asyncio.Task[Report]", texts: Texts, options: Sequence[str]
    ) -> tuple[str, Keyboard]:
        """What there is to say at the end, and the buttons below it."""
        again = () if "--full" in options else full_button(texts)
        try:
            report = work.result()
            if report.held:
                return loss_text(report.held, texts), _yes_or_no(options, report.held.key, texts)
            return report_text(report, texts), again
        except BrokenOff:
            return texts("reindex-stopped" if self._stopped else "reindex-cancelled"), ()
        except IndexLocked:
            return texts("reindex-elsewhere"), ()
        except TrichdanError as error:
            return texts("reindex-failed", reason=str(error)), again
        except Exception:
            _log.exception("Reindexing failed")
            return texts("reindex-failed", reason=texts("failed")), ()


def is_taken_up(options: Sequence[str]) -> bool:
    """Whether a run with these options is for the next process to do where this one cannot end it."""
    return "--uploads" in options


async def _say_running(to: Message, texts: Texts) -> None:
    await send(to, [escape(texts("reindex-running"))])


def _yes_or_no(options: Sequence[str], key: str, texts: Texts) -> Keyboard:
    kinds = [option.removeprefix("--") for option in (*_ANEW, *UPLOADS) if option in options]
    return loss_buttons("-".join([*kinds, key]), texts)
