"""Articles and passages of a generation in one read-only SQLite file.

Passages are numbered by row from 0, in the order of their vectors; the passages of one article are neighbours.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date as Date
from pathlib import Path
from typing import Any

from retrieval.article import Article, Passage, Span
from retrieval.errors import IndexDamaged

FILE = "store.sqlite"

_SCHEMA = """
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, title TEXT, date TEXT, source TEXT,
    author TEXT, url TEXT, path TEXT, lang TEXT, gaps TEXT NOT NULL, pages TEXT NOT NULL, digest TEXT NOT NULL,
    origin TEXT NOT NULL, story INTEGER
);
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES article, id TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, heading TEXT
);
"""
_INDEXES = """
CREATE INDEX article_origin ON article (origin);
CREATE INDEX article_story ON article (story) WHERE story IS NOT NULL;
CREATE INDEX passage_article ON passage (article);
"""
_ARTICLE = "id, text, title, date, source, author, url, path, lang, gaps, pages"
_OTHERS = _ARTICLE + ", digest, origin"
_BATCH = 500
_MOST_COPIES = 20


class StoreWriter:
    """Writes the store of a new generation; used as a context manager. It counts its `articles` and `passages`."""

    def __init__(self, folder: Path, before: "Store | None" = None) -> None:
        """`before` is the store that `take_over` takes from."""
        path = folder / FILE
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rwc", uri=True, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        if before:
            self._db.execute("ATTACH ? AS before", [before.uri])
        self._db.execute("BEGIN")
        self.articles = self.passages = 0

    def __enter__(self) -> "StoreWriter":
        return self

    def __exit__(self, *error: object) -> None:
        self._db.execute("COMMIT")
        self._db.executescript(_INDEXES)
        self._db.close()

    def add(
        self, article: Article, digest: str, passages: Sequence[Passage], origin: str | None = None
    ) -> None:
        """One article with its passages, which get the next rows; `origin` is where it was found."""
        marks = ",".join("?" * 14)
        self._db.execute(
            f"INSERT INTO article ({_OTHERS}, number) VALUES ({marks})",
            (*article_values(article), digest, origin or article.id, self.articles),
        )
        self._db.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)",
            [
                (self.passages + i, self.articles, p.id, p.start, p.end, p.heading)
                for i, p in enumerate(passages)
            ],
        )
        self.articles += 1
        self.passages += len(passages)

    def take_over(self, articles: Span, rows: Span, origins: Mapping[int, str]) -> None:
        """The next articles are the neighbours `articles` of the store before, with their passages `rows`.

        Those whose numbers are in `origins` were found there now.
        """
        self._db.execute(
            f"INSERT INTO article ({_OTHERS}, number) SELECT {_OTHERS}, number + ? FROM before.article"
            " WHERE number >= ? AND number < ?",
            (self.articles - articles.start, *articles),
        )
        self._db.execute(
            'INSERT INTO passage SELECT row + ?, article + ?, id, start, "end", heading FROM before.passage'
            " WHERE row >= ? AND row < ?",
            (self.passages - rows.start, self.articles - articles.start, *rows),
        )
        self._db.executemany(
            "UPDATE article SET origin = ? WHERE number = ?",
            [
                (origins[number], number + self.articles - articles.start)
                for number in range(*articles)
                if number in origins
            ],
        )
        self.articles += articles.end - articles.start
        self.passages += rows.end - rows.start

    def tell_stories(self, stories: Iterable[tuple[int, int]]) -> None:
        """Articles by number, each with the number of the first that tells the same story."""
        self._db.executemany("UPDATE article SET story = ?2 WHERE number = ?1", stories)


def article_values(article: Article) -> tuple[str | None, ...]:
    """Its fields as columns hold them."""
    written = article.date.isoformat() if article.date else None
    gaps, pages = json.dumps(article.gaps), json.dumps(article.pages)
    a = article
    return (a.id, a.text, a.title, written, a.source, a.author, a.url, a.path, a.lang, gaps, pages)


class Store:
    """Reads articles and passages by row or id; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(self.uri, uri=True, check_same_thread=False)
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
        return article_from(found[0]) if found else None

    def digests(self) -> dict[str, str]:
        """Article id -> digest of the source that it was made from."""
        return dict(self._query("SELECT id, digest FROM article"))

    def found_at(self, origin: str) -> tuple[int, str, str] | None:
        """Number, id and digest of the article that was found at `origin`."""
        found = self._query("SELECT number, id, digest FROM article WHERE origin = ?", [origin])
        return found[0] if found else None

    def known_as(self, article_id: str) -> tuple[int, str, str] | None:
        """Number, origin and digest of an article."""
        found = self._query("SELECT number, origin, digest FROM article WHERE id = ?", [article_id])
        return found[0] if found else None

    def numbered(self, number: int) -> Article:
        """The article with that number; articles are numbered from 0 in the order of their passages."""
        return article_from(self._query(f"SELECT {_ARTICLE} FROM article WHERE number = ?", [number])[0])

    def first_rows(self) -> Iterator[tuple[int, int]]:
        """Number and count of passages of each article, in order; an article without any is left out."""
        yield from self._query("SELECT article, count(*) FROM passage GROUP BY article ORDER BY article")

    def copies_of(self, article_id: str) -> list[Article]:
        """The other articles that tell the same story in the same words."""
        return [
            article_from(values)
            for values in self._query(
                f"SELECT {_ARTICLE} FROM article WHERE id != ?1 AND story = "
                "(SELECT story FROM article WHERE id = ?1) ORDER BY number LIMIT ?2",
                [article_id, _MOST_COPIES],
            )
        ]

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
            articles[number] = article_from(values)
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


def article_from(values: Sequence[Any]) -> Article:
    """The reverse of `article_values`."""
    article_id, text, title, written, source, author, url, path, lang, *offsets = values
    known = Date.fromisoformat(written) if written else None
    gaps, pages = (tuple(json.loads(each)) for each in offsets)
    return Article(article_id, text, title, known, source, author, url, path, lang, gaps, pages)


def _passage(article: Article, passage_id: str, start: int, end: int, heading: str | None) -> Passage:
    return Passage(passage_id, article.id, start, end, article.text[start:end], heading)
