"""What runs beside the handlers: the model's warm-up, menus, the watch on new generations, forgetting what is old."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Iterable
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor
from typing import Any

from telegram import Bot

from bot.on_telegram.menus import Menus
from bot.processes.supervisor import ENDED_BY
from bot.state.db.errors import StateError
from bot.state.state import State
from retrieval.embedding.protocol import Embedder
from retrieval.errors import IndexUnusable, TrichdanError
from retrieval.serving import Serving
from retrieval.uploads.uploads import Uploads

_WATCH_INTERVAL_S = 2.0
_PURGE_INTERVAL_S = 24 * 3600.0

_log = logging.getLogger(__name__)


class Background:
    """Begins when Telegram is reached and ends with the process."""

    def __init__(
        self,
        *,
        serving: Serving,
        embedder: Embedder,
        uploads: Uploads,
        workers: Executor,
        state: State,
        admins: AbstractSet[int],
        menus: Menus,
        loaded: Callable[[], None],
        others: Callable[[], Iterable[Coroutine[Any, Any, None]]] = tuple,
    ) -> None:
        """`loaded` is called once, when model and index are in memory or cannot be; `others` run until the end, too."""
        self._serving = serving
        self._embedder = embedder
        self._uploads = uploads
        self._workers = workers
        self._state = state
        self._admins = frozenset(admins)
        self._menus = menus
        self._loaded = loaded
        self._others = others
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self, bot: Bot) -> None:
        profile = self._menus.set_profile(bot, self._admins)
        works = (*self._others(), profile, self._watch(), self._purge(self._state))
        self._tasks = [asyncio.create_task(work) for work in works]

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        for outcome in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                _log.error("Background work had ended early", exc_info=outcome)

    async def _watch(self) -> None:
        """Loads model and index, then looks for a generation that another process made."""
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._workers, self._warm_up)
        finally:
            self._loaded()
        trouble = ""
        while True:
            await asyncio.sleep(_WATCH_INTERVAL_S)
            try:
                if await loop.run_in_executor(self._workers, self._serving.refresh):
                    _log.info("A new index is in service.")
                trouble = ""
            except (OSError, TrichdanError) as error:
                if str(error) != trouble:
                    _log.error("It cannot be seen whether there is a new index: %s", error)
                trouble = str(error)

    async def _purge(self, state: State) -> None:
        """At the start and once a day: what was promised to be kept for so many days is not kept longer."""
        while True:
            try:
                _log.debug("%d rows of the bot's state were too old and are deleted.", await state.purge())
            except StateError as error:
                _log.error("What is too old could not be forgotten: %s", error)
            try:
                await asyncio.to_thread(self._uploads.drop_old)
            except OSError as error:
                _log.error("Documents that nobody added could not be deleted: %s", error)
            await asyncio.sleep(_PURGE_INTERVAL_S)

    def _warm_up(self) -> None:
        """The first question finds model and index in memory; what stands in the way is said now."""
        if ended_by := os.environ.pop(ENDED_BY, ""):
            _log.error("The bot was ended by %s and has been started again.", ended_by)
        try:
            self._embedder.embed_queries(["trichdan"])
            calibrated = self._serving.retriever().calibrated
            _log.info(
                "Ready."
                if calibrated
                else "Ready. No confidence was fitted for this model: refusals are a guess."
            )
        except IndexUnusable as error:
            _log.warning("Not ready to answer. %s", error)
        except TrichdanError as error:
            _log.error("Questions cannot be answered. %s", error)
