"""A PostgreSQL server of the tests' own, from Debian's package, and fixtures that run a test on both databases.

A test module that names this one in `pytest_plugins` asks for `where`, the address of a new, empty database, or for
`state`, which is open there and goes by `clock`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
import pytest_asyncio

from bot.state.state import State

KINDS = ("sqlite", "postgresql")
_START_S = 60.0
_USER = "trichdan"
_QUICK = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=50")


class PostgresServer:
    """Listens in a folder of its own, on no port."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def address(self) -> str:
        """The address of an empty schema, which is as good as a database of its own and much quicker made."""
        import psycopg

        schema = f"test_{uuid4().hex}"
        with psycopg.connect(self._conninfo(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}".encode())
        place = f"postgresql://{_USER}@/postgres?host={quote(str(self._folder), safe='')}"
        return f"{place}&options={quote(f'-csearch_path={schema}')}"

    def wait(self) -> None:
        import psycopg

        give_up = time.monotonic() + _START_S
        while True:
            try:
                psycopg.connect(self._conninfo()).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > give_up:
                    raise
            time.sleep(0.05)

    def _conninfo(self) -> str:
        return f"host={self._folder} user={_USER} dbname=postgres"


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """A new server, which is gone afterwards; skips the test where PostgreSQL is not installed."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        pytest.skip("PostgreSQL is not installed (Debian's package postgresql has it)")
    folder = Path(tempfile.mkdtemp(prefix="trichdan-pg-"))
    try:
        with _server(binaries[-1], folder, _as_plain_user(folder)):
            server = PostgresServer(folder)
            server.wait()
            yield server
    finally:
        shutil.rmtree(folder)


@contextmanager
def _server(binaries: Path, folder: Path, plain: list[str]) -> Iterator[None]:
    data = ["-D", f"{folder}/data"]
    init = [f"{binaries}/initdb", *data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run([*plain, *init], cwd=folder, check=True, capture_output=True)
    options = [f"--{option}" for option in (*_QUICK, f"unix_socket_directories={folder}")]
    with (folder / "log").open("wb") as log:
        command = [*plain, f"{binaries}/postgres", *data, *options]
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def _as_plain_user(folder: Path) -> list[str]:
    """What precedes a command so that it does not run as root, which PostgreSQL refuses, nor outlive the tests."""
    command = ["setpriv", "--pdeathsig", "QUIT"]
    if os.geteuid() != 0:
        return command
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [*command, "--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(params=KINDS)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it: the test runs on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'folder' / 'state.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.address()


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def state(where: str, clock: Clock) -> AsyncIterator[State]:
    opened = await State.open(where, clock=clock)
    yield opened
    await opened.close()
