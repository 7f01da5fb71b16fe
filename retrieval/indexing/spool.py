"""Articles that were read and wait on disk, so that all are seen before the first is taken apart."""

import json
import sqlite3
from pathlib import Path
from typing import NamedTuple

from retrieval.article import Article
from retrieval.index.embedded.store.articles import article_from, article_values
from retrieval.sources.model import Sourced

FILE = "spool.sqlite"


class Spooled(NamedTuple):
    """An article with its digest, where it was found, and whether its text is trusted to be clean."""

    article: Article
    digest: str
    origin: str
    trusted: bool


class Spool:
    """Numbers what it is given from 0; used as a context manager, at whose end everything is forgotten."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE spooled (number INTEGER PRIMARY KEY, article TEXT, digest TEXT, origin TEXT,"
            " trusted INTEGER);"
            "BEGIN"
        )
        self._count = 0

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *error: object) -> None:
        self._db.close()
        self._path.unlink()

    def add(self, sourced: Sourced, origin: str) -> int:
        """Its number; raises UnicodeEncodeError when something in it is not UTF-8."""
        values = json.dumps(article_values(sourced.article), ensure_ascii=False)
        self._db.execute(
            "INSERT INTO spooled VALUES (?, ?, ?, ?, ?)",
            (self._count, values, sourced.digest, origin, sourced.trusted),
        )
        self._count += 1
        return self._count - 1

    def read(self, number: int) -> Spooled:
        values, digest, origin, trusted = self._db.execute(
            "SELECT article, digest, origin, trusted FROM spooled WHERE number = ?", [number]
        ).fetchone()
        return Spooled(article_from(json.loads(values)), digest, origin, bool(trusted))
