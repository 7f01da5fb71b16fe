"""What a person asked last in a chat, for the question that follows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.clock import Clock
from bot.state.database import Database
from bot.state.schema import conversations


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, and what was searched for it: the question itself, or it and the one before."""

    question: str
    searched: str
    at: datetime


class Conversations:
    """One turn for each person in each chat. All methods raise StateError."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def remember(self, chat_id: int, user_id: int, question: str, searched: str) -> None:
        turn = {"question": question, "searched": searched, "at": self._clock()}
        row = self._database.insert(conversations).values(chat_id=chat_id, user_id=user_id, **turn)

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(
                row.on_conflict_do_update(index_elements=["chat_id", "user_id"], set_=turn)
            )

        await self._database.together(write)

    async def last(self, chat_id: int, user_id: int, younger_than: timedelta) -> Turn | None:
        c = conversations.c
        query = select(c.question, c.searched, c.at).where(c.chat_id == chat_id, c.user_id == user_id)
        async with self._database.read() as connection:
            row = (await connection.execute(query.where(c.at > self._clock() - younger_than))).one_or_none()
        return Turn(*row) if row else None

    async def forget(self, chat_id: int, user_id: int) -> bool:
        """Begins anew; False when there was nothing."""
        c = conversations.c
        async with self._database.write() as connection:
            query = delete(conversations).where(c.chat_id == chat_id, c.user_id == user_id)
            return (await connection.execute(query)).rowcount == 1

    async def purge(self, older_than: timedelta) -> int:
        async with self._database.write() as connection:
            query = delete(conversations).where(conversations.c.at <= self._clock() - older_than)
            return (await connection.execute(query)).rowcount
