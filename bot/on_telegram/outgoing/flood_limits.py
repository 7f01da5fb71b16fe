"""Telegram's limits on how many messages a bot may send: kept, and waited for where Telegram asks to wait."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.constants import FloodLimit
from telegram.error import NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.on_telegram.outgoing.hand_over import after_refusal, at_hand, is_new_message
from bot.on_telegram.outgoing.rotation import Rotation
from bot.on_telegram.updates.authors import acting_for
from bot.on_telegram.updates.json_fields import number
from bot.on_telegram.updates.update_fields import message

_TRIES = 10
_LONGEST_WAIT_S = 3600.0
_LONGEST_WAIT_TO_EDIT_S = 90.0
_BRIEF_ENDPOINTS = ("sendChatAction",)
_UNREADABLE = "an answer that is none of Telegram's"

_log = logging.getLogger(__name__)
_Arguments = Any  # the library's own type is private
Result = bool | dict[str, Any] | list[dict[str, Any]]


class MessageBudgets(BaseRateLimiter[int]):
    """Telegram's budgets, and a wait where it asks for one: neither holds up anybody else's messages."""

    def __init__(self, per_second: float = FloodLimit.MESSAGES_PER_SECOND) -> None:
        self._rotation = Rotation(per_second, FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP)

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""

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
        chat = number(data.get("chat_id"))
        if endpoint in _BRIEF_ENDPOINTS:
            return await callback(*args, **kwargs)  # shown in time or not at all, and no message
        is_message = is_new_message(f"/{endpoint}")
        for tries_left in reversed(range(_TRIES)):
            if chat is not None:
                await self._rotation.turn(acting_for(), chat, is_message=is_message)
            try:
                result = await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = seconds_of(error)
                if not tries_left or wait > (_LONGEST_WAIT_S if is_message else _LONGEST_WAIT_TO_EDIT_S):
                    raise
                _log.info("Telegram asks to wait %g s with %s.", wait, endpoint)
            except (KeyError, TypeError, AttributeError) as error:  # done perhaps, and the answer is none
                raise NetworkError(_UNREADABLE) from error
            else:
                if is_message and (reply := at_hand()):
                    reply.delivered()
                return _as_sent(result) if is_message else _as_changed(result)
            await after_refusal()
            await asyncio.sleep(wait + 0.1)
        raise AssertionError("the last try returns or raises")


def _as_sent(result: Result) -> Result:
    """A message that Telegram has taken, without what it shows of the one replied to: the library may not be able to
    read that. Raises NetworkError: it may have taken it, and says so in no way that can be read."""
    if (sent := message(result, replied=False)) is None:
        raise NetworkError(_UNREADABLE)
    return sent


def _as_changed(result: Result) -> Result:
    """The same of a message that was changed; of one that cannot be read it is known that it was."""
    if isinstance(result, dict) and "message_id" in result:
        return message(result, replied=False) or True
    return result


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
