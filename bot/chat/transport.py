"""How calls reach Telegram: what was certainly not done is repeated, and the budgets of chats are kept."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import httpx
from telegram.error import RetryAfter, TelegramError
from telegram.ext import AIORateLimiter
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.chat.hand_over import after_refusal, at_hand, before_request, is_new_message

_PAUSES_S = (0.5, 1.5, 4.0)
"""Before each repetition of a call that did not get through."""
_LONG_PAUSE_S = 10.0
_LONG_PAUSES = 360
"""A message, unlike other calls, is tried for an hour: whoever asked waits for it."""
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_GATEWAY_REFUSED = (502, 503)
_FLOOD_TRIES = 10
_LONGEST_WAIT_S = 3600.0
_LONGEST_WAIT_TO_EDIT_S = 90.0
_LONGEST_REASON = 300
_BRIEF_ENDPOINTS = ("sendChatAction",)
_NOT_SET = BaseRequest.DEFAULT_NONE

_log = logging.getLogger(__name__)
_Timeout = Any  # the library's own type is private, and so is that of its arguments
_Arguments = Any
Result = bool | dict[str, Any] | list[dict[str, Any]]


class PatientRequest(HTTPXRequest):
    """Repeats a call that the server certainly did not carry out.

    A connection that breaks later may have carried it out: repeating it could send a reply twice. The reply at hand
    (`hand_over`) is told right before a message goes out, and when it certainly did not.
    """

    def __init__(
        self, connections: int = 1, *, read_timeout: float | None = 5.0, pool_timeout: float = 1.0
    ) -> None:
        """Timeouts in seconds."""
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
        patient = is_new_message(url)
        for pause in (*_PAUSES_S, *[_LONG_PAUSE_S] * (_LONG_PAUSES if patient else 0)):
            try:
                code, payload = await super().do_request(url, method, request_data, *timeouts)
            except TelegramError as error:
                if not isinstance(error.__cause__, _NEVER_SENT):
                    raise
            else:
                if code not in _GATEWAY_REFUSED:
                    return code, payload
            await after_refusal()
            await asyncio.sleep(pause)
        return await super().do_request(url, method, request_data, *timeouts)


class Pace(AIORateLimiter):
    """Telegram's budgets for all messages and for each group, and a wait where it asks for one.

    A call that must wait holds up no other chat, as the library's own repetition would.
    """

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: _Arguments,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """One call, in its turn; RetryAfter when Telegram keeps refusing it, or for a long time."""
        if endpoint in _BRIEF_ENDPOINTS:
            return await callback(*args, **kwargs)  # shown in time or not at all, and no message
        call = partial(super().process_request, callback, args, kwargs, endpoint, data, rate_limit_args)
        is_message = is_new_message(f"/{endpoint}")
        for tries_left in reversed(range(_FLOOD_TRIES)):
            try:
                result = await call()
            except RetryAfter as error:
                wait = seconds_of(error)
                if not tries_left or wait > (_LONGEST_WAIT_S if is_message else _LONGEST_WAIT_TO_EDIT_S):
                    raise
                _log.info("Telegram asks to wait %g s with %s.", wait, endpoint)
            else:
                if is_message and (reply := at_hand()):
                    reply.delivered()
                return result
            await after_refusal()
            await asyncio.sleep(wait + 0.1)
        raise AssertionError("the last try returns or raises")


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def reason(error: Exception) -> str:
    """What an error says, in one line of bearable length: a gateway's may hold a whole web page."""
    said = " ".join(str(error).split())
    return said if len(said) <= _LONGEST_REASON else said[:_LONGEST_REASON] + "…"
