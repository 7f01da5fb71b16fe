"""How calls reach Telegram: what was certainly not done is repeated."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import httpx
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.logs import unheard
from bot.on_telegram.outgoing import log_wording  # noqa: F401 it tells `reason` what may be said
from bot.on_telegram.outgoing.hand_over import after_refusal, before_request, is_new_message
from bot.on_telegram.updates.json_fields import number
from bot.on_telegram.updates.slots import Slots

_PAUSES_S = (0.5, 1.5, 4.0)
"""Before each repetition of a call that did not get through."""
_LONG_PAUSE_S = 10.0
_LONG_PAUSES = 360
"""A message, unlike other calls, is tried for an hour: whoever asked waits for it."""
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_GATEWAY_REFUSED = (502, 503)
_FAILED = 500
_METHOD = re.compile(r"[A-Za-z]+")
_AGAIN = "it is tried again"
_ONCE = "it is not tried again, since it may have arrived"
_NOT_SET = BaseRequest.DEFAULT_NONE

_log = logging.getLogger(__name__)
_Timeout = Any  # the library's own type is private, and so is that of its arguments
Sleep = Callable[[float], Awaitable[None]]


class PatientRequest(HTTPXRequest):
    """Repeats what the server certainly did not carry out, and what comes to the same when it is done twice.

    Of a new message nobody knows what became of it when the connection breaks or the server fails (500, 504) after
    it was handed over: repeating it could send a reply twice. The reply at hand (`hand_over`) is told right before a
    message goes out, and when it certainly did not.
    """

    def __init__(
        self,
        connections: int = 1,
        *,
        read_timeout: float | None = 5.0,
        pool_timeout: float = 1.0,
        pauses_s: Sequence[float] = _PAUSES_S,
        sleep: Sleep = asyncio.sleep,
        on_call: Callable[[str, str], object] = unheard,
    ) -> None:
        """Timeouts in seconds; `pauses_s` are those before each repetition, and `sleep` makes them. `on_call` hears of
        each call its method and its HTTP status, or the kind of its error.

        More calls than there are connections wait here, each author's behind their own: the HTTP client's own queue
        knows no authors, and looks through all that wait at every step.
        """
        self._free = Slots(connections)
        self._pauses_s = tuple(pauses_s)
        self._sleep = sleep
        self._on_call = on_call
        super().__init__(
            connections,
            read_timeout=read_timeout,
            pool_timeout=pool_timeout,
            httpx_kwargs={"event_hooks": {"request": [before_request]}},
        )

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: _Timeout = _NOT_SET,
        write_timeout: _Timeout = _NOT_SET,
        connect_timeout: _Timeout = _NOT_SET,
        pool_timeout: _Timeout = _NOT_SET,
    ) -> tuple[int, bytes]:
        """One call; after its last repetition, whatever came of it."""
        timeouts = (read_timeout, write_timeout, connect_timeout, pool_timeout)
        is_message, named = is_new_message(url), _named(url, request_data)
        for pause in (*self._pauses_s, *[_LONG_PAUSE_S] * (_LONG_PAUSES if is_message else 0)):
            try:
                async with self._free:
                    code, payload = await self._call(url, method, request_data, *timeouts)
            except TelegramError as error:
                if not _may_be_repeated(error, is_message=is_message):
                    raise
            else:
                if code < _FAILED:
                    return code, payload
                repeated = not is_message or code in _GATEWAY_REFUSED
                if named:
                    _log.warning("%s: HTTP %d; %s.", named, code, _AGAIN if repeated else _ONCE)
                    named = ""
                if not repeated:
                    return code, payload
            await after_refusal()
            await self._sleep(pause)
        async with self._free:
            return await self._call(url, method, request_data, *timeouts)

    async def _call(
        self, url: str, method: str, request_data: RequestData | None, *timeouts: _Timeout
    ) -> tuple[int, bytes]:
        result = "cancelled"
        try:
            code, payload = await super().do_request(url, method, request_data, *timeouts)
            result = str(code)
        except TelegramError as error:
            result = type(error).__name__
            raise
        finally:
            self._on_call(_method_of(url), result)
        return code, payload


def _may_be_repeated(error: TelegramError, *, is_message: bool) -> bool:
    if isinstance(error.__cause__, _NEVER_SENT):
        return True
    return not is_message and isinstance(error, NetworkError) and not isinstance(error, TimedOut)


def _method_of(url: str) -> str:
    name = url.rsplit("/", 1)[-1]
    return name if _METHOD.fullmatch(name) else "a download"


def _named(url: str, data: RequestData | None) -> str:
    """Which call it is: its method, and the number of its chat; never what it holds."""
    chat = number(data.parameters.get("chat_id")) if data else None
    what = _method_of(url)
    return what if chat is None else f"{what} to chat {chat}"
