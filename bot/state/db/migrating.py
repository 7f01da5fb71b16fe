"""Brings the tables of a database to what this program knows."""

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table, text

from bot.state.db.address import SETTING
from bot.state.db.errors import StateError

SCHEMA_TABLE = "trichdan_schema"
"""Holds the name of the last migration that was run."""
NEWEST = "0002"
"""The last migration that this program knows."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_461_638_100_118  # any number that others are unlikely to lock in the same database


def migrate(connection: Connection, place: str) -> None:
    """Runs the migrations that are missing, in the transaction of `connection`, which others wait for.

    Raises:
        StateError: the database was made by a newer program.
    """
    _lock(connection)
    found = _found(connection)
    if found == NEWEST:
        return
    from alembic import command  # half a second that a state which is up to date has no use for
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StateError(
            f"The bot's state in {place} was made by a newer version (schema {found}; this one knows "
            f"{NEWEST}): update the program, or name another database in {SETTING}."
        )
    command.upgrade(config, "head")


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite's writers take turns as it is
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _found(connection: Connection) -> str | None:
    """The last migration that was run; None in a new database."""
    if not inspect(connection).has_table(SCHEMA_TABLE):
        return None
    return connection.execute(select(column("version_num")).select_from(table(SCHEMA_TABLE))).scalar()
