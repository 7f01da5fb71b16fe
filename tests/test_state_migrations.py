"""A state of every earlier version is brought up to date: nothing that is to last is lost, and the tables are those of
a new one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from bot.state.db.errors import StateError
from bot.state.db.migrating import NEWEST, _config
from bot.state.state import State

REVISIONS = ("0001", "0002", "0003", "0004")
FORGOTTEN = {"conversations"}
"""Tables whose rows end anyway."""
VALUES = {"INTEGER": 7, "BIGINT": 7, "TEXT": '"kept"', "BOOLEAN": 1, "FLOAT": 0.5}


def state_of(revision: str, file: Path) -> None:
    """A state as the version of this migration left it, with a row in each table."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        command.upgrade(_config(connection), revision)
        for table, columns in tables(file, connection).items():
            named = ", ".join(columns)
            values = ", ".join(
                f"'{VALUES[kind]}'" if kind == "TEXT" else str(VALUES[kind]) for kind in columns.values()
            )
            connection.execute(text(f"INSERT INTO {table} ({named}) VALUES ({values})"))
    engine.dispose()


def tables(file: Path, connection: object = None) -> dict[str, dict[str, str]]:
    """The columns of each table, with their kinds."""
    ask = (
        "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' ORDER BY 1, 2"
    )
    if connection is None:
        with closing(sqlite3.connect(file)) as opened:
            rows = opened.execute(ask).fetchall()
    else:
        rows = connection.execute(text(ask)).fetchall()  # type: ignore[attr-defined]
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        if table != "trichdan_schema" and not table.startswith("sqlite_"):
            found.setdefault(table, {})[column] = kind
    return found


def held(file: Path) -> list[str]:
    """All that it holds."""
    with closing(sqlite3.connect(file)) as connection:
        return [*connection.iterdump()]


async def opened(file: Path) -> None:
    await (await State.open(file)).close()


def test_the_list_of_versions_is_whole(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as connection:
        scripts = ScriptDirectory.from_config(_config(connection)).walk_revisions()
        assert sorted(each.revision for each in scripts) == list(REVISIONS) and REVISIONS[-1] == NEWEST
    engine.dispose()


@pytest.mark.asyncio
@pytest.mark.parametrize("revision", REVISIONS)
async def test_nothing_that_lasts_is_lost_and_the_tables_are_those_of_a_new_state(
    tmp_path: Path, revision: str
) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    state_of(revision, old)
    before = tables(old)
    await opened(old)
    await opened(new)
    assert tables(old) == tables(new)
    with closing(sqlite3.connect(old)) as connection:
        for table in before.keys() - FORGOTTEN:
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
            assert len([row for row in rows if 7 in row or '"kept"' in row]) == 1, table
    await opened(old)  # again: nothing is left to do


@pytest.mark.asyncio
async def test_a_state_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    state_of(NEWEST, file := tmp_path / "state.db")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE trichdan_schema SET version_num = '9000'")
    before = held(file)
    with pytest.raises(StateError, match="newer version"):
        await State.open(file)
    assert held(file) == before
