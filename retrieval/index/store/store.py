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
from typing import Any, NamedTuple

from retrieval.article import Article, Passage, article_key
from retrieval.errors import IndexDamaged
from retrieval.recent import Remembered

FILE = "store.sqlite"

ARTICLE = "id, text, title, date, source, author, url, path, lang, gaps, pages"
_KNOWN = "SELECT number, id, origin, digest, path FROM article"
_BATCH = 500
_MOST_COPIES = 20
_OPENING = 200
_REMEMBERED = 64
"""Articles kept in memory: one answer reads those that it shows several times, to check and to render them."""


def is_utf8(text: str) -> bool:
    """Whether a text can be stored: names of files may hold bytes that stand for no character."""
    return text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text)


def article_values(article: Article) -> tuple[str | None, ...]:
    """Its fields as columns hold them."""
    written = article.date.isoformat() if article.date else None
    gaps, pages = json.dumps(article.gaps), json.dumps(article.pages)
    a = article
    return (a.id, a.text, a.title, written, a.source, a.author, a.url, a.path, a.lang, gaps, pages)


class Place(NamedTuple):
    """Where an article is found: its id unless the content gives another, and its file."""

    origin: str
    path: str | None


class Known(NamedTuple):
    """What tells whether an article is still the same."""

    number: int
    id: str
    origin: str
    digest: str
    path: str | None


class Listed(NamedTuple):
    """An article in a list; `opening` is the beginning of its text."""

    id: str
    title: str | None
    date: Date | None
    source: str | None
    opening: str


class Store:
    """Reads articles and passages by row or id; safe to use from several threads."""

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
    def load(cls, folder: Path) -> "Store":
        return cls(folder / FILE)

    def close(self) -> None:
        self._db.close()

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id, lambda: self._article(article_id))[0]

    def _article(self, article_id: str) -> Article | None:
        found = self._query(f"SELECT {ARTICLE} FROM article WHERE id = ?", [article_id])
        return article_from(found[0]) if found else None

    def with_key(self, key: bytes) -> Article | None:
        """The article of that `article_key`; looks through all ids, a tenth of a second for 125,000."""
        ids = (article_id for (article_id,) in self._query("SELECT id FROM article"))
        found = next((article_id for article_id in ids if article_key(article_id) == key), None)
        return self.article(found) if found is not None else None

    def bounds(self, article_id: str) -> tuple[frozenset[int], frozenset[int]]:
        """Where the passages of an article begin, and where they end."""
        rows = self._query(
            'SELECT start, "end" FROM passage JOIN article ON article.number = passage.article'
            " WHERE article.id = ?",
            [article_id],
        )
        return frozenset(start for start, _ in rows), frozenset(end for _, end in rows)

    def listed(self, first: int, count: int) -> list[Listed]:
        """`count` articles from the `first` on (from 0), the newest first, the undated last, by id within a day."""
        rows = self._query(
            "SELECT id, title, date, source, substr(text, 1, ?) FROM article"
            " ORDER BY date IS NULL, date DESC, id LIMIT ? OFFSET ?",
            [_OPENING, count, first],
        )
        return [
            Listed(article_id, title, Date.fromisoformat(date) if date else None, source, opening)
            for article_id, title, date, source, opening in rows
        ]

    def sources(self) -> dict[str | None, int]:
        """How many articles each source has, the largest first; those without a source under None."""
        return dict(
            self._query("SELECT source, count(*) FROM article GROUP BY source ORDER BY count(*) DESC, source")
        )

    def digests(self) -> dict[str, str]:
        """Article id -> digest of the source that it was made from."""
        return dict(self._query("SELECT id, digest FROM article"))

    def known(self) -> Iterator[Known]:
        """What tells of each article whether it is still the same, in order."""
        for first in range(0, self.articles, _BATCH):
            yield from map(
                Known._make,
                self._query(
                    f"{_KNOWN} WHERE number >= ? AND number < ? ORDER BY number", [first, first + _BATCH]
                ),
            )

    def found_at(self, origin: str) -> Known | None:
        """The article that was found at `origin`."""
        return self._known("origin", origin)

    def known_as(self, article_id: str) -> Known | None:
        """The article with that id."""
        return self._known("id", article_id)

    def _known(self, column: str, value: str) -> Known | None:
        if not is_utf8(value):
            return None  # the name of a file may be any bytes
        found = self._query(f"{_KNOWN} WHERE {column} = ?", [value])
        return Known(*found[0]) if found else None

    def counted(self, number: int) -> tuple[Article, list[str], bool]:
        """An article, the lines that were furniture of its outlet, and whether its text is trusted."""
        removed, trusted = self._query("SELECT removed, trusted FROM article WHERE number = ?", [number])[0]
        return self.numbered(number), json.loads(removed), bool(trusted)

    def numbered(self, number: int) -> Article:
        """The article with that number; articles are numbered from 0 in the order of their passages."""
        return article_from(self._query(f"SELECT {ARTICLE} FROM article WHERE number = ?", [number])[0])

    def first_rows(self) -> Iterator[tuple[int, int]]:
        """Number and count of passages of each article, in order; an article without any is left out."""
        yield from self._query("SELECT article, count(*) FROM passage GROUP BY article ORDER BY article")

    def copies_of(self, article_id: str) -> list[Article]:
        """The other articles that tell the same story in the same words."""
        return [
            article_from(values)
            for values in self._query(
                f"SELECT {ARTICLE} FROM article WHERE id != ?1 AND story = "
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
            f"SELECT number, {ARTICLE} FROM article WHERE number IN ({marks})", [*missing]
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

    def dated(self) -> int:
        """How many articles have a date."""
        return int(self._query("SELECT count(date) FROM article")[0][0])

    def dates(self) -> tuple[Date | None, Date | None]:
        """The dates of the oldest and the newest article that have one."""
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


def article_from(values: Sequence[Any]) -> Article:
    """The reverse of `article_values`."""
    article_id, text, title, written, source, author, url, path, lang, *offsets = values
    known = Date.fromisoformat(written) if written else None
    gaps, pages = (() if each == "[]" else tuple(json.loads(each)) for each in offsets)
    return Article(article_id, text, title, known, source, author, url, path, lang, gaps, pages)


def _passage(article: Article, passage_id: str, start: int, end: int, heading: str | None) -> Passage:
    return Passage(passage_id, article.id, start, end, article.text[start:end], heading)
