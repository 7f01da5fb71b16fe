"""The SQLite file of the embedding cache: what cannot be used is passed over, what is damaged starts anew."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT_FOR_OTHERS_S = 30.0
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SCHEMA = """
    CREATE TABLE IF NOT EXISTS embeddings (
        model TEXT NOT NULL, text_sha256 BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, text_sha256)
    )
"""

_log = logging.getLogger(__name__)


class _Connected(threading.local):
    """A connection belongs to the thread that made it."""

    connection: sqlite3.Connection | None = None
    held = False


class CacheFile:
    """One table, `embeddings`. Threads and processes may share the file."""

    def __init__(self, path: Path) -> None:
        """The file at `path` and its folder are made when they are first used."""
        self._path = path
        self._mine = _Connected()

    def exists(self) -> bool:
        return self._path.exists()

    @contextmanager
    def held_open(self) -> Iterator[None]:
        """Until the end, what this thread does shares one connection."""
        self._mine.held = True
        try:
            yield
        finally:
            self._mine.held = False
            self._close()

    def use(self, action: Callable[[sqlite3.Connection], None]) -> None:
        """Run `action` in a transaction; on a damaged file once more with a new one. What cannot be is a warning."""
        try:
            try:
                self._run(action)
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorcode", None) not in _DAMAGED:
                    raise
                self._set_aside(error)
                self._run(action)
        except (sqlite3.Error, OSError) as error:
            _log.warning(
                "The embedding cache %s cannot be used (%s); embedding without it.", self._path, error
            )

    def _run(self, action: Callable[[sqlite3.Connection], None]) -> None:
        done = False
        try:
            with self._connection() as connection:
                connection.execute(_SCHEMA)
                action(connection)
            done = True
        finally:
            if not (done and self._mine.held):
                self._close()

    def _connection(self) -> sqlite3.Connection:
        if self._mine.connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._mine.connection = sqlite3.connect(self._path, timeout=_WAIT_FOR_OTHERS_S)
            self._mine.connection.execute("PRAGMA journal_mode=WAL")
            self._mine.connection.execute("PRAGMA synchronous=NORMAL")
        return self._mine.connection

    def _close(self) -> None:
        if self._mine.connection is not None:
            self._mine.connection.close()
            self._mine.connection = None

    def _set_aside(self, error: Exception) -> None:
        aside = self._path.with_name(f"{self._path.name}.damaged-{time.time_ns()}")
        _log.warning("The embedding cache is damaged (%s); moved to %s, starting anew.", error, aside)
        self._path.rename(aside)
        for suffix in ("-wal", "-shm"):  # they belong to the damaged file and would spoil the new one
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
