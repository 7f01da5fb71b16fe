"""Transactions on the database of the state; here, and only here, a driver's errors become ours."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.state.address import SETTING, is_sqlite, place_of, without_password
from bot.state.errors import StateError
from bot.state.together import Together


class Database:
    """One engine. What is done in one `read` or `write` is done as a whole or not at all.

    SQLite has one writer at a time: those of this process wait for their turn here, in order, rather than all
    at once at the file.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock() if is_sqlite(engine.url) else contextlib.nullcontext()
        self.place = place_of(engine.url)
        self.together = Together(self.write)

    def read(self) -> contextlib.AbstractAsyncContextManager[AsyncConnection]:
        """A transaction that only reads. Raises StateError."""
        return self._begin(self._engine)

    @contextlib.asynccontextmanager
    async def write(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed at its end; raises StateError.

        It outlives the process's sudden end; with `durable` also the machine's, which costs SQLite some
        milliseconds. PostgreSQL does as it is configured, by default the latter.
        """
        async with self._turn, self._begin(self._engine.execution_options(durable=durable)) as connection:
            yield connection

    def insert(self, table: Table) -> sqlite.Insert:
        """An INSERT with the ON CONFLICT clauses that both databases have; name their arguments."""
        if is_sqlite(self._engine.url):
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # a tenth of a second that most have no use for

        return cast(sqlite.Insert, postgresql.insert(table))  # of the same methods

    async def close(self) -> None:
        await self.together.end()
        await self._engine.dispose()

    @contextlib.asynccontextmanager
    async def _begin(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        try:
            async with engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            said = without_password(reason(error), engine.url)
            raise StateError(f"{self._cannot_be_used} ({said}): {self._mend}.") from error

    @property
    def _cannot_be_used(self) -> str:
        return f"The bot's state in {self.place} cannot be used"

    @property
    def _mend(self) -> str:
        if is_sqlite(self._engine.url):
            return f"make sure that it is a file of Trichdan's and may be written, or move it away, or set {SETTING}"
        return f"make sure that the server runs and admits the bot, or correct {SETTING}"


def reason(error: Exception) -> str:
    """The driver's own first line: what follows may show values."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return said.splitlines()[0] if said else type(error).__name__
