"""Every update that came from Telegram, and how far it got: none is lost, none is answered twice.

    arrived -> answering -> sending -> done

An update is here before Telegram hears that it arrived, so what was not answered when the process ended is found
in `pending`. It is `sending` before the first message of its reply is handed to Telegram: one that is found so after
a sudden end may have been answered, and is not answered again. What is done keeps its number only: Telegram may
send an update once more, and then it is known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update

from bot.state.clock import Clock
from bot.state.database import Database
from bot.state.schema import updates

_NUMBERS_HOLD = timedelta(days=6)
"""After a week without updates Telegram numbers them anew, from anywhere."""


class Stage(StrEnum):
    ARRIVED = "arrived"
    ANSWERING = "answering"
    SENDING = "sending"
    DONE = "done"


_UNDONE = (Stage.ARRIVED, Stage.ANSWERING, Stage.SENDING)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came; `payload` is its JSON, `chat_id` None where it belongs to no chat."""

    update_id: int
    chat_id: int | None
    payload: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An update that is not done. `attempts` counts how often it began to be answered."""

    update_id: int
    chat_id: int | None
    payload: str
    stage: Stage
    attempts: int
    at: datetime


class Journal:
    """Every method is one transaction; all raise StateError."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def arrived(self, update_id: int, chat_id: int | None, payload: str) -> bool:
        """Takes an update down; False when it is known already."""
        return bool(await self.all_arrived([Arrival(update_id, chat_id, payload)]))

    async def all_arrived(self, arrivals: Sequence[Arrival]) -> list[int]:
        """Takes updates down; the numbers of those that were not known already, in order.

        When it returns they are on the disk.
        """
        at = self._clock()
        rows = [
            {"update_id": a.update_id, "chat_id": a.chat_id, "payload": a.payload, "at": at} for a in arrivals
        ]
        insert = self._database.insert(updates).values(stage=Stage.ARRIVED, attempts=0)
        news = insert.on_conflict_do_nothing().returning(updates.c.update_id)
        if not rows:
            return []
        async with self._database.write(durable=True) as connection:
            return sorted((await connection.execute(news, rows)).scalars())

    async def answering(self, update_id: int) -> bool:
        """Its answer is being made; False when its reply is on the way already, or it is not known."""
        again = {"attempts": updates.c.attempts + 1}
        return await self._move(update_id, (Stage.ARRIVED, Stage.ANSWERING), Stage.ANSWERING, again)

    async def sending(self, update_id: int) -> bool:
        """To be called before the first message of the reply is handed to Telegram; False: do not send it.

        False means that it is on the way already, done, or not known.
        """
        return await self._move(update_id, (Stage.ARRIVED, Stage.ANSWERING), Stage.SENDING, durable=True)

    async def unsent(self, update_id: int) -> bool:
        """Telegram certainly has nothing of the reply: it may be sent again. False when it was not `sending`."""
        return await self._move(update_id, (Stage.SENDING,), Stage.ANSWERING)

    async def done(self, update_id: int) -> bool:
        """Nothing is left to do; its text and its chat are forgotten. False when it was done, or is not known."""
        blank = {"payload": "", "chat_id": None}
        return await self._move(update_id, _UNDONE, Stage.DONE, blank)

    async def pending(self, younger_than: timedelta) -> list[Entry]:
        """The updates of the last time that are not done, in order."""
        u = updates.c
        query = select(u.update_id, u.chat_id, u.payload, u.stage, u.attempts, u.at)
        query = query.where(u.stage != Stage.DONE, u.at > self._clock() - younger_than).order_by(u.update_id)
        async with self._database.read() as connection:
            return [
                Entry(number, chat, payload, Stage(stage), attempts, at)
                for number, chat, payload, stage, attempts, at in await connection.execute(query)
            ]

    async def highest(self) -> int | None:
        """The number of the last update, for asking Telegram for those after it; None: ask for all there are.

        It is that of the latest arrival, not the highest ever, and None after some days without any, because
        Telegram then begins to number anew: to ask beyond its numbers would throw updates away.
        """
        u = updates.c
        query = select(u.update_id).where(u.at > self._clock() - _NUMBERS_HOLD)
        async with self._database.read() as connection:
            latest = query.order_by(u.at.desc(), u.update_id.desc()).limit(1)
            return (await connection.execute(latest)).scalar_one_or_none()

    async def purge(self, older_than: timedelta) -> int:
        """Forgets what arrived before, done or not; says how many."""
        async with self._database.write() as connection:
            query = delete(updates).where(updates.c.at <= self._clock() - older_than)
            return (await connection.execute(query)).rowcount

    async def _move(
        self,
        update_id: int,
        before: Sequence[Stage],
        after: Stage,
        values: Mapping[str, object] | None = None,
        *,
        durable: bool = False,
    ) -> bool:
        moved = update(updates).where(updates.c.update_id == update_id, updates.c.stage.in_(before))
        async with self._database.write(durable=durable) as connection:
            found = await connection.execute(moved.values(stage=after, **(values or {})))
            return found.rowcount == 1
