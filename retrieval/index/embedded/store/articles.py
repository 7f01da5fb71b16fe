"""Articles of a generation in a read-only SQLite file, as people browse and cite them."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date as Date
from pathlib import Path
from typing import Any, Self

from retrieval.article import Article, article_key
from retrieval.errors import IndexDamaged
from retrieval.index.catalogue import Listed
from retrieval.recent import Remembered
from retrieval.text.near_copies import is_same_story, word_pairs

FILE = "store.sqlite"

ARTICLE = "id, text, title, date, source, author, url, path, lang, gaps, pages"
_MOST_COPIES = 20
_OPENING = 200
_REMEMBERED = 64
"""Articles kept in memory: one answer reads those that it shows several times, to check and to render them."""
_SHORTEST, _LONGEST = 20, 100
"""Characters of a title that tells what an article is about and fits on two lines of a phone."""
_TITLES = 200
"""Newest titles looked at: many may tell the same few stories."""


def article_values(article: Article) -> tuple[str | None, ...]:
    """Its fields as columns hold them."""
    written = article.date.isoformat() if article.date else None
    gaps, pages = json.dumps(article.gaps), json.dumps(article.pages)
    a = article
    return (a.id, a.text, a.title, written, a.source, a.author, a.url, a.path, a.lang, gaps, pages)


def article_from(values: Sequence[Any]) -> Article:
    """The reverse of `article_values`."""
    article_id, text, title, written, source, author, url, path, lang, *offsets = values
    known = Date.fromisoformat(written) if written else None
    gaps, pages = (() if each == "[]" else tuple(json.loads(each)) for each in offsets)
    return Article(article_id, text, title, known, source, author, url, path, lang, gaps, pages)


class StoredArticles:
    """A `Catalogue`; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._articles: Remembered[str, Article | None] = Remembered(_REMEMBERED)
        self.uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(self.uri, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._damaged() from error
        self.articles = int(self._query("SELECT count(*) FROM article")[0][0])
        self.passages = int(self._query("SELECT count(*) FROM passage")[0][0])

    @classmethod
    def load(cls, folder: Path) -> Self:
        return cls(folder / FILE)

    def close(self) -> None:
        self._db.close()

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id, lambda: self._article(article_id))[0]

    def _article(self, article_id: str) -> Article | None:
        found = self._query(f"SELECT {ARTICLE} FROM article WHERE id = ?", [article_id])
        return article_from(found[0]) if found else None

    def by_key(self, key: bytes) -> Article | None:
        """Looks through all ids, a tenth of a second for 125,000."""
        ids = (article_id for (article_id,) in self._query("SELECT id FROM article"))
        found = next((article_id for article_id in ids if article_key(article_id) == key), None)
        return self.article(found) if found is not None else None

    def bounds(self, article_id: str) -> tuple[frozenset[int], frozenset[int]]:
        rows = self._query(
            'SELECT start, "end" FROM passage JOIN article ON article.number = passage.article'
            " WHERE article.id = ?",
            [article_id],
        )
        return frozenset(start for start, _ in rows), frozenset(end for _, end in rows)

    def copies_of(self, article_id: str) -> list[Article]:
        return [
            article_from(values)
            for values in self._query(
                f"SELECT {ARTICLE} FROM article WHERE id != ?1 AND story = "
                "(SELECT story FROM article WHERE id = ?1) ORDER BY number LIMIT ?2",
                [article_id, _MOST_COPIES],
            )
        ]

    def listed(self, first: int, count: int) -> list[Listed]:
        rows = self._query(
            "SELECT id, title, date, source, substr(text, 1, ?), url FROM article"
            " ORDER BY date IS NULL, date DESC, id LIMIT ? OFFSET ?",
            [_OPENING, count, first],
        )
        return [
            Listed(
                id=article_id,
                title=title,
                date=Date.fromisoformat(date) if date else None,
                source=source,
                opening=opening,
                url=url,
            )
            for article_id, title, date, source, opening, url in rows
        ]

    def newest(self) -> Article | None:
        found = self._query(
            "SELECT id FROM article WHERE date IS NOT NULL ORDER BY date DESC, number LIMIT 1"
        )
        return self.article(found[0][0]) if found else None

    def topics(self, count: int) -> list[str]:
        chosen: list[str] = []
        told: set[str] = set()
        for article_id, title in self._newest_titles():
            if len(chosen) >= count:
                break
            pairs = word_pairs(title)
            if article_id in told or any(is_same_story(pairs, word_pairs(other)) for other in chosen):
                continue
            chosen.append(title)
            told |= {copy.id for copy in self.copies_of(article_id)}
        return chosen

    def _newest_titles(self) -> Iterator[tuple[str, str]]:
        """Ids and titles of a decent length, the newest first, the undated last."""
        yield from self._query(
            "SELECT id, title FROM article WHERE length(title) BETWEEN ? AND ?"
            " ORDER BY date IS NULL, date DESC, number LIMIT ?",
            [_SHORTEST, _LONGEST, _TITLES],
        )

    def sources(self) -> dict[str | None, int]:
        return dict(
            self._query("SELECT source, count(*) FROM article GROUP BY source ORDER BY count(*) DESC, source")
        )

    def dated(self) -> int:
        return int(self._query("SELECT count(date) FROM article")[0][0])

    def dates(self) -> tuple[Date | None, Date | None]:
        ((oldest, newest),) = self._query("SELECT min(date), max(date) FROM article")
        return (Date.fromisoformat(oldest), Date.fromisoformat(newest)) if oldest else (None, None)

    def _query(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        try:
            with self._lock, closing(self._db.execute(sql, values)) as cursor:
                return cursor.fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged() from error

    def _damaged(self) -> IndexDamaged:
        return IndexDamaged(
            f"The article store {self._path} cannot be read: run `trichdan reindex` to make a new one."
        )
