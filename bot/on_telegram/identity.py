"""Whose token it is: asked of Telegram once, before the bot runs."""

import asyncio
from typing import NamedTuple

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.on_telegram.token import REFUSED


class TelegramUnreachable(Exception):
    """Telegram refuses the token or does not answer; one sentence on what to do."""


class Identity(NamedTuple):
    """The bot of a token: its name without `@`, and whether it may be asked inline."""

    name: str
    inline: bool


def bot_of(token: str, *, api_url: str, file_url: str) -> Identity:
    """Raises TelegramUnreachable."""
    return asyncio.run(_asked(token, api_url, file_url))


async def _asked(token: str, api_url: str, file_url: str) -> Identity:
    try:
        async with Bot(token, api_url, file_url) as bot:
            return Identity(bot.username, bool(bot.supports_inline_queries))
    except InvalidToken:
        raise TelegramUnreachable(REFUSED) from None  # the library's message holds the token
    except TelegramError as error:
        raise TelegramUnreachable(
            f"{api_url} does not answer as Telegram does ({type(error).__name__}): "
            "check the network and TRICHDAN_TELEGRAM_API_URL."
        ) from None
