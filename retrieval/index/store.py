"""Articles and passages of a generation in one read-only SQLite file.

Passages are numbered by row from 0, in the order of their vectors; the passages of one article are neighbours.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date as Date
from pathlib import Path
from typing import Any

from retrieval.article import Article, Passage
from retrieval.errors import IndexDamaged

FILE = "store.sqlite"

_SCHEMA = """
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, title TEXT, date TEXT, source TEXT,
    author TEXT, url TEXT, path TEXT, lang TEXT, gaps TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article, id TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, heading TEXT
);
CREATE INDEX passage_article ON passage (article);
"""
_ARTICLE = "id, text, title, date, source, author, url, path, lang, gaps"
_BATCH = 500


class StoreWriter:
    """Writes the store of a new generation; used as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / FILE)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        self._articles = self._passages = 0

    def __enter__(self) -> "StoreWriter":
        return self

    def __exit__(self, *error: object) -> None:
        self._db.commit()
        self._db.close()

    def add(self, article: Article, digest: str, passages: Sequence[Passage]) -> None:
        """One article with its passages, which get the next rows."""
        self._db.execute(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._articles, *_article_values(article), digest),
        )
        self._db.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)",
            [
                (self._passages + i, self._articles, p.id, p.start, p.end, p.heading)
                for i, p in enumerate(passages)
            ],
        )
        self._articles += 1
        self._passages += len(passages)


def _article_values(article: Article) -> tuple[Any, ...]:
    written = article.date.isoformat() if article.date else None
    gaps = json.dumps(article.gaps)
    a = article
    return (a.id, a.text, a.title, written, a.source, a.author, a.url, a.path, a.lang, gaps)


class Store:
    """Reads articles and passages by row or id; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self.articles = int(self._query("SELECT count(*) FROM article")[0][0])
            self.passages = int(self._query("SELECT count(*) FROM passage")[0][0])
        except sqlite3.Error as error:
            raise IndexDamaged(
                f"The article store {path} cannot be read: run `trichdan reindex` to make a new one."
            ) from error

    @classmethod
    def load(cls, folder: Path) -> "Store":
        return cls(folder / FILE)

    def close(self) -> None:
        self._db.close()

    def article(self, article_id: str) -> Article | None:
        found = self._query(f"SELECT {_ARTICLE} FROM article WHERE id = ?", [article_id])
        return _article(found[0]) if found else None

    def digests(self) -> dict[str, str]:
        """Article id -> digest of the source that it was made from."""
        return dict(self._query("SELECT id, digest FROM article"))

    def at(self, rows: Iterable[int]) -> dict[int, tuple[Passage, Article]]:
        """The passages at `rows`, each with its article."""
        wanted = [int(row) for row in rows]
        articles: dict[int, Article] = {}
        found: dict[int, tuple[Passage, Article]] = {}
        for begin in range(0, len(wanted), _BATCH):
            found |= self._some(wanted[begin : begin + _BATCH], articles)
        return found

    def _some(
        self, rows: Sequence[int], articles: dict[int, Article]
    ) -> Mapping[int, tuple[Passage, Article]]:
        marks = ",".join("?" * len(rows))
        listed = self._query(
            f'SELECT row, article, id, start, "end", heading FROM passage WHERE row IN ({marks})', rows
        )
        missing = {number for _, number, *_ in listed} - articles.keys()
        marks = ",".join("?" * len(missing))
        for number, *values in self._query(
            f"SELECT number, {_ARTICLE} FROM article WHERE number IN ({marks})", [*missing]
        ):
            articles[number] = _article(values)
        return {row: (_passage(articles[number], *rest), articles[number]) for row, number, *rest in listed}

    def languages(self, rows: Iterable[int]) -> dict[int, str | None]:
        """The language of the article of each row."""
        wanted = [int(row) for row in rows]
        marks = ",".join("?" * len(wanted))
        return dict(
            self._query(
                "SELECT row, lang FROM passage JOIN article ON article.number = passage.article"
                f" WHERE row IN ({marks})",
                wanted,
            )
        )

    def dates(self) -> tuple[Date | None, Date | None]:
        """The dates of the oldest and the newest article that have one."""
        ((oldest, newest),) = self._query("SELECT min(date), max(date) FROM article")
        return (Date.fromisoformat(oldest), Date.fromisoformat(newest)) if oldest else (None, None)

    def _query(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock, closing(self._db.execute(sql, values)) as cursor:
            return cursor.fetchall()


def _article(values: Sequence[Any]) -> Article:
    article_id, text, title, written, source, author, url, path, lang, gaps = values
    known = Date.fromisoformat(written) if written else None
    return Article(article_id, text, title, known, source, author, url, path, lang, tuple(json.loads(gaps)))


def _passage(article: Article, passage_id: str, start: int, end: int, heading: str | None) -> Passage:
    return Passage(passage_id, article.id, start, end, article.text[start:end], heading)
