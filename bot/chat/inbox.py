"""Updates on their way from Telegram to the handlers: taken down as they come, ticked off when they are answered."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Any

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.chat.groups import is_chatter
from bot.chat.hand_over import HandOver, take_in_hand
from bot.state.errors import StateError
from bot.state.journal import Arrival, Journal

_WORTH_ANSWERING = timedelta(hours=1)
"""Whoever has waited longer for an answer has given up on it."""
_MOST_NAMED = 10

_log = logging.getLogger(__name__)


class Inbox:
    """An update is on the disk before Telegram hears, by the next call, that it arrived."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._resumed: set[int] = set()
        self._not_noted: set[int] = set()

    async def resume(self, bot: Bot) -> list[Update]:
        """What an earlier process left to be answered, in order."""
        await self._journal.belongs_to(f"{bot.id} at {bot.base_url.removesuffix(bot.token)}")
        left = await self._journal.resume(_WORTH_ANSWERING)
        _tell(
            "were being replied to at a sudden end, may have their reply, and get no second one",
            left.uncertain,
        )
        _tell("are too old to be answered", left.late)
        _tell("were at hand at several sudden ends and are given up", left.given_up)
        updates = [Update.de_json(json.loads(payload), bot) for payload in left.payloads]
        self._resumed = {update.update_id for update in updates}
        if updates:
            _log.info("%d updates that an earlier run left are answered now.", len(updates))
        return updates

    async def take(self, updates: Sequence[Update]) -> list[Update]:
        """Takes updates down; those that are news, in order.

        Not taken down is an inline query, which is worthless in some seconds, and what people say among themselves.
        """
        fleeting = {update.update_id for update in updates if update.inline_query or is_chatter(update)}
        self._not_noted |= fleeting
        arrivals = [
            Arrival(update.update_id, chat.id if chat else None, update.to_json())
            for update in updates
            if update.update_id not in fleeting
            for chat in [update.effective_chat]
        ]
        try:
            news = set(await self._journal.arrived(arrivals))
        except StateError as error:  # an answer is worth more than the certainty that there will be no other
            _log.error("Updates are answered without having been noted: %s", error)
            news = {update.update_id for update in updates}
            self._not_noted |= news
        return [update for update in updates if update.update_id in news | fleeting]

    def hand_over(self, update_id: int) -> HandOver:
        """For the reply to an update that was taken."""
        noted = update_id not in self._not_noted
        self._not_noted.discard(update_id)
        resumed = update_id in self._resumed
        self._resumed.discard(update_id)
        return HandOver(update_id, self._journal if noted else None, resumed=resumed)


class Processor(BaseUpdateProcessor):
    """Handles updates side by side and ticks off each; at the end, leaves those not begun to the next process."""

    __slots__ = ("_inbox", "_leaving")

    def __init__(self, most: int, inbox: Inbox) -> None:
        super().__init__(most)
        self._inbox = inbox
        self._leaving = asyncio.Event()

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""

    def leave_the_rest(self) -> None:
        """What has no reply on its way yet stops, and stays in the journal."""
        self._leaving.set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        assert isinstance(update, Update)
        reply = self._inbox.hand_over(update.update_id)
        take_in_hand(reply)
        work = asyncio.ensure_future(coroutine)
        leaving = asyncio.create_task(self._leaving.wait())
        await asyncio.wait((work, leaving), return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        if not work.done() and not reply.on_its_way:
            work.cancel()
        outcome = (await asyncio.gather(work, return_exceptions=True))[0]
        if isinstance(outcome, asyncio.CancelledError):
            return
        if isinstance(outcome, BaseException):
            _log.error("An update could not be handled", exc_info=outcome)
        try:
            await reply.done()
        except StateError as error:
            _log.error("It could not be noted that an update is done: %s", error)


def _tell(what: str, numbers: Sequence[int]) -> None:
    if numbers:
        named = ", ".join(map(str, numbers[:_MOST_NAMED])) + (", …" if len(numbers) > _MOST_NAMED else "")
        _log.warning("%d updates %s (%s).", len(numbers), what, named)
