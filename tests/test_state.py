"""The state is made, found again, brought up to date, or refused with a sentence."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.state.db import migrating
from bot.state.db.errors import StateError
from bot.state.db.migrating import SCHEMA_TABLE
from bot.state.db.opening import open_database
from bot.state.db.schema import metadata
from bot.state.journal import Arrival
from bot.state.state import State

pytest_plugins = ("postgres_server",)
pytestmark = pytest.mark.asyncio

_OPENS = """
import asyncio, sys
from bot.state.journal import Arrival
from bot.state.state import State

async def main():
    state = await State.open(sys.argv[1])
    news = await state.journal.arrived([Arrival(7, 1, "")])
    print(len(news), state.people.name(1))
    await state.close()

sys.stdin.read(1)
asyncio.run(main())
"""


async def execute(where: str, statement: str) -> None:
    database = await open_database(where)
    async with database.write() as connection:
        await connection.execute(text(statement))
    await database.close()


async def refusal(where: str | Path) -> str:
    with pytest.raises(StateError) as caught:
        await State.open(where)
    message = str(caught.value)
    assert message.count("\n") == 0 and message.endswith(".") and len(message) < 400
    return message


async def test_what_was_kept_is_there_when_the_state_is_opened_again(where: str) -> None:
    first = await State.open(where)
    await first.preferences.set_language(1, "ru")
    name = first.people.name(1)
    await first.close()
    second = await State.open(where)
    assert await second.preferences.language(1) == "ru"
    assert second.people.name(1) == name
    await second.close()


async def test_a_path_is_the_file_with_its_folders(tmp_path: Path) -> None:
    file = tmp_path / "100% new?#" / "data" / "state.db"
    state = await State.open(file)
    await state.close()
    assert file.is_file()


async def test_the_migrations_make_the_tables_that_the_program_knows(where: str) -> None:
    def differences(connection: Connection) -> list[object]:
        found = MigrationContext.configure(connection, opts={"version_table": SCHEMA_TABLE})
        return list(compare_metadata(found, metadata))

    database = await open_database(where)
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_the_newest_migration_is_the_one_that_is_said_to_be() -> None:
    script = ScriptDirectory(str(Path(migrating.__file__).parent / "migrations"))
    assert script.get_current_head() == migrating.NEWEST


async def test_a_schema_of_a_newer_program_is_refused_and_left_alone(where: str) -> None:
    await execute(where, f"UPDATE {SCHEMA_TABLE} SET version_num = '9999'")
    message = await refusal(where)
    assert "9999" in message and "update the program" in message and "TRICHDAN_STATE_URL" in message
    assert await refusal(where) == message


async def test_foreign_tables_of_the_same_names_are_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE answers (mine TEXT)")
        other.execute("INSERT INTO answers VALUES ('x')")
    assert "already exists" in await refusal(file)
    with sqlite3.connect(file) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("answers",)]


@pytest.mark.parametrize("size", [100, 5000])
async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, size: int) -> None:
    file = tmp_path / "state.db"
    file.write_bytes(b"no database " * size)
    message = await refusal(file)
    assert str(file) in message and "not a database" in message
    assert file.read_bytes() == b"no database " * size


async def test_a_file_that_was_damaged_in_the_middle_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    state = await State.open(file)
    await state.journal.arrived([Arrival(1, 1, "x" * 50_000)])
    await state.close()
    content = file.read_bytes()
    sound = len(content) - 20_000  # the long text is at the end: nothing else would notice
    file.write_bytes(content[:sound] + b"\xff" * 20_000)
    message = await refusal(file)
    assert str(file) in message and "move it away" in message


async def test_a_file_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "TRICHDAN_STATE_URL" in await refusal(tmp_path / "file" / "state.db")
    assert "cannot be written (Is a directory)" in await refusal(tmp_path)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("nonsense", "no address"),
        ("postgresql://u:hidden@h:port/d", "no address"),
        ("mysql://u:hidden@h/d", "mysql"),
        ("sqlite://", "no file"),
        ("sqlite:///:memory:", "no file"),
        ("postgresql+nodriver://u:hidden@h/d", "nodriver"),
        ("postgresql://u:hidden@127.0.0.1:1/d", "PostgreSQL database d on 127.0.0.1"),
    ],
)
async def test_an_address_that_does_not_do_is_a_sentence_without_its_password(
    address: str, found: str
) -> None:
    message = await refusal(address)
    assert found in message and "hidden" not in message


async def test_a_lost_server_is_a_sentence_at_use() -> None:
    from postgres_server import running_postgres

    with running_postgres() as server:
        state = await State.open(server.address())
    with pytest.raises(StateError, match="make sure that the server runs"):
        await state.preferences.language(1)
    await state.close()


async def test_processes_that_make_one_new_state_together_all_get_it(where: str) -> None:
    """Each takes down the same update: it is news to one of them. All have one key."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", _OPENS, where]
    pipe = subprocess.PIPE
    processes = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) for _ in range(4)
    ]
    for process in processes:
        assert process.stdin
        process.stdin.close()
    said = []
    for process in processes:
        with process:
            assert process.stdout
            said.append(process.stdout.read().split())
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    assert sorted(news for news, _ in said) == ["0", "0", "0", "1"]
    assert len({name for _, name in said}) == 1


async def test_a_new_state_that_is_opened_many_times_at_once_is_one(where: str) -> None:
    states = await asyncio.gather(*(State.open(where) for _ in range(6)))
    assert len({state.people.name(1) for state in states}) == 1
    for state in states:
        await state.close()


async def test_a_file_that_another_reads_just_now_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("CREATE TABLE theirs (x)")
        other.execute("BEGIN")
        other.execute("SELECT * FROM theirs").fetchall()
        opening = asyncio.create_task(State.open(file))
        await asyncio.wait([opening], timeout=0.5)
        other.execute("COMMIT")
        state = await opening
    await state.close()


async def test_who_reads_before_writing_waits_for_others_who_write(where: str) -> None:
    """As a vote does. Each of two has read before the other has written."""
    databases = [await open_database(where) for _ in range(2)]

    async def read_and_write(user: int) -> None:
        async with databases[user].write() as connection:
            await connection.execute(text("SELECT count(*) FROM preferences"))
            await asyncio.sleep(0.05)
            await connection.execute(text(f"INSERT INTO preferences VALUES ({user}, 'vi')"))

    await asyncio.gather(read_and_write(0), read_and_write(1))
    async with databases[0].read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM preferences"))).scalar() == 2
    for database in databases:
        await database.close()


async def test_many_who_write_at_once_all_get_their_turn(where: str) -> None:
    state, other = await State.open(where), await State.open(where)
    users = range(100)
    await asyncio.gather(
        *((state, other)[user % 2].preferences.set_language(user, f"l{user}") for user in users)
    )
    found = await asyncio.gather(*(state.preferences.language(user) for user in users))
    assert found == [f"l{user}" for user in users]
    await state.close()
    await other.close()


async def test_what_was_broken_off_leaves_nothing_half_done(where: str) -> None:
    database = await open_database(where)
    with pytest.raises(ZeroDivisionError):
        async with database.write() as connection:
            await connection.execute(text("INSERT INTO preferences VALUES (1, 'vi')"))
            raise ZeroDivisionError
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM preferences"))).scalar() == 0
    await database.close()


async def test_a_caller_that_gives_up_holds_up_nobody(where: str) -> None:
    state = await State.open(where)
    given_up = [asyncio.create_task(state.preferences.set_language(user, "vi")) for user in range(20)]
    for turns, task in enumerate(given_up):
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
    await asyncio.gather(*given_up, return_exceptions=True)
    await state.preferences.set_language(1, "en")
    assert await state.preferences.language(1) == "en"
    await state.close()
