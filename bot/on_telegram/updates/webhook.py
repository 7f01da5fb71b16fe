"""Updates that Telegram sends by itself, to an address of the HTTP side.

An update is on the disk before Telegram hears that it arrived: what is not confirmed comes again, to this process or
the next one. Telegram sends one at a time, so that the messages of a chat keep their order.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Sequence

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.on_telegram.updates.fetching import whole_number
from bot.on_telegram.updates.json_fields import Json
from bot.on_telegram.updates.persisting import Persisting
from bot.on_telegram.updates.protocol import App, Take
from bot.on_telegram.updates.reading import KINDS, number_of

PATH = "/telegram"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST = 4 * 1024 * 1024
"""Bytes; Telegram's updates have some thousands."""
_AT_A_TIME = 1

_log = logging.getLogger(__name__)


class Webhook:
    """A source of updates (`Updates`) that are sent here; `route` is to be served at the address `url`."""

    def __init__(self, application: App, stop: asyncio.Event, take: Take, *, url: str, secret: str) -> None:
        """`secret` is what Telegram shows with each update."""
        self._application = application
        self._take = take
        self._stop = stop
        self._persisting = Persisting(stop)
        self._url = url
        self._secret = secret
        self._open = False
        self._one = asyncio.Lock()

    @property
    def route(self) -> Route:
        return Route(PATH, self._receive, methods=["POST"])

    async def connect(self) -> bool:
        return await self._persisting.until_done(self._introduce) is True

    async def run(self) -> None:
        async with self._one:
            await self._hand_on([])
            self._open = True
        await self._stop.wait()
        self._open = False
        async with self._one:  # what is at hand is taken down
            pass

    async def _introduce(self) -> bool:
        await self._application.initialize()
        bot = self._application.bot
        await bot.set_webhook(
            self._url, secret_token=self._secret, allowed_updates=list(KINDS), max_connections=_AT_A_TIME
        )
        _log.info("Telegram knows this bot as @%s, and sends updates to %s.", bot.username, self._url)
        return True

    async def _receive(self, request: Request) -> Response:
        """503 where it is not yet, or no longer, taken: Telegram sends it again."""
        if not hmac.compare_digest(request.headers.get(_HEADER, "").encode(), self._secret.encode()):
            return PlainTextResponse("This address is for Telegram.\n", status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        async with self._one:
            if not self._open:
                return Response(status_code=503)
            await self._took(body)
        return Response()

    async def _took(self, body: bytes) -> None:
        """What is no update is confirmed all the same, or it would come for ever."""
        try:
            update = json.loads(body, parse_int=whole_number)
        except (ValueError, RecursionError):
            update = None
        if number_of(update) is None:
            _log.warning("Something was sent as an update that has no number.")
        else:
            await self._hand_on([update])

    async def _hand_on(self, bodies: Sequence[Json]) -> None:
        for update in await self._take(bodies, self._application.bot):
            await self._application.update_queue.put(update)


async def _body(request: Request) -> bytes | None:
    """None where it is too large."""
    parts, length = [], 0
    async for part in request.stream():
        length += len(part)
        if length > _LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)
