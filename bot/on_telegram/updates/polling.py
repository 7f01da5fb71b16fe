"""Long polling: updates are fetched until the process is told to stop, through every outage.

The library's own updater sleeps through a stop signal while Telegram cannot be reached, says nothing when it
cannot be reached at the start, and needs a server that knows webhooks; hence this one.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Sequence

from telegram.error import BadRequest, InvalidToken

from bot.on_telegram.updates.fetching import Fetching
from bot.on_telegram.updates.json_fields import Json
from bot.on_telegram.updates.persisting import Persisting
from bot.on_telegram.updates.protocol import App, Take
from bot.on_telegram.updates.reading import KINDS, kind_of, number_of

_POLL_S = 10
_PAUSE_S = 1.0
_FAR = 1_000_000
"""Numbers of one batch lie closer together; where they do not, one of them is no number of Telegram's."""

_log = logging.getLogger(__name__)


class Poller:
    """A source of updates (`Updates`) that asks for them."""

    def __init__(self, application: App, stop: asyncio.Event, take: Take) -> None:
        self._application = application
        self._take = take
        self._updates = Fetching(application.bot, KINDS)
        self._stop = stop
        self._offset: int | None = None
        self._far = False
        self._persisting = Persisting(stop)

    async def connect(self) -> bool:
        return await self._persisting.until_done(self._introduce) is True

    async def run(self) -> None:
        await self._hand_on([])
        while not self._stop.is_set():
            fetched = (
                await self._persisting.until_done(lambda: self._updates.fetch(self._offset, _POLL_S)) or ()
            )
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
        self._persisting.report(f"updates without a number came: {', '.join(sorted(kinds))}")
        await self._persisting.unless_stopped(asyncio.sleep(_PAUSE_S))

    async def _introduce(self) -> bool:
        await self._application.initialize()
        try:
            await self._application.bot.delete_webhook()
        except (InvalidToken, BadRequest) as error:
            _log.info("The server knows no webhooks: %s", error)  # 404, for which the library has one name
        _log.info("Telegram knows this bot as @%s.", self._application.bot.username)
        return True


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
