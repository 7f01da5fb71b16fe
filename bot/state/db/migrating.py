"""Brings the tables of a database to what this program knows."""

from pathlib import Path

from sqlalchemy import Connection, text

from bot.state.db.address import SETTING
from bot.state.db.errors import StateError

SCHEMA_TABLE = "trichdan_schema"
"""Holds the name of the last migration that was run."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_461_638_100_118  # any number that others are unlikely to lock in the same database


def migrate(connection: Connection, place: str) -> None:
    """Runs the migrations that are missing, in the transaction of `connection`, which others wait for.

    Raises:
        StateError: the database was made by a newer program.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    _lock(connection)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    known = {each.revision for each in script.walk_revisions()}
    found = MigrationContext.configure(
        connection, opts={"version_table": SCHEMA_TABLE}
    ).get_current_revision()
    if found is not None and found not in known:
        raise StateError(
            f"The bot's state in {place} was made by a newer version (schema {found}; this one knows "
            f"{script.get_current_head()}): update the program, or name another database in {SETTING}."
        )
    if found != script.get_current_head():
        command.upgrade(config, "head")


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite's writers take turns as it is
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
