"""Whose token it is: asked of Telegram once, before the bot runs."""

import asyncio
from typing import NamedTuple

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.on_telegram.updates.token import REFUSED
from config.settings import Settings


class Unreachable(Exception):
    """Telegram refuses the token or does not answer; one sentence on what to do."""


class Identity(NamedTuple):
    """The bot of a token: its name without `@`, and whether it may be asked inline."""

    name: str
    inline: bool


def bot_of(settings: Settings, token: str) -> Identity:
    """Raises Unreachable."""
    return asyncio.run(_asked(settings, token))


async def _asked(settings: Settings, token: str) -> Identity:
    try:
        async with Bot(token, settings.telegram_api_url, settings.file_url) as bot:
            return Identity(bot.username, bool(bot.supports_inline_queries))
    except InvalidToken:
        raise Unreachable(REFUSED) from None  # the library's message holds the token
    except TelegramError as error:
        raise Unreachable(
            f"{settings.telegram_api_url} does not answer as Telegram does ({type(error).__name__}): "
            "check the network and TRICHDAN_TELEGRAM_API_URL."
        ) from None
