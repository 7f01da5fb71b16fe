"""Transactions on the database of the state; here, and only here, a driver's errors become ours."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, delete
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.state.db.address import SETTING, is_sqlite, place_of, without_password
from bot.state.db.errors import StateError, StateLocked
from bot.state.db.group_commit import GroupCommit

Clock = Callable[[], datetime]
"""Gives the time it is, with its time zone."""

PATIENCE_S = 2.0
"""So long a write waits for another process; then it is given up."""
_LOCKED_PATIENCE_S = 0.05
"""So long while the one before has waited in vain."""
_LOCKED = ("database is locked", "database table is locked")
_FULL = "disk is full"
_VALUE = re.compile(r"(query argument \$\d+):.*")


def utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """One engine, and the time that its rows are marked with. What is done in one `read` or `write` is done whole or
    not at all.

    SQLite has one writer at a time: those of this process wait for their turn here, in order, rather than all
    at once at the file. When another process does not let go of the file, one of them waits in vain for all: the next
    ones give up at once until one gets through, so that an answer is never late by more than one wait.
    """

    def __init__(self, engine: AsyncEngine, clock: Clock = utc_now) -> None:
        self._engine = engine
        self.now = clock
        self._turn = asyncio.Lock() if is_sqlite(engine.url) else contextlib.nullcontext()
        self._locked = False
        self.place = place_of(engine.url)
        self._group_commit = GroupCommit(self.write)
        self.execute = self._group_commit.execute
        """One statement, in a transaction that it shares with those that come at the same time."""

    def read(self) -> contextlib.AbstractAsyncContextManager[AsyncConnection]:
        """A transaction that only reads. Raises StateError."""
        return self._begin(self._engine)

    @contextlib.asynccontextmanager
    async def write(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed at its end; raises StateError.

        It outlives the process's sudden end; with `durable` also the machine's, which costs SQLite some
        milliseconds. PostgreSQL does as it is configured, by default the latter.
        """
        async with self._turn:
            patience_s = _LOCKED_PATIENCE_S if self._locked else PATIENCE_S
            engine = self._engine.execution_options(durable=durable, patience_s=patience_s)
            try:
                async with self._begin(engine) as connection:
                    yield connection
            except StateLocked:
                self._locked = True
                raise
            self._locked = False

    async def purge(self, table: Table, older_than: timedelta) -> int:
        """Deletes the rows whose `at` is so long ago; says how many. Raises StateError."""
        async with self.write() as connection:
            old = table.c.at <= self.now() - older_than
            return (await connection.execute(delete(table).where(old))).rowcount

    def upsert(self, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> sqlite.Insert:
        """An INSERT of a row, or an UPDATE of the one that has this key."""
        row = self.insert(table).values(**key, **values)
        return row.on_conflict_do_update(index_elements=[*key], set_=dict(values))

    def insert(self, table: Table) -> sqlite.Insert:
        """An INSERT with the ON CONFLICT clauses that both databases have; name their arguments."""
        if is_sqlite(self._engine.url):
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # a tenth of a second that most have no use for

        return cast(sqlite.Insert, postgresql.insert(table))  # of the same methods

    async def close(self) -> None:
        await self._group_commit.end()
        await self._engine.dispose()

    @contextlib.asynccontextmanager
    async def _begin(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        try:
            async with engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError, OverflowError) as error:
            said = without_password(reason(error), engine.url)
            kind = StateLocked if any(each in said for each in _LOCKED) else StateError
            raise kind(
                f"The bot's state in {self.place} cannot be used ({said}): {self._mend(said)}."
            ) from error

    def _mend(self, said: str) -> str:
        if not is_sqlite(self._engine.url):
            return f"make sure that the server runs and admits the bot, or correct {SETTING}"
        if any(each in said for each in _LOCKED):
            return "end the other program that holds it, such as a backup or an editor of databases"
        if _FULL in said:
            return f"free some space there, or name a file on another disk in {SETTING}"
        return (
            f"make sure that it is a file of Trichdan's and may be written, or move it away, or set {SETTING}"
        )


def reason(error: Exception) -> str:
    """The driver's own first line: what follows may show values."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return _VALUE.sub(r"\1", said.splitlines()[0]) if said else type(error).__name__
