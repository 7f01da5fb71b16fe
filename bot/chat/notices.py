"""Admins hear of errors: at once of the first, of those that follow some minutes later, all in one message."""

import asyncio
import logging
from collections.abc import Set as AbstractSet

from telegram import Bot
from telegram.error import TelegramError

from bot.admin.notices import Errors, notice_text
from bot.chat.delivery import send_to
from bot.chat.hand_over import take_in_hand
from bot.chat.languages import Languages
from bot.texts import load_texts

_TOGETHER_S = 1.0
"""An error seldom comes alone."""
_QUIET_S = 600.0

_log = logging.getLogger(__name__)


async def tell_admins_of_errors(bot: Bot, admins: AbstractSet[int], languages: Languages) -> None:
    """Runs until it is cancelled."""
    take_in_hand(None)
    loop, something = asyncio.get_running_loop(), asyncio.Event()
    errors = Errors(lambda: loop.call_soon_threadsafe(something.set))
    logging.getLogger().addHandler(errors)
    try:
        while True:
            await something.wait()
            await asyncio.sleep(_TOGETHER_S)
            something.clear()
            kinds = errors.take()
            for admin in sorted(admins) if kinds else ():
                texts = load_texts(await languages.of_id(admin))
                await send_quietly(bot, admin, notice_text(kinds, texts))
            await asyncio.sleep(_QUIET_S)
    finally:
        logging.getLogger().removeHandler(errors)


async def send_quietly(bot: Bot, chat_id: int, html: str) -> None:
    """What cannot be sent, such as to an admin who has not opened the bot yet, is no error."""
    try:
        await send_to(bot, chat_id, html)
    except TelegramError as error:
        _log.info("An admin could not be told something: %s", error)
