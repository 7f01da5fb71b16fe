"""The Telegram bot process: long polling, handlers, menus, and a watch on new generations."""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from telegram import BotCommand, BotCommandScopeChat, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.__main__ import DONE, ERROR
from bot.bootstrap import Services, build
from bot.handlers import NEAREST, Handlers
from bot.logs import log_to_stderr
from bot.progress import progress_bars
from bot.texts import LANGUAGES, load_texts
from config.settings import Settings, SettingsError
from retrieval.errors import IndexUnusable

_WATCH_INTERVAL_S = 2.0
_CONCURRENT_UPDATES = 64
_MENU = ("start", "help", "ask")
_ADMIN_MENU = (*_MENU, "reindex")
_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)

_log = logging.getLogger(__name__)
App = Application[Any, Any, Any, Any, Any, Any]


def run_bot(settings: Settings) -> int:
    """Serves until SIGTERM or SIGINT, then finishes what it has begun. Returns an exit code."""
    if settings.telegram_token is None:
        raise SettingsError(
            "TRICHDAN_TELEGRAM_TOKEN is not set: put the token that BotFather gave you into .env."
        )
    log_to_stderr(settings.log_level, settings.telegram_token.get_secret_value())
    services = build(settings, progress_bars())
    with ThreadPoolExecutor(os.cpu_count() or 2, thread_name_prefix="answer") as pool:
        application = _application(services, pool)
        try:
            application.run_polling(allowed_updates=list(_UPDATES), bootstrap_retries=-1)
        except InvalidToken:
            print(
                "Telegram refuses the token: copy it again from BotFather into TRICHDAN_TELEGRAM_TOKEN.",
                file=sys.stderr,
            )
            return ERROR
    return DONE


def _application(services: Services, pool: ThreadPoolExecutor) -> App:
    settings = services.settings
    assert settings.telegram_token is not None
    builder = (
        Application.builder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(settings.telegram_api_url)
        .base_file_url(settings.file_url)
        .concurrent_updates(_CONCURRENT_UPDATES)
        .connection_pool_size(_CONCURRENT_UPDATES * 2)
        .pool_timeout(30)
        .get_updates_connection_pool_size(8)
        .rate_limiter(AIORateLimiter(max_retries=3))
    )
    life = _Life(services, pool)
    application = builder.post_init(life.begin).post_stop(life.end).build()
    _register(application, Handlers(services, pool))
    return application


def _register(application: App, handlers: Handlers) -> None:
    new = filters.UpdateType.MESSAGE  # not edits, not channel posts
    private = new & filters.ChatType.PRIVATE
    to_bot = new & filters.ChatType.GROUPS & _RepliesToBot()
    for name in ("start", "help", "ask", "reindex"):
        application.add_handler(CommandHandler(name, getattr(handlers, name), filters=new))
    application.add_handler(MessageHandler(filters.COMMAND & private, handlers.help))
    application.add_handler(
        MessageHandler(filters.TEXT & ~filters.COMMAND & (private | to_bot), handlers.question)
    )
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, handlers.unsupported))
    application.add_handler(CallbackQueryHandler(handlers.nearest, pattern=f"^{NEAREST}$"))
    application.add_error_handler(handlers.failed)


class _RepliesToBot(filters.MessageFilter):
    """Replies to a message of this bot."""

    def filter(self, message: Any) -> bool:
        replied = message.reply_to_message
        return bool(replied and replied.from_user and replied.from_user.id == message.get_bot().id)


class _Life:
    """What runs beside the handlers: the model's warm-up, the menus, the watch on new generations."""

    def __init__(self, services: Services, pool: ThreadPoolExecutor) -> None:
        self._services = services
        self._pool = pool
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self, application: App) -> None:
        self._tasks = [
            asyncio.create_task(self._set_menus(application)),
            asyncio.create_task(self._watch()),
        ]

    async def end(self, application: App) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _watch(self) -> None:
        """Loads model and index, then looks for a generation that another process made."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, self._warm_up)
        while True:
            await asyncio.sleep(_WATCH_INTERVAL_S)
            if await loop.run_in_executor(self._pool, self._services.serving.refresh):
                _log.info("A new index is in service.")

    def _warm_up(self) -> None:
        try:
            self._services.serving.retriever()
        except IndexUnusable as error:
            _log.warning("Not ready to answer: %s", error)
        self._services.embedder.embed_queries(["trichdan"])
        _log.info("Ready.")

    async def _set_menus(self, application: App) -> None:
        """Command menus and descriptions; a server that refuses them is no reason not to answer."""
        with _told("The command menu was not set"):
            await application.bot.set_my_commands(_commands("en", _MENU))
            for language in LANGUAGES:
                await application.bot.set_my_commands(_commands(language, _MENU), language_code=language)
        for admin in sorted(self._services.settings.admin_ids):
            with _told(f"The admin menu waits until admin {admin} opens the bot"):
                for code in (None, *LANGUAGES):
                    await application.bot.set_my_commands(
                        _commands(code or "en", _ADMIN_MENU),
                        scope=BotCommandScopeChat(admin),
                        language_code=code,
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
