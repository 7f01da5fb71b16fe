"""The state's file as a whole: a copy while the bot runs, and whether somebody has it open."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.state.db.address import address_of, is_sqlite
from bot.state.db.database import PATIENCE_S
from bot.state.db.errors import StateError


def file_of(where: str | Path) -> Path | None:
    """The SQLite file of the state at `where`, whether it is there or not; None where a server holds the state.

    Raises:
        StateError: `where` is no address.
    """
    url = address_of(where)
    return Path(str(url.database)) if is_sqlite(url) else None


def copy_file(file: Path, target: Path) -> None:
    """Writes what the state holds at this moment into a new file; the bot goes on meanwhile.

    Raises:
        StateError: it cannot be read, or is damaged.
    """
    try:
        with (
            closing(sqlite3.connect(file, timeout=PATIENCE_S)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, all of it
            (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise StateError(
            f"The bot's state in {file} cannot be copied ({error}): see `trichdan doctor`."
        ) from error
    if found != "ok":
        raise StateError(f"The bot's state in {file} is damaged ({found}): restore an earlier backup.")


def is_open(file: Path) -> bool:
    """Whether a process has the state open, which a running bot always has."""
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(file, timeout=0)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:
        return False  # damaged: nothing serves from it
    return False
