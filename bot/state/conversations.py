"""What a person and the bot have been talking about in a chat, for the question that follows."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, select

from bot.state.db.database import Database
from bot.state.db.schema import conversations

_MOST_KNOWN = 10_000

Context = Mapping[str, Any]
"""What JSON can hold."""


class Talk(NamedTuple):
    """Where a person talks: a chat, and in a forum one of its topics, 0 elsewhere."""

    chat_id: int
    user_id: int
    thread_id: int = 0


@dataclass(frozen=True, slots=True)
class _Turn:
    context: Context
    at: datetime


class Conversations:
    """One context for each talk; the latest are in memory too. All methods raise StateError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[Talk, _Turn | None] = OrderedDict()

    async def remember(self, talk: Talk, context: Context) -> None:
        now = self._database.now()
        self._know(talk, _Turn(context, now))
        turn = {"context": context, "at": now}
        await self._database.execute(self._database.upsert(conversations, talk._asdict(), turn))

    async def last(self, talk: Talk, younger_than: timedelta) -> Context | None:
        if talk not in self._known:
            query = select(conversations.c.context, conversations.c.at).where(_is(talk))
            async with self._database.read() as connection:
                row = (await connection.execute(query)).one_or_none()
            if talk not in self._known:  # what was remembered meanwhile is newer than what was read
                self._know(talk, _Turn(*row) if row else None)
        turn = self._known[talk]
        return turn.context if turn and turn.at > self._database.now() - younger_than else None

    async def forget(self, talk: Talk) -> bool:
        """Begins anew; False when there was nothing."""
        self._know(talk, None)
        async with self._database.write() as connection:
            return (await connection.execute(delete(conversations).where(_is(talk)))).rowcount == 1

    def forget_person(self, user_id: int) -> None:
        """The state has forgotten this person."""
        for talk in [talk for talk in self._known if talk.user_id == user_id]:
            del self._known[talk]

    def forget_chat(self, chat_id: int) -> None:
        """What is known of this chat stands under another id now."""
        for talk in [talk for talk in self._known if talk.chat_id == chat_id]:
            del self._known[talk]

    def _know(self, talk: Talk, turn: _Turn | None) -> None:
        self._known[talk] = turn
        self._known.move_to_end(talk)
        while len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)

    async def purge(self, older_than: timedelta) -> int:
        return await self._database.purge(conversations, older_than)


def _is(talk: Talk) -> ColumnElement[bool]:
    c = conversations.c
    return and_(c.chat_id == talk.chat_id, c.user_id == talk.user_id, c.thread_id == talk.thread_id)
