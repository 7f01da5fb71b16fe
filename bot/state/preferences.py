"""What a person has chosen."""

from sqlalchemy import delete, select

from bot.state.db.database import Database
from bot.state.db.schema import preferences


class Preferences:
    """The language of the interface by user id. All methods raise StateError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def language(self, user_id: int) -> str | None:
        """The language of the interface that the person set; None: by the question and the client."""
        query = select(preferences.c.language).where(preferences.c.user_id == user_id)
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def set_language(self, user_id: int, language: str | None) -> None:
        """None goes back to automatic."""
        if language is None:
            await self.forget(user_id)
            return
        async with self._database.write() as connection:
            await connection.execute(
                self._database.upsert(preferences, {"user_id": user_id}, {"language": language})
            )

    async def forget(self, user_id: int) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(preferences).where(preferences.c.user_id == user_id))
