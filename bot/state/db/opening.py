"""An address -> a database that is ready: reached, sound, and with the tables that this program knows."""

import asyncio
import contextlib
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.state.db.address import SETTING, address_of, is_sqlite, place_of
from bot.state.db.database import PATIENCE_S, Clock, Database, utc_now
from bot.state.db.errors import StateError, StateLocked
from bot.state.db.migrating import check_known, migrate

_WAIT_FOR_OTHERS_S = 30.0
_PAUSE_S = 0.1


async def open_database(where: str | Path, clock: Clock = utc_now) -> Database:
    """The database at `where`; a new one is made, an older one is brought up to date.

    Raises:
        StateError: it cannot be reached, is damaged, is not ours, or was made by a newer program.
    """
    url = address_of(where)
    database = Database(_engine(url), clock)
    try:
        await _make_ready(database, url)
    except BaseException:
        await database.close()
        raise
    return database


async def open_to_look(where: str | Path) -> Database:
    """The database at `where`, which is there, to be read and nothing else: neither made nor brought up to date.

    Raises:
        StateError: as `open_database` does.
    """
    url = address_of(where)
    database = Database(_read_only_engine(url) if is_sqlite(url) else _engine(url))
    database.place = place_of(url)
    try:
        async with database.read() as connection:
            await connection.run_sync(_check)
            await connection.run_sync(check_known, database.place)
    except BaseException:
        await database.close()
        raise
    return database


def _read_only_engine(url: URL) -> AsyncEngine:
    """Beside a database that nobody has open SQLite makes files of its own, unless it is said not to change."""
    file = Path(str(url.database)).absolute()
    in_use = all(Path(f"{file}-{kind}").exists() for kind in ("wal", "shm"))
    query = {"uri": "true", "mode": "ro"} | ({} if in_use else {"immutable": "1"})
    return create_async_engine(
        url.set(database=f"file:{quote(str(file))}", query=query), hide_parameters=True
    )


async def _make_ready(database: Database, url: URL) -> None:
    now = asyncio.get_running_loop().time
    patience_ends = now() + _WAIT_FOR_OTHERS_S
    while True:
        try:
            async with database.write(durable=True) as connection:
                await connection.run_sync(_check)
                await connection.run_sync(migrate, database.place)
            return
        except StateLocked:
            # SQLite does not wait its turn where two processes make one new file at the same time.
            if not (is_sqlite(url) and now() < patience_ends):
                raise
        await asyncio.sleep(_PAUSE_S)


def _check(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
        if found != "ok":
            raise SQLAlchemyError(f"the file is damaged: {found}")


def _engine(url: URL) -> AsyncEngine:
    try:
        return _sqlite_engine(url) if is_sqlite(url) else _postgres_engine(url)
    except ImportError as error:
        raise StateError(
            f"The driver of {url.drivername} is missing: install trichdan[postgres], "
            f"or take the driver out of {SETTING}."
        ) from error
    except SQLAlchemyError as error:
        raise StateError(
            f"{SETTING} names the driver {url.drivername}, which does not do: {error}."
        ) from error
    except OSError as error:
        raise StateError(
            f"The bot's state in {place_of(url)} cannot be written ({error.strerror}): "
            f"correct its permissions, or name another file in {SETTING}."
        ) from error


def _postgres_engine(url: URL) -> AsyncEngine:
    return create_async_engine(url, hide_parameters=True, pool_pre_ping=True)


def _sqlite_engine(url: URL) -> AsyncEngine:
    file = Path(str(url.database))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.open("ab").close()  # the system says why it cannot; SQLite does not
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=4,
        max_overflow=0,
        connect_args={"timeout": PATIENCE_S},
    )
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_up(connection: DBAPIConnection, _: object) -> None:
    try:
        with contextlib.closing(connection.cursor()) as cursor:
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
                cursor.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # nobody else does, and its thread would outlive the event loop
        raise


def _begin(connection: Connection) -> None:
    """A writer begins as one: a reader that becomes a writer would not wait for others but fail."""
    options = connection.get_execution_options()
    patience_ms = round(1000 * options.get("patience_s", PATIENCE_S))
    script = f"PRAGMA busy_timeout = {patience_ms}; "
    if options.get("durable") is None:
        script += "BEGIN"
    else:
        script += f"PRAGMA synchronous = {'FULL' if options['durable'] else 'NORMAL'}; BEGIN IMMEDIATE"
    adapted: Any = connection.connection.dbapi_connection
    try:
        # In one step: the driver passes each to a thread of its own, and answers wait for these.
        adapted.run_async(lambda driver: driver.executescript(script))
    except sqlite3.Error as error:
        raise OperationalError(script, None, error) from error
