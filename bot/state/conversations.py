"""What a person asked last in a chat, for the question that follows."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.state.db.columns import storable
from bot.state.db.database import Database
from bot.state.db.schema import conversations

_MOST_KNOWN = 10_000


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, and what was searched for it: the question itself, or it and the one before."""

    question: str
    searched: str
    at: datetime


class Conversations:
    """One turn for each person in each chat; the latest are in memory too. All methods raise StateError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[tuple[int, int], Turn | None] = OrderedDict()

    async def remember(self, chat_id: int, user_id: int, question: str, searched: str) -> None:
        now = self._database.now()
        self._know((chat_id, user_id), Turn(storable(question), storable(searched), now))
        turn = {"question": question, "searched": searched, "at": now}
        here = {"chat_id": chat_id, "user_id": user_id}
        await self._database.execute(self._database.upsert(conversations, here, turn))

    async def last(self, chat_id: int, user_id: int, younger_than: timedelta) -> Turn | None:
        key = chat_id, user_id
        if key not in self._known:
            c = conversations.c
            query = select(c.question, c.searched, c.at).where(c.chat_id == chat_id, c.user_id == user_id)
            async with self._database.read() as connection:
                row = (await connection.execute(query)).one_or_none()
            if key not in self._known:  # what was remembered meanwhile is newer than what was read
                self._know(key, Turn(*row) if row else None)
        turn = self._known[key]
        return turn if turn and turn.at > self._database.now() - younger_than else None

    async def forget(self, chat_id: int, user_id: int) -> bool:
        """Begins anew; False when there was nothing."""
        self._know((chat_id, user_id), None)
        c = conversations.c
        async with self._database.write() as connection:
            query = delete(conversations).where(c.chat_id == chat_id, c.user_id == user_id)
            return (await connection.execute(query)).rowcount == 1

    def forget_person(self, user_id: int) -> None:
        """The state has forgotten this person."""
        for key in [key for key in self._known if key[1] == user_id]:
            del self._known[key]

    def forget_chat(self, chat_id: int) -> None:
        """What is known of this chat stands under another id now."""
        for key in [key for key in self._known if key[0] == chat_id]:
            del self._known[key]

    def _know(self, key: tuple[int, int], turn: Turn | None) -> None:
        self._known[key] = turn
        self._known.move_to_end(key)
        while len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)

    async def purge(self, older_than: timedelta) -> int:
        return await self._database.purge(conversations, older_than)
