"""Long polling: updates are fetched until the process is told to stop, through every outage.

The library's own updater sleeps through a stop signal while Telegram cannot be reached, says nothing when it
cannot be reached at the start, and needs a server that knows webhooks; hence this one.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from telegram.error import BadRequest, InvalidToken, RetryAfter

from bot.logs import reason
from bot.on_telegram.outgoing.flood_limits import seconds_of
from bot.on_telegram.updates.fetching import Fetching, is_garbled
from bot.on_telegram.updates.json_fields import Json
from bot.on_telegram.updates.protocol import App, Take
from bot.on_telegram.updates.reading import KINDS, kind_of, number_of

_POLL_S = 10
_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 15.0
_FAR = 1_000_000
"""Numbers of one batch lie closer together; where they do not, one of them is no number of Telegram's."""

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Poller:
    """A source of updates (`Updates`) that asks for them."""

    def __init__(self, application: App, stop: asyncio.Event, take: Take) -> None:
        self._application = application
        self._take = take
        self._updates = Fetching(application.bot, KINDS)
        self._stop = stop
        self._offset: int | None = None
        self._far = False
        self._trouble = ""

    async def connect(self) -> bool:
        return await self._persist(self._introduce) is True

    async def run(self) -> None:
        await self._hand_on([])
        while not self._stop.is_set():
            fetched = await self._persist(lambda: self._updates.fetch(self._offset, _POLL_S)) or ()
            bodies = [each for each in fetched if isinstance(each, dict) and number_of(each)]
            await self._hand_on(bodies)
            self._acknowledge([number for each in bodies if (number := number_of(each))])
            if len(bodies) < len(fetched):
                await self._numberless(fetched)
        try:
            await self._updates.fetch(self._offset, 0)
        except Exception as error:  # whatever the server says: all that is done is done
            _log.warning("The last updates could not be confirmed and may come again: %s", error)

    async def _hand_on(self, bodies: Sequence[Json]) -> None:
        for update in await self._take(bodies, self._application.bot):
            await self._application.update_queue.put(update)

    def _acknowledge(self, numbers: Sequence[int]) -> None:
        """The next call confirms all these. One number far from the others must not confirm what is still to come: it
        is named in one call, and then none is."""
        if numbers:
            self._offset = max(numbers) + 1
            self._far = self._offset - min(numbers) > _FAR
        elif self._far:
            self._offset, self._far = None, False

    async def _numberless(self, fetched: Sequence[object]) -> None:
        """What has no number cannot be confirmed, and comes again until a number behind it is."""
        kinds = {kind_of(each) for each in fetched if number_of(each) is None}
        self._report(f"updates without a number came: {', '.join(sorted(kinds))}")
        await self._unless_stopped(asyncio.sleep(_FIRST_PAUSE_S))

    async def _introduce(self) -> bool:
        await self._application.initialize()
        try:
            await self._application.bot.delete_webhook()
        except (InvalidToken, BadRequest) as error:
            _log.info("The server knows no webhooks: %s", error)  # 404, for which the library has one name
        _log.info("Telegram knows this bot as @%s.", self._application.bot.username)
        return True

    async def _persist(self, action: Callable[[], Coroutine[Any, Any, Result]]) -> Result | None:
        """The result of `action`, tried until it succeeds; None when told to stop before."""
        pause = _FIRST_PAUSE_S
        while not self._stop.is_set():
            try:
                result = await self._unless_stopped(action())
            except Exception as error:  # also what the library makes of an answer that is none of Telegram's
                if isinstance(error, InvalidToken) and not is_garbled(error):
                    raise
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
