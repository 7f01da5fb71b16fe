"""What was answered: all that the buttons under a reply need, whatever was restarted or reindexed since."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update

from bot.state.db.database import Database
from bot.state.db.schema import answers

_ID_BYTES = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kept reply. `asked_in` is the message of the question, `replied_in` those of the reply, once sent.

    `searched` is what was searched for: the question, or it and the one before. `options` is what JSON can hold:
    the order, the page, the passages shown.
    """

    chat_id: int
    user_id: int | None
    asked_in: int
    question: str
    searched: str
    language: str
    generation: str
    replied_in: tuple[int, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def new_id() -> str:
    """Twelve small letters and digits that cannot be guessed."""
    return base64.b32encode(secrets.token_bytes(_ID_BYTES)).decode().lower().rstrip("=")


class Answers:
    """Replies by ids that are short enough for a button and cannot be guessed. All methods raise StateError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, kept: Kept, answer_id: str | None = None) -> str:
        """The id, a new one where none is given."""
        answer_id = answer_id or new_id()
        row = {name: getattr(kept, name) for name in _FIELDS}
        row |= {"id": answer_id, "at": self._database.now()}
        await self._database.execute(insert(answers), row)
        return answer_id

    async def get(self, answer_id: str) -> Kept | None:
        """None when it was forgotten, or never was."""
        async with self._database.read() as connection:
            query = select(*(answers.c[name] for name in _FIELDS)).where(answers.c.id == answer_id)
            row = (await connection.execute(query)).mappings().one_or_none()
        return kept_from(row) if row else None

    async def to_message(self, chat_id: int, asked_in: int) -> str | None:
        """The id of the latest answer to a message: what an edited question updates."""
        here = (answers.c.chat_id == chat_id, answers.c.asked_in == asked_in)
        query = select(answers.c.id).where(*here).order_by(answers.c.at.desc()).limit(1)
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def update(self, answer_id: str, **changed: Any) -> bool:  # noqa: ANN401 - fields of `Kept`
        """Replaces fields of `Kept`, by name; False when there is no such answer any more."""
        async with self._database.write() as connection:
            query = update(answers).where(answers.c.id == answer_id).values(**changed)
            return (await connection.execute(query)).rowcount == 1

    async def purge(self, older_than: timedelta) -> int:
        """Forgets older ones: their buttons are stale from then on. Says how many."""
        return await self._database.purge(answers, older_than)


_FIELDS = tuple(Kept.__dataclass_fields__)


def kept_from(row: Mapping[Any, Any]) -> Kept:
    values = {name: row[name] for name in _FIELDS}
    return Kept(**{**values, "replied_in": tuple(values["replied_in"])})
