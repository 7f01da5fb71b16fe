"""Every update that came from Telegram, and how far it got: none is lost, none is answered twice.

    arrived -> sending -> done

An update is here before Telegram hears that it arrived, so what was not answered when the process ended is found
by `resume`. It is `sending` from right before the first message of its reply is handed to the network: one that is
found so after a sudden end may have been answered, and is not answered again. What is done keeps its number only:
Telegram may send an update once more, and then it is known.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from bot.state.db.database import Database
from bot.state.db.schema import facts, updates

MOST_ATTEMPTS = 5
"""An update that was at hand at so many ends of the process, and at one before, is given up: it may be what ends it.

Not fewer: the first question of a start is at hand longest, and whoever kills every start hits it several times.
"""
_OWNER = "updates_of"
_BLANK = {"payload": "", "chat_id": None}

# Made once: an answer waits for these.
_ONE = updates.c.update_id == bindparam("number")
_MOVE = update(updates).where(_ONE, updates.c.stage == bindparam("before")).values(stage=bindparam("after"))
_END = update(updates).where(_ONE, updates.c.stage != "done").values(stage="done", **_BLANK)


class Stage(StrEnum):
    """How far an update got."""

    ARRIVED = "arrived"
    SENDING = "sending"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came; `payload` is its JSON, `chat_id` None where it belongs to no chat."""

    update_id: int
    chat_id: int | None
    payload: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """What an earlier process left. `payloads` are to be answered, in order; the others are done now.

    `uncertain` are the numbers of those whose reply may have been sent, `late` of those that are too old, `given_up`
    of those that were tried too often.
    """

    payloads: tuple[str, ...] = ()
    uncertain: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    given_up: tuple[int, ...] = ()


class Journal:
    """Every method is one transaction; all raise StateError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def belongs_to(self, owner: str) -> None:
        """Another bot or server numbers updates otherwise: what is known is forgotten when the owner changes."""
        row = self._database.upsert(facts, {"name": _OWNER}, {"value": owner})
        known = select(facts.c.value).where(facts.c.name == _OWNER)
        async with self._database.write() as connection:
            if (await connection.execute(known)).scalar_one_or_none() not in (None, owner):
                await connection.execute(delete(updates))
            await connection.execute(row)

    async def arrived(self, arrivals: Sequence[Arrival]) -> list[int]:
        """Takes updates down; the numbers of those that were not known already, in order.

        When it returns they are on the disk. An update is known by its number and its content: Telegram numbers anew
        after a week without any.
        """
        if not arrivals:
            return []
        at = self._database.now()
        rows = {each.update_id: _row(each, at) for each in arrivals}
        insert = self._database.insert(updates).values(stage=Stage.ARRIVED, attempts=0)
        changed = ("chat_id", "payload", "digest", "at", "stage", "attempts")
        news = insert.on_conflict_do_update(
            index_elements=["update_id"],
            set_={name: insert.excluded[name] for name in changed},
            where=updates.c.digest != insert.excluded.digest,
        ).returning(updates.c.update_id)
        return sorted((await self._database.execute(news, list(rows.values()), durable=True)).scalars())

    async def sending(self, update_id: int) -> bool:
        """To be called before the first message of the reply is handed to Telegram; False: do not send it.

        False means that it is on the way already, done, or not known.
        """
        return await self._move(update_id, Stage.ARRIVED, Stage.SENDING, durable=True)

    async def unsent(self, update_id: int) -> bool:
        """Telegram certainly has nothing of the reply: it may be sent again. False when it was not `sending`."""
        return await self._move(update_id, Stage.SENDING, Stage.ARRIVED)

    async def done(self, update_id: int) -> bool:
        """Nothing is left to do; its text and its chat are forgotten. False when it was done, or is not known."""
        return (await self._database.execute(_END, {"number": update_id})).rowcount == 1

    async def at_work(self, update_id: int) -> None:
        """One of those left by an earlier process is worked on now: when this one ends as well, it counts."""
        await self._attempt(update_id, 1)

    async def worked_on(self, update_id: int) -> None:
        """It has not brought the process down; what is left is to send its reply."""
        await self._attempt(update_id, -1)

    async def _attempt(self, update_id: int, count: int) -> None:
        counted = update(updates).where(updates.c.update_id == update_id)
        await self._database.execute(counted.values(attempts=updates.c.attempts + count))

    async def resume(self, younger_than: timedelta) -> Resumed:
        """To be called once, at the start: sorts what an earlier process left."""
        u, oldest = updates.c, self._database.now() - younger_than
        undone = select(u.update_id, u.payload, u.stage, u.attempts, u.at).where(u.stage != Stage.DONE)
        again: dict[int, str] = {}
        left: dict[str, list[int]] = {"uncertain": [], "late": [], "given_up": []}
        async with self._database.write(durable=True) as connection:
            found = await connection.execute(undone.order_by(u.update_id))
            for number, payload, stage, attempts, at in found:
                if stage == Stage.SENDING:
                    left["uncertain"].append(number)
                elif at <= oldest:
                    left["late"].append(number)
                elif attempts >= MOST_ATTEMPTS:
                    left["given_up"].append(number)
                else:
                    again[number] = payload
            over = [number for numbers in left.values() for number in numbers]
            ended = update(updates).where(u.update_id.in_(over))
            await connection.execute(ended.values(stage=Stage.DONE, **_BLANK))
        return Resumed(tuple(again.values()), **{name: tuple(numbers) for name, numbers in left.items()})

    async def backlog(self) -> int:
        """How many updates are not done."""
        left = select(func.count()).where(updates.c.stage != Stage.DONE)
        return int((await self._database.execute(left)).scalar_one())

    async def purge(self, older_than: timedelta) -> int:
        """Forgets what arrived before, done or not; says how many."""
        return await self._database.purge(updates, older_than)

    async def _move(self, update_id: int, before: Stage, after: Stage, *, durable: bool = False) -> bool:
        moved = {"number": update_id, "before": before, "after": after}
        return (await self._database.execute(_MOVE, moved, durable=durable)).rowcount == 1


def _row(arrival: Arrival, at: datetime) -> dict[str, Any]:
    digest = hashlib.sha256(arrival.payload.encode(errors="replace")).hexdigest()
    return {**asdict(arrival), "digest": digest, "at": at}
