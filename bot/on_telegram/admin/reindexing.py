"""A reindex asked for in a chat: it runs in a process of its own while a message shows where it stands."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from telegram import Message
from telegram.error import TelegramError

from bot.on_telegram.admin.progress_message import Board
from bot.on_telegram.admin.reindex_outcome import ALL, ANEW, UPLOADS, BrokenOff, outcome
from bot.on_telegram.admin.reindex_texts import RunProgress, cancel_button, named_in_short
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import edit, send
from bot.on_telegram.requests import AdminPress, Request
from bot.processes.reindexing import ReindexProcess
from bot.processes.unfinished import Begun, Change, Unfinished
from bot.state.admin_log import Action, Admin, AdminLog
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.errors import IndexLocked, IndexUnusable, TrichdanError
from retrieval.indexing.run import Report
from retrieval.serving import Serving

_PATIENCE_AT_THE_END_S = 5.0

_log = logging.getLogger(__name__)


AskAgain = Callable[[Message, str, Texts], Awaitable[None]]
_ACTIONS: dict[Change, Action] = {
    "": Action.REINDEXED,
    "add": Action.ADDED,
    "remove": Action.REMOVED,
    "return": Action.RETURNED,
}


class ChatReindex:
    """Runs one reindex at a time."""

    def __init__(
        self,
        *,
        serving: Serving,
        process: Callable[[Sequence[str]], ReindexProcess],
        unfinished: Unfinished,
        log: AdminLog,
        ask_again: AskAgain,
        take: Callable[[str], object],
    ) -> None:
        """`process` makes the process of a run with these options; `ask_again` shows below a message what a question
        is answered now; `take` makes the index of this id the one that serves."""
        self._log = log
        self._ask_again = ask_again
        self._take = take
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
        await self._one_by_one([Board(request.message, request.texts, request.by)], ALL)

    async def take_in(self, on: Message, texts: Texts, begun: Begun) -> None:
        """Takes in what was sent or taken out in chat and touches nothing else; shown in the place of `on`, a message
        of ours. It is noted as `begun`, and done with at the end.

        A run that is at work may have passed the change by: another one follows it.
        """
        board = Board(on, texts, Admin(begun.by_id, begun.by_name), on, begun)
        if self._running:
            self._waiting.append(board)
            await board.show(texts("reindex-next"))
            return
        self._begin([board], begun.options)

    def take_in_silently(self) -> None:
        """The same for what nobody waits for."""
        if not self._running:  # else what comes next takes it in
            self._begin([], UPLOADS)

    async def anew(self, pressed: AdminPress) -> None:
        """Reads every article again."""
        if self._running:
            await _say_running(pressed.on, pressed.texts)
            return
        self._begin([Board(pressed.on, pressed.texts, pressed.by)], ANEW)

    async def allowed(self, pressed: AdminPress) -> None:
        """The run that asked, once more: it may take out now what was shown, and asks anew where that is something else
        by now."""
        on, texts = pressed.on, pressed.texts
        if self._running:
            await _say_running(on, texts)
            return
        *kinds, key = pressed.press.argument.split("-")
        options = (f"--{kind}" for kind in kinds if kind in ("full", "uploads"))
        self._begin([Board(on, texts, pressed.by, on)], (*options, f"--yes-to={key}"))

    async def held(self, pressed: AdminPress) -> None:
        """The run that asked is not wanted."""
        await edit(pressed.on, escape(pressed.texts("loss-kept")))

    async def taken(self, pressed: AdminPress) -> None:
        """The index that is not trusted serves all the same."""
        texts = pressed.texts
        try:
            await asyncio.to_thread(self._take, pressed.press.argument)
        except IndexLocked:
            said = texts("reindex-elsewhere")
        except IndexUnusable as error:
            _log.warning("An index could not be taken into service: %s", error)
            said = texts("doubt-gone")
        else:
            said = texts("doubt-taken")
            await self._log.note(Action.REINDEXED, "", pressed.by)
        await edit(pressed.on, escape(said))

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
                everywhere = any(board.begun and not board.begun.options for board in boards)
                await self._run(boards, ALL if everywhere else UPLOADS)
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
                chat_id=chat_id,
                message_id=message_id,
                language=board.texts.language,
                options=tuple(options),
                by_id=board.by.user_id,
                by_name=board.by.name,
            )
            self._unfinished.note(board.begun)

    async def _report(self, board: Board, work: "asyncio.Task[Report]", options: Sequence[str]) -> None:
        begun = board.begun
        later = (
            self._stopped
            and begun is not None
            and begun.is_taken_up
            and isinstance(work.exception(), BrokenOff)
        )
        try:
            if later:
                await board.finish(board.texts("reindex-later"))
            else:
                said, keyboard = outcome(work, board, options, stopped=self._stopped)
                await board.finish(said, markup(keyboard))
        except TelegramError as error:
            _log.error("The report of a reindexing could not be shown: %s", error)
        if begun and later:
            self._unfinished.note(replace(begun, tries=0))  # it was not what ended the process
        elif begun:
            self._unfinished.done(begun)
        if not work.exception() and not (work.result().held or work.result().doubt):
            await self._is_done(board)

    async def _is_done(self, board: Board) -> None:
        """It is noted for the other admins, and the question of a gap is asked again."""
        begun = board.begun
        subject = named_in_short(begun.subjects, begun.more) if begun else ""
        await self._log.note(_ACTIONS[begun.change if begun else ""], subject, board.by)
        if begun and begun.asks:
            try:
                await self._ask_again(board.message, begun.asks, board.texts)
            except (TelegramError, TrichdanError) as error:
                _log.error("The question of a gap could not be asked again: %s", error)

    def _reindex(self, process: ReindexProcess, seen: RunProgress) -> Report:
        report = process.run(seen)
        if report is None:
            raise BrokenOff
        self._serving.refresh()
        return report


async def _say_running(to: Message, texts: Texts) -> None:
    await send(to, [escape(texts("reindex-running"))])
