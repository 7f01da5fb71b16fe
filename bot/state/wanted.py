"""Which question the next document of an admin is to answer, from the tap at a gap to the document."""

from datetime import timedelta

from sqlalchemy import delete

from bot.state.db.database import Database
from bot.state.db.schema import wanted

WAITS = timedelta(hours=1)
"""A document that comes later has nothing to do with the gap."""


class WantedAnswers:
    """One question for each admin. All methods raise StateError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def want(self, user_id: int, question: str) -> None:
        values = {"question": question, "at": self._database.now()}
        async with self._database.write() as connection:
            await connection.execute(self._database.upsert(wanted, {"user_id": user_id}, values))

    async def take(self, user_id: int) -> str | None:
        """The question, once; None where there is none, or none any more."""
        query = delete(wanted).where(wanted.c.user_id == user_id).returning(wanted.c.question, wanted.c.at)
        async with self._database.write() as connection:
            row = (await connection.execute(query)).one_or_none()
        return row.question if row and row.at > self._database.now() - WAITS else None

    async def purge(self) -> int:
        return await self._database.purge(wanted, WAITS)
