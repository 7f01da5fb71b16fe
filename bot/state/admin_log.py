"""What admins did to the collection and to who has access, and when: for the other admins."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, insert, select

from bot.state.db.database import Database
from bot.state.db.errors import StateError
from bot.state.db.schema import admin_log

KEPT = timedelta(days=365)

_log = logging.getLogger(__name__)


class Action(StrEnum):
    """What was done; the names stand in the database."""

    ADDED = "added"
    REMOVED = "removed"
    RETURNED = "returned"
    REINDEXED = "reindexed"
    INVITED = "invited"
    WITHDREW = "withdrew"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Admin:
    """Who did it: the id, and the name under which the other admins know them."""

    user_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One thing that was done. `name` is blank where the admin was forgotten since."""

    action: Action
    subject: str
    name: str
    at: datetime


class AdminLog:
    """The rows, for a year."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, action: Action, subject: str, by: Admin) -> None:
        """What cannot be noted is done all the same: the log of the program says so."""
        row = {"action": action.value, "subject": subject, "user_id": by.user_id, "name": by.name}
        try:
            await self._database.execute(insert(admin_log), {**row, "at": self._database.now()})
        except StateError as error:
            _log.error("What an admin did could not be noted: %s", error)

    async def page(self, first: int, count: int) -> list[Done]:
        """So many, the latest first, from the one numbered `first` on (from 0). Raises StateError."""
        c = admin_log.c
        query = select(c.action, c.subject, c.name, c.at).order_by(c.at.desc(), c.id.desc())
        async with self._database.read() as connection:
            rows = await connection.execute(query.limit(count).offset(first))
            return [
                Done(action=Action(action), subject=subject, name=name, at=at)
                for action, subject, name, at in rows
            ]

    async def count(self) -> int:
        """How many there are. Raises StateError."""
        async with self._database.read() as connection:
            return int((await connection.execute(select(func.count()).select_from(admin_log))).scalar_one())

    async def purge(self) -> int:
        return await self._database.purge(admin_log, KEPT)
