"""What runs beside the handlers: the model's warm-up, the command menus, the watch on new generations."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from concurrent.futures import Executor

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.bootstrap import Services
from bot.texts import LANGUAGES, load_texts
from retrieval.errors import IndexUnusable, TrichdanError

_WATCH_INTERVAL_S = 2.0
_MENU = ("start", "help", "ask")
_ADMIN_MENU = (*_MENU, "reindex")

_log = logging.getLogger(__name__)


class Background:
    """Begins when Telegram is reached and ends with the process."""

    def __init__(self, services: Services, workers: Executor) -> None:
        self._services = services
        self._workers = workers
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self, bot: Bot) -> None:
        self._tasks = [
            asyncio.create_task(set_menus(bot, self._services.settings.admin_ids)),
            asyncio.create_task(self._watch()),
        ]

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        for outcome in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                _log.error("Background work had ended early", exc_info=outcome)

    async def _watch(self) -> None:
        """Loads model and index, then looks for a generation that another process made."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._workers, self._warm_up)
        trouble = ""
        while True:
            await asyncio.sleep(_WATCH_INTERVAL_S)
            try:
                if await loop.run_in_executor(self._workers, self._services.serving.refresh):
                    _log.info("A new index is in service.")
                trouble = ""
            except (OSError, TrichdanError) as error:
                if str(error) != trouble:
                    _log.error("It cannot be seen whether there is a new index: %s", error)
                trouble = str(error)

    def _warm_up(self) -> None:
        """The first question finds model and index in memory; what stands in the way is said now."""
        try:
            self._services.embedder.embed_queries(["trichdan"])
            calibrated = self._services.serving.retriever().calibrated
            _log.info(
                "Ready."
                if calibrated
                else "Ready. No confidence was fitted for this model: refusals are a guess."
            )
        except IndexUnusable as error:
            _log.warning("Not ready to answer. %s", error)
        except TrichdanError as error:
            _log.error("Questions cannot be answered. %s", error)


async def set_menus(bot: Bot, admins: frozenset[int]) -> None:
    """Command menus in every language; a server that refuses them is no reason not to answer."""
    with _told("The command menu was not set"):
        await bot.set_my_commands(_commands("en", _MENU))
        for language in LANGUAGES:
            await bot.set_my_commands(_commands(language, _MENU), language_code=language)
    for admin in sorted(admins):
        await set_admin_menu(bot, admin)


async def set_admin_menu(bot: Bot, admin: int) -> None:
    """The menu with the admins' commands, which Telegram refuses until this admin has opened the bot."""
    with _told(f"The menu of admin {admin} is set when they send /start"):
        for code in (None, *LANGUAGES):
            await bot.set_my_commands(
                _commands(code or "en", _ADMIN_MENU), scope=BotCommandScopeChat(admin), language_code=code
            )


@contextlib.contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except TelegramError as error:
        _log.info("%s: %s", what, error)


def _commands(language: str, names: tuple[str, ...]) -> list[BotCommand]:
    texts = load_texts(language)
    return [BotCommand(name, texts(f"command-{name}")) for name in names]
