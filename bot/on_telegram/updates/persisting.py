"""Calls that are tried until they succeed, or the process is told to stop."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from telegram.error import InvalidToken, RetryAfter

from bot.logs import reason
from bot.on_telegram.outgoing.flood_limits import seconds_of
from bot.on_telegram.updates.fetching import is_garbled

_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 15.0

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Persisting:
    """Through every outage; of each the log has one line."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop
        self._trouble = ""

    async def until_done(self, action: Callable[[], Coroutine[Any, Any, Result]]) -> Result | None:
        """The result of `action`; None when told to stop before.

        Raises:
            InvalidToken: Telegram refuses the token.
        """
        pause = _FIRST_PAUSE_S
        while not self._stop.is_set():
            try:
                result = await self.unless_stopped(action())
            except Exception as error:  # also what the library makes of an answer that is none of Telegram's
                if isinstance(error, InvalidToken) and not is_garbled(error):
                    raise
                self.report(reason(error))
                wait = seconds_of(error) if isinstance(error, RetryAfter) else pause
                await self.unless_stopped(asyncio.sleep(wait))
                pause = min(pause * 1.5, _LONGEST_PAUSE_S)
            else:
                self.report("")
                return result
        return None

    async def unless_stopped(self, action: Coroutine[Any, Any, Result]) -> Result | None:
        """The result of `action`, which is abandoned when the process is told to stop: then None."""
        work = asyncio.create_task(action)
        stopped = asyncio.create_task(self._stop.wait())
        await asyncio.wait((work, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if work.done():
            return work.result()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)  # an abandoned call: what became of it is moot
        return None

    def report(self, trouble: str) -> None:
        """One line when an outage begins, changes or ends, however long it lasts."""
        if trouble and trouble != self._trouble:
            _log.warning("Telegram cannot be used (%s); trying again until it can.", trouble)
        elif self._trouble and not trouble:
            _log.info("Telegram can be used again.")
        self._trouble = trouble
