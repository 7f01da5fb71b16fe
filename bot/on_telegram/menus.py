"""What Telegram shows of the bot before anybody writes: its command menu and its descriptions, in every language.

Each text is read first and set only where it differs: Telegram takes few changes of a description in a day.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.on_telegram.commands import ADMIN_MENU, MENU
from bot.texts import LANGUAGES, load_texts

_CODES: Final = (*LANGUAGES, None)
"""The default comes last: a language that has no text of its own reads as the default, and would seem to have it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Menus:
    """Sets them; `without` are commands that are switched off."""

    without: AbstractSet[str] = frozenset()

    async def set_profile(self, bot: Bot, admins: AbstractSet[int]) -> None:
        """Menus and descriptions; a server that refuses or does not know them is no reason not to answer."""
        await asyncio.gather(
            self.set_menu(bot),
            *(_set_text(bot, text) for text in _TEXTS),
            *(self.set_admin_menu(bot, admin) for admin in sorted(admins)),
        )

    async def set_menu(self, bot: Bot) -> None:
        """The menu that everybody sees."""
        with _told("The command menu was not set"):
            for code in _CODES:
                await _set_commands(bot, self._offered(MENU), code)

    async def set_admin_menu(self, bot: Bot, admin: int) -> None:
        """The menu with the admins' commands, which Telegram refuses until this admin has opened the bot."""
        with _told(f"The menu of admin {admin} is set when they send /start"):
            for code in _CODES:
                await _set_commands(bot, self._offered(ADMIN_MENU), code, BotCommandScopeChat(admin))

    def _offered(self, names: Sequence[str]) -> Sequence[str]:
        return [name for name in names if name not in self.without]


async def _set_commands(
    bot: Bot, names: Sequence[str], code: str | None, scope: BotCommandScopeChat | None = None
) -> None:
    texts = load_texts(code)
    wanted = tuple(BotCommand(name, texts(f"command-{name}")) for name in names)
    if await bot.get_my_commands(scope, code) != wanted:
        await bot.set_my_commands(wanted, scope, code)


@dataclass(frozen=True)
class _Text:
    """One of the bot's descriptions: how it is read and how it is set, for a language or for all others."""

    message_id: str
    get: Callable[[Bot, str | None], Awaitable[str]]
    set: Callable[[Bot, str, str | None], Awaitable[bool]]


async def _description(bot: Bot, code: str | None) -> str:
    return (await bot.get_my_description(code)).description


async def _short_description(bot: Bot, code: str | None) -> str:
    return (await bot.get_my_short_description(code)).short_description


_TEXTS: Final = (
    _Text("description", _description, Bot.set_my_description),
    _Text("description-short", _short_description, Bot.set_my_short_description),
)


async def _set_text(bot: Bot, text: _Text) -> None:
    with _told(f"The bot's {text.message_id} was not set"):
        for code in _CODES:
            wanted = load_texts(code)(text.message_id)
            if await text.get(bot, code) != wanted:
                await text.set(bot, wanted, code)


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except TelegramError as error:
        _log.info("%s: %s", what, error)
