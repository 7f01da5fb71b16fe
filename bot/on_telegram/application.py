"""The Telegram bot process: a source of updates, handlers, and an orderly end."""

import asyncio
import logging
import os
import sys
import warnings
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import NoReturn

from telegram.error import InvalidToken
from telegram.ext import Application
from telegram.warnings import PTBUserWarning

from bot.backups.restore import finish_restoring
from bot.bootstrap import Services, build
from bot.exit_codes import DONE, ERROR
from bot.logs import log_task_errors, log_to_stderr
from bot.metrics import Metrics
from bot.on_telegram.composition import compose
from bot.on_telegram.http_side import HttpSide, where_updates_come_from
from bot.on_telegram.outgoing.flood_limits import MessageBudgets
from bot.on_telegram.outgoing.transport import PatientRequest
from bot.on_telegram.token import REFUSED, token_of
from bot.on_telegram.updates.fetching import UpdatesRequest
from bot.on_telegram.updates.inbox import Inbox, Processor
from bot.on_telegram.updates.polling import stop_on_signals
from bot.on_telegram.updates.protocol import App, MakesUpdates
from bot.on_telegram.updates.turns import WORKERS
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
    updates = where_updates_come_from(settings)
    log_to_stderr(settings.log_level, token, settings.log_format)
    warnings.filterwarnings("ignore", category=PTBUserWarning)  # hints for whoever writes a bot
    finish_restoring(settings.data_dir)
    services = build(settings, progress)
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="answer") as workers:
        try:
            asyncio.run(_serve(services, workers, token, updates))
        except InvalidToken:
            print(REFUSED, file=sys.stderr)
            return ERROR
        except (TrichdanError, SettingsError, OSError):
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


async def _serve(services: Services, workers: Executor, token: str, updates: MakesUpdates) -> None:
    asyncio.get_running_loop().set_exception_handler(log_task_errors)
    settings = services.settings
    state = await State.open(settings.state, keep_questions_days=settings.keep_questions_days)
    try:
        await _serve_with(state, services, workers, token, updates)
    finally:
        await state.close()


async def _serve_with(
    state: State, services: Services, workers: Executor, token: str, updates: MakesUpdates
) -> None:
    inbox, stop = Inbox(state.journal), stop_on_signals()
    processor = Processor(_CONCURRENT_UPDATES, inbox)
    http = HttpSide(services, state.journal, stop)
    application = _application(services.settings, token, processor, http.metrics)
    bot = compose(
        services, workers=workers, state=state, bot=application.bot, on_answer=http.metrics.answered
    )
    bot.handlers.register(application)
    source = updates(application, stop, inbox.take)
    await http.begin(bot.turns, source)
    try:
        if await source.connect():
            http.is_connected = True
            bot.background.begin(application.bot)
            await application.start()
            await source.run()
    finally:
        await http.end()
        bot.stop()
        asyncio.get_running_loop().call_later(_DRAIN_S, processor.leave_the_rest)
        if application.running:
            await application.stop()
        await bot.close()
        await bot.background.end()
        await application.shutdown()


def _application(settings: Settings, token: str, processor: Processor, metrics: Metrics) -> App:
    request = PatientRequest(
        _CONNECTIONS, read_timeout=_READ_TIMEOUT_S, pool_timeout=_POOL_TIMEOUT_S, on_call=metrics.called
    )
    return (
        Application.builder()
        .token(token)
        .base_url(settings.telegram_api_url)
        .base_file_url(settings.file_url)
        .request(request)
        .get_updates_request(UpdatesRequest(_POLLING_CONNECTIONS))
        .rate_limiter(MessageBudgets(settings.messages_per_second))
        .concurrent_updates(processor)
        .job_queue(None)
        .updater(None)
        .build()
    )
