"""A word to whoever waits long for an answer, taken back when it comes."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from telegram import Message
from telegram.error import TelegramError

from bot.on_telegram.outgoing.hand_over import take_in_hand
from bot.on_telegram.outgoing.messages import send
from bot.telegram_html.markup import escape

_PATIENCE_S = 15.0
"""Longer than loading the model takes, which answers soon after."""

_log = logging.getLogger(__name__)
Send = Callable[[Message, Sequence[str]], Awaitable[list[Message]]]


@contextlib.asynccontextmanager
async def notice_when_long(
    to: Message, words: Callable[[], Awaitable[str]], *, patience_s: float = _PATIENCE_S, send: Send = send
) -> AsyncIterator[None]:
    """Says `words` in answer to `to` when what is done inside takes longer, and deletes them at its end."""
    notice = asyncio.create_task(_notice(to, words, patience_s, send))
    try:
        yield
    finally:
        notice.cancel()
        sent = (await asyncio.gather(notice, return_exceptions=True))[0]
        if isinstance(sent, Message):
            with contextlib.suppress(TelegramError):
                await sent.delete()


async def _notice(
    to: Message, words: Callable[[], Awaitable[str]], patience_s: float, send: Send
) -> Message | None:
    await asyncio.sleep(patience_s)
    take_in_hand(None)  # the reply is still to come
    try:
        return (await send(to, [escape(await words())]))[0]
    except TelegramError as error:
        _log.info("It could not be said that an answer takes long: %s", error)
        return None
