"""The Telegram bot process: long polling, handlers, and an orderly end."""

import asyncio
import logging
import os
import sys
import warnings
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import NoReturn

from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.warnings import PTBUserWarning

from bot.bootstrap import Services, build
from bot.exit_codes import DONE, ERROR
from bot.logs import log_task_errors, log_to_stderr
from bot.on_telegram.admin.admin_commands import COMMANDS
from bot.on_telegram.handlers import Handlers
from bot.on_telegram.outgoing.transport import Pace, PatientRequest
from bot.on_telegram.people.personal import LANGUAGE_BUTTON
from bot.on_telegram.updates.addressing import ByThisBot, SpokenTo
from bot.on_telegram.updates.background import Background
from bot.on_telegram.updates.fetching import UpdatesRequest
from bot.on_telegram.updates.inbox import Inbox, Processor
from bot.on_telegram.updates.polling import App, Poller, stop_on_signals
from bot.on_telegram.updates.token import REFUSED, token_of
from bot.on_telegram.updates.turns import WORKERS
from bot.on_telegram.updates.updates import KINDS
from bot.state.state import State
from config.settings import Settings, SettingsError
from retrieval.errors import TrichdanError
from retrieval.progress import Progress

_CONCURRENT_UPDATES = 4096
"""Questions that wait for their turn in a chat count too, so a chat that sends many must not fill it up."""
_CONNECTIONS = 32
_POLLING_CONNECTIONS = 8
_READ_TIMEOUT_S = 20.0
_POOL_TIMEOUT_S = 60.0
_DRAIN_S = 7.0
"""At the end so long is still answered; supervisors lose patience after ten seconds, and the rest is in the journal."""


_log = logging.getLogger(__name__)


def run_bot(settings: Settings, progress: Progress) -> int:
    """Serves until SIGTERM or SIGINT, then finishes what it has begun. Returns an exit code.

    `progress` hears of model preparation.
    """
    token = token_of(settings)
    if token is None:
        raise SettingsError(
            "TRICHDAN_TELEGRAM_TOKEN is not set: put the token that BotFather gave you into .env."
        )
    log_to_stderr(settings.log_level, token)
    warnings.filterwarnings("ignore", category=PTBUserWarning)  # hints for whoever writes a bot
    services = build(settings, progress)
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="answer") as workers:
        try:
            asyncio.run(_serve(services, workers, token))
        except InvalidToken:
            print(REFUSED, file=sys.stderr)
            return ERROR
        except (TrichdanError, OSError):
            raise  # a sentence for whoever runs the bot
        except Exception:
            _log.critical("The bot ends by an error of its own", exc_info=True)
            return ERROR
    return _end_process(DONE)


def _end_process(code: int) -> NoReturn:
    """Ends here, with everything answered and closed: taking down the interpreter under the threads of OpenVINO has
    crashed once in some dozens of times, which a supervisor would take for a failure."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


async def _serve(services: Services, workers: Executor, token: str) -> None:
    asyncio.get_running_loop().set_exception_handler(log_task_errors)
    settings = services.settings
    state = await State.open(settings.state, keep_questions_days=settings.keep_questions_days)
    try:
        await _serve_with(state, services, workers, token)
    finally:
        await state.close()


async def _serve_with(state: State, services: Services, workers: Executor, token: str) -> None:
    inbox = Inbox(state.journal)
    processor = Processor(_CONCURRENT_UPDATES, inbox)
    application = _application(services.settings, token, processor)
    handlers = Handlers(services, workers, state, application.bot)
    _register(application, handlers)
    background = Background(services, workers, state, handlers.loaded)
    stop = stop_on_signals()
    poller = Poller(application, KINDS, stop, inbox.take)
    try:
        if await poller.connect():
            background.begin(application.bot, *handlers.beside(application.bot))
            await application.start()
            await poller.run()
    finally:
        handlers.stopping()
        asyncio.get_running_loop().call_later(_DRAIN_S, processor.leave_the_rest)
        if application.running:
            await application.stop()
        await handlers.close()
        await background.end()
        await application.shutdown()


def _application(settings: Settings, token: str, processor: Processor) -> App:
    return (
        Application.builder()
        .token(token)
        .base_url(settings.telegram_api_url)
        .base_file_url(settings.file_url)
        .request(PatientRequest(_CONNECTIONS, read_timeout=_READ_TIMEOUT_S, pool_timeout=_POOL_TIMEOUT_S))
        .get_updates_request(UpdatesRequest(_POLLING_CONNECTIONS))
        .rate_limiter(Pace(settings.messages_per_second))
        .concurrent_updates(processor)
        .job_queue(None)
        .updater(None)
        .build()
    )


def _register(application: App, handlers: Handlers) -> None:
    # Not edits, not channel posts, not what a channel's posts become in its group, not our own cards.
    new = filters.UpdateType.MESSAGE & ~filters.IS_AUTOMATIC_FORWARD & ~ByThisBot()
    private = new & filters.ChatType.PRIVATE
    to_bot = new & filters.ChatType.GROUPS & SpokenTo()
    commands = {
        "start": handlers.start,
        "help": handlers.help,
        "ask": handlers.ask,
        "new": handlers.new,
        "language": handlers.language,
        "about": handlers.about,
        "forgetme": handlers.forget_me,
        **dict.fromkeys(COMMANDS, handlers.admin.command),
    }
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, handlers.door.migrated), group=-3)
    application.add_handler(TypeHandler(Update, handlers.door.admit), group=-2)
    application.add_handler(TypeHandler(Update, handlers.admission.check), group=-1)
    for name, handle in commands.items():
        application.add_handler(CommandHandler(name, handle, filters=new & ~filters.FORWARDED))
    post = (
        filters.FORWARDED & filters.CAPTION
    )  # a photo of one's own cannot be read, whatever stands under it
    written = (filters.TEXT | post) & ~filters.COMMAND
    application.add_handler(MessageHandler(filters.COMMAND & private, handlers.help))
    application.add_handler(MessageHandler(written & (private | to_bot), handlers.question))
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, handlers.unsupported))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, handlers.edited))
    application.add_handler(CallbackQueryHandler(handlers.language_pressed, pattern=f"^{LANGUAGE_BUTTON}"))
    application.add_handler(CallbackQueryHandler(handlers.admin.pressed, pattern="^a:"))
    application.add_handler(CallbackQueryHandler(handlers.pressed))
    application.add_handler(InlineQueryHandler(handlers.inline))
    application.add_error_handler(handlers.failed)
