"""Who wants a digest every day, and when the next one is due."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from bot.state.db.database import Database
from bot.state.db.schema import digests

EVERY = timedelta(days=1)


class Digests:
    """The admins who get one, at the time of day at which they asked for it. All methods raise StateError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def wanted(self, user_id: int) -> bool:
        async with self._database.read() as connection:
            query = select(digests.c.user_id).where(digests.c.user_id == user_id)
            return (await connection.execute(query)).first() is not None

    async def want(self, user_id: int) -> None:
        """The first one comes in a day; asking again changes nothing."""
        row = self._database.insert(digests).values(user_id=user_id, next_at=self._database.now() + EVERY)
        async with self._database.write() as connection:
            await connection.execute(row.on_conflict_do_nothing())

    async def stop(self, user_id: int) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(digests).where(digests.c.user_id == user_id))

    async def take_due(self) -> list[int]:
        """Whom to write now; each is due again in a day, or later where days were slept through."""
        now, c = self._database.now(), digests.c
        async with self._database.write() as connection:
            rows = (await connection.execute(select(c.user_id, c.next_at).where(c.next_at <= now))).all()
            for user_id, due in rows:
                later = due + EVERY * ((now - due) // EVERY + 1)
                await connection.execute(update(digests).where(c.user_id == user_id).values(next_at=later))
        return [user_id for user_id, _ in rows]
