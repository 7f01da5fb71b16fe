"""Brings the tables of a database to what this program knows."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, inspect, select, table, text

from bot.state.db.address import SETTING
from bot.state.db.errors import StateError

if TYPE_CHECKING:
    from alembic.config import Config

SCHEMA_TABLE = "trichdan_schema"
"""Holds the name of the last migration that was run."""
NEWEST = "0004"
"""The last migration that this program knows."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_461_638_100_118  # any number that others are unlikely to lock in the same database


def migrate(connection: Connection, place: str) -> None:
    """Runs the migrations that are missing, in the transaction of `connection`, which others wait for.

    Raises:
        StateError: the database was made by a newer program.
    """
    _lock(connection)
    if _found(connection) == NEWEST:
        return
    check_known(connection, place)
    from alembic import command  # half a second that a state which is up to date has no use for

    command.upgrade(_config(connection), "head")


def check_known(connection: Connection, place: str) -> None:
    """Raises StateError where the database was made by a newer program."""
    found = _found(connection)
    if found in (None, NEWEST):
        return
    from alembic.script import ScriptDirectory

    known = {each.revision for each in ScriptDirectory.from_config(_config(connection)).walk_revisions()}
    if found not in known:
        raise StateError(
            f"The bot's state in {place} was made by a newer version (schema {found}; this one knows "
            f"{NEWEST}): update the program, or name another database in {SETTING}."
        )


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite's writers take turns as it is
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _found(connection: Connection) -> str | None:
    """The last migration that was run; None in a new database."""
    if not inspect(connection).has_table(SCHEMA_TABLE):
        return None
    return connection.execute(select(column("version_num")).select_from(table(SCHEMA_TABLE))).scalar()
