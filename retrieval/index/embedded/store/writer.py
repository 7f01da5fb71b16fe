"""Writes the store of a new generation."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from retrieval.article import Article, Passage, Span
from retrieval.index.embedded.store.articles import ARTICLE, FILE, article_values
from retrieval.index.embedded.store.store import ArticlePlace, Store

_SCHEMA = """
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, title TEXT, date TEXT, source TEXT,
    author TEXT, url TEXT, path TEXT, lang TEXT, gaps TEXT NOT NULL, pages TEXT NOT NULL, digest TEXT NOT NULL,
    origin TEXT NOT NULL, removed TEXT NOT NULL, trusted INTEGER NOT NULL, story INTEGER
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
_OTHERS = f"{ARTICLE}, digest, origin, removed, trusted"


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
        self,
        article: Article,
        digest: str,
        passages: Sequence[Passage],
        *,
        origin: str | None = None,
        removed: Sequence[str] = (),
        trusted: bool = False,
    ) -> None:
        """One article with its passages, which get the next rows.

        `origin` is where it was found, `removed` are the lines that were furniture of its outlet.
        """
        marks = ",".join("?" * 16)
        self._db.execute(
            f"INSERT INTO article ({_OTHERS}, number) VALUES ({marks})",
            (
                *article_values(article),
                digest,
                origin or article.id,
                json.dumps(list(removed), ensure_ascii=False),
                trusted,
                self.articles,
            ),
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

    def take_over(self, articles: Span, rows: Span, moved: Mapping[int, ArticlePlace]) -> None:
        """The next articles are the neighbours `articles` of the store before, with their passages `rows`.

        Those whose numbers are in `moved` are found there now.
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
            "UPDATE article SET origin = ?, path = ? WHERE number = ?",
            [
                (*moved[number], number + self.articles - articles.start)
                for number in range(*articles)
                if number in moved
            ],
        )
        self.articles += articles.end - articles.start
        self.passages += rows.end - rows.start

    def tell_stories(self, stories: Iterable[tuple[int, int]]) -> None:
        """Articles by number, each with the number of the first that tells the same story."""
        self._db.executemany("UPDATE article SET story = ?2 WHERE number = ?1", stories)
