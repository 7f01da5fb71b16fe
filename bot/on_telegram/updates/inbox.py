"""Updates on their way from Telegram to the handlers: taken down as they come, ticked off when they are answered."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Coroutine, Sequence
from datetime import timedelta
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.logs import as_request
from bot.on_telegram.outgoing.hand_over import HandOver, take_in_hand
from bot.on_telegram.updates.addressing import is_chatter
from bot.on_telegram.updates.authors import act_for, author_of
from bot.on_telegram.updates.json_fields import Json
from bot.on_telegram.updates.reading import KINDS, kind_of, number_of, payload_of, read
from bot.on_telegram.updates.slots import Slots
from bot.state.db.errors import StateError
from bot.state.journal import Arrival, Journal

_WORTH_ANSWERING = timedelta(hours=1)
"""Whoever has waited longer for an answer has given up on it."""
_MOST_NAMED = 10
_MOST_OF_ONE = 8
"""So many updates of one author are handled at a time: more would leave the others hardly any of the processor."""

_log = logging.getLogger(__name__)


class Inbox:
    """An update is on the disk before Telegram hears, by the next call, that it arrived."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._is_open = False
        self._ahead: set[int] = set()
        self._resumed: set[int] = set()
        self._not_noted: set[int] = set()

    async def _resume(self, bot: Bot) -> list[Update]:
        """What an earlier process left to be answered, in order. Raises StateError."""
        await self._journal.belongs_to(f"{bot.id} at {bot.base_url.removesuffix(bot.token)}")
        left = await self._journal.resume(_WORTH_ANSWERING)
        _tell(
            "were being replied to at a sudden end, may have their reply, and get no second one",
            left.uncertain,
        )
        _tell("are too old to be answered", left.late)
        _tell("were at hand at several sudden ends and are given up", left.given_up)
        found = [update for payload in left.payloads if (update := _read(json.loads(payload), bot))]
        updates = [update for update in found if update.update_id not in self._ahead]
        for again in {update.update_id for update in found} & self._ahead:
            await self._journal.done(again)
        self._resumed = {update.update_id for update in updates}
        self._is_open = True
        if updates:
            _log.info("%d updates that an earlier run left are answered now.", len(updates))
        return updates

    async def take(self, bodies: Sequence[Json], bot: Bot) -> list[Update]:
        """Takes updates down as they came, which have their numbers; those that are news, in order, and before them,
        when it is first called, what an earlier process left.

        Not taken down is an inline query, which is worthless in some seconds, what people say among themselves, and
        what cannot be read, of which nobody knows what it is.
        """
        first: dict[int | None, Json] = {}
        for body in bodies:
            first.setdefault(number_of(body), body)
        updates = [update for body in first.values() if (update := _read(body, bot))]
        fleeting = {update.update_id for update in updates if update.inline_query or is_chatter(update)}
        arrivals = [
            Arrival(number, chat.id if chat else None, payload)
            for update in updates
            if (number := update.update_id) not in fleeting and (payload := _payload(first[number]))
            for chat in [update.effective_chat]
        ]
        self._not_noted |= {each.update_id for each in updates} - {each.update_id for each in arrivals}
        left: list[Update] = []
        try:
            if not self._is_open:  # before anything is taken down, or it would be taken for left
                left = await self._resume(bot)
            known = {each.update_id for each in arrivals} - set(await self._journal.arrived(arrivals))
        except StateError as error:  # an answer is worth more than the certainty that there will be no other
            _log.error("%d updates are answered without having been noted: %s", len(updates), error)
            self._not_noted |= {update.update_id for update in updates}
            if not self._is_open:
                self._ahead |= {update.update_id for update in updates}
            return left + updates
        return left + [update for update in updates if update.update_id not in known]

    def hand_over(self, update_id: int) -> HandOver:
        """For the reply to an update that was taken."""
        noted = update_id not in self._not_noted
        self._not_noted.discard(update_id)
        resumed = update_id in self._resumed
        self._resumed.discard(update_id)
        return HandOver(update_id, self._journal if noted else None, resumed=resumed)


class Processor(BaseUpdateProcessor):
    """Handles updates side by side and ticks off each; at the end, leaves those not begun to the next process."""

    __slots__ = ("_inbox", "_leaving", "_places")

    def __init__(self, most: int, inbox: Inbox) -> None:
        super().__init__(most)
        self._inbox = inbox
        self._leaving = asyncio.Event()
        self._places: WeakValueDictionary[int, Slots] = WeakValueDictionary()

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""

    def leave_the_rest(self) -> None:
        """What has no reply on its way yet stops, and stays in the journal."""
        self._leaving.set()

    async def _in_turn(self, author: int, handling: Awaitable[Any]) -> None:
        """Handles an update of `author` when there is a place; of what nobody wrote there is little."""
        places = self._places.setdefault(author, Slots(_MOST_OF_ONE))
        try:
            async with places:
                await handling
        finally:
            if isinstance(handling, Coroutine):
                handling.close()  # left before it began

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        assert isinstance(update, Update)
        with as_request(str(update.update_id)):
            await self._process(update, coroutine)

    async def _process(self, update: Update, coroutine: Awaitable[Any]) -> None:
        reply = self._inbox.hand_over(update.update_id)
        take_in_hand(reply)
        act_for(author_of(update))
        work = asyncio.ensure_future(self._in_turn(author_of(update), coroutine))
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


def _read(body: Json, bot: Bot) -> Update | None:
    """Of what cannot be read the log has number and kind; what it holds is nobody's business."""
    if update := read(body, bot):
        return update
    if kind_of(body) in KINDS:
        _log.warning("Update %d (%s) cannot be read and is passed over.", number_of(body), kind_of(body))
    else:
        _log.info("Update %d (%s) is of a kind that is not answered.", number_of(body), kind_of(body))
    return None


def _payload(body: Json) -> str:
    try:
        return payload_of(body)
    except ValueError:  # answered all the same, without being noted
        return ""


def _tell(what: str, numbers: Sequence[int]) -> None:
    if numbers:
        named = ", ".join(map(str, numbers[:_MOST_NAMED])) + (", …" if len(numbers) > _MOST_NAMED else "")
        _log.warning("%d updates %s (%s).", len(numbers), what, named)
