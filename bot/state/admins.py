"""Admins who have opened the bot: Telegram lets it write to nobody else of its own accord."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.state.db.database import Database
from bot.state.db.schema import admins


class KnownAdmins:
    """The admins, with the language of their Telegram, None where it tells none. They are in memory too."""

    def __init__(self, database: Database, known: Mapping[int, str | None]) -> None:
        self._database = database
        self._known = dict(known)

    @classmethod
    async def load(cls, database: Database) -> "KnownAdmins":
        async with database.read() as connection:
            rows = await connection.execute(select(admins.c.user_id, admins.c.language))
            return cls(database, {row.user_id: row.language for row in rows})

    def all(self) -> Mapping[int, str | None]:
        """User id -> language."""
        return dict(self._known)

    async def seen(self, user_id: int, language: str | None) -> None:
        """An admin has written in their private chat. Raises StateError; a second time it costs nothing."""
        if self._known.get(user_id, "") == language:
            return
        self._known[user_id] = language
        row = self._database.upsert(admins, {"user_id": user_id}, {"language": language})
        await self._database.execute(row)

    def forget(self, user_id: int) -> None:
        """The state has forgotten this person."""
        self._known.pop(user_id, None)
