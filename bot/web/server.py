"""The HTTP server, in the event loop of the bot: it answers while the bot runs and lets what is at hand end."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.settings import SettingsError

_GRACE_S = 5
"""So long requests that are at hand may take when the process ends."""
_KEPT_ALIVE_S = 75
"""An idle connection stays open: Telegram and whoever scrapes figures come again."""
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


class HttpServer:
    """Serves `routes` at one address from `begin` to `end`."""

    def __init__(self, address: str, routes: Sequence[BaseRoute]) -> None:
        """`address` is host:port; an IPv6 host stands in brackets."""
        self._address = address
        app = Starlette(
            routes=list(routes), exception_handlers={404: _nothing}, middleware=[Middleware(_Headers)]
        )
        self._server = _Quiet(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="off",
                timeout_keep_alive=_KEPT_ALIVE_S,
                timeout_graceful_shutdown=_GRACE_S,
            )
        )
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Listens when it returns.

        Raises:
            SettingsError: nothing can listen at the address.
        """
        listening = _listening(self._address)
        self._task = asyncio.create_task(self._server.serve(sockets=[listening]))
        while not self._server.started and not self._task.done():
            await asyncio.sleep(0.01)

    async def end(self) -> None:
        """Takes no more requests and waits for those at hand."""
        if self._task:
            self._server.should_exit = True
            await self._task


class _Quiet(uvicorn.Server):
    """Signals are for the bot, which ends this server in its turn."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Headers:
    """Says of every response what a browser may do with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sent)


def _nothing(*_: object) -> PlainTextResponse:
    return PlainTextResponse("There is nothing here.\n", status_code=404)


def _listening(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, int(port)))
    except (OSError, OverflowError) as error:
        listening.close()
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise SettingsError(
            f"TRICHDAN_LISTEN: nothing can listen at {address} ({why}): "
            "name a host of this machine and a port that is free."
        ) from None
    return listening
