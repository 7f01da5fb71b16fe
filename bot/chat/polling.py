"""Long polling: updates are fetched until the process is told to stop, through every outage.

The library's own updater sleeps through a stop signal while Telegram cannot be reached, says nothing when it
cannot be reached at the start, and needs a server that knows webhooks; hence this one.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

from telegram import Update
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot.chat.transport import reason, seconds_of

_POLL_S = 10
_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 15.0

_log = logging.getLogger(__name__)
App = Application[Any, Any, Any, Any, Any, Any]
Result = TypeVar("Result")
Take = Callable[[Sequence[Update]], Awaitable[Sequence[Update]]]


class Poller:
    """Fetches updates; those that `take` gives back go into the application's queue."""

    def __init__(self, application: App, kinds: Sequence[str], stop: asyncio.Event, take: Take) -> None:
        self._application = application
        self._take = take
        self._kinds = list(kinds)
        self._stop = stop
        self._offset: int | None = None
        self._trouble = ""

    async def connect(self) -> bool:
        """Waits until Telegram knows the bot; False when told to stop before.

        Raises:
            InvalidToken: Telegram refuses the token.
        """
        return await self._persist(self._introduce) is True

    async def run(self) -> None:
        """Returns when told to stop, with what was fetched confirmed, so that it is not answered again.

        Raises:
            InvalidToken: the token was revoked.
        """
        while not self._stop.is_set():
            fetched = await self._persist(lambda: self._fetch(_POLL_S)) or ()
            for update in await self._take(fetched) if fetched else ():
                await self._application.update_queue.put(update)
            if fetched:
                self._offset = fetched[-1].update_id + 1
        try:
            await self._fetch(0)
        except TelegramError as error:
            _log.warning("The last updates could not be confirmed and may come again: %s", reason(error))

    async def _introduce(self) -> bool:
        await self._application.initialize()
        try:
            await self._application.bot.delete_webhook()
        except (InvalidToken, BadRequest) as error:
            _log.info("The server knows no webhooks: %s", error)  # 404, for which the library has one name
        _log.info("Telegram knows this bot as @%s.", self._application.bot.username)
        return True

    async def _fetch(self, timeout_s: int) -> tuple[Update, ...]:
        bot = self._application.bot
        found: tuple[Update, ...] = await bot.get_updates(
            offset=self._offset, timeout=timeout_s, allowed_updates=self._kinds
        )
        return found

    async def _persist(self, action: Callable[[], Coroutine[Any, Any, Result]]) -> Result | None:
        """The result of `action`, tried until it succeeds; None when told to stop before."""
        pause = _FIRST_PAUSE_S
        while not self._stop.is_set():
            try:
                result = await self._unless_stopped(action())
            except InvalidToken:
                raise
            except TelegramError as error:
                self._report(reason(error))
                wait = seconds_of(error) if isinstance(error, RetryAfter) else pause
                await self._unless_stopped(asyncio.sleep(wait))
                pause = min(pause * 1.5, _LONGEST_PAUSE_S)
            else:
                self._report("")
                return result
        return None

    async def _unless_stopped(self, action: Coroutine[Any, Any, Result]) -> Result | None:
        work = asyncio.create_task(action)
        stopped = asyncio.create_task(self._stop.wait())
        await asyncio.wait((work, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if work.done():
            return work.result()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)  # an abandoned call: what became of it is moot
        return None

    def _report(self, trouble: str) -> None:
        """One line when an outage begins, changes or ends, however long it lasts."""
        if trouble and trouble != self._trouble:
            _log.warning("Telegram cannot be used (%s); trying again until it can.", trouble)
        elif self._trouble and not trouble:
            _log.info("Telegram can be used again.")
        self._trouble = trouble


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set. A second SIGINT interrupts at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def interrupted() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)

    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C interrupts as it always does
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        loop.add_signal_handler(signal.SIGINT, interrupted)
    return stop
