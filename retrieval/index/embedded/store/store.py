"""Articles and passages of a generation in one read-only SQLite file.

Passages are numbered by row from 0, in the order of their vectors; the passages of one article are neighbours.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from retrieval.article import Article, Passage
from retrieval.index.embedded.store.articles import ARTICLE, StoredArticles, article_from
from retrieval.index.protocol import Stored

_KNOWN = "SELECT number, id, origin, digest, path FROM article"
_BATCH = 500


def is_utf8(text: str) -> bool:
    """Whether a text can be stored: names of files may hold bytes that stand for no character."""
    return text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text)


class ArticlePlace(NamedTuple):
    """Where an article is found: its id unless the content gives another, and its file."""

    origin: str
    path: str | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """What tells whether an article is still the same."""

    number: int
    id: str
    origin: str
    digest: str
    path: str | None


class Store(StoredArticles):
    """Reads passages by row as well, and what tells a reindexing whether an article is still the same."""

    def digests(self) -> dict[str, str]:
        """Article id -> digest of the source that it was made from."""
        return dict(self._query("SELECT id, digest FROM article"))

    def known(self) -> Iterator[Known]:
        """What tells of each article whether it is still the same, in order."""
        for first in range(0, self.articles, _BATCH):
            yield from map(
                _known,
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
        return _known(found[0]) if found else None

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

    def rows_of(self, article_id: str) -> range:
        """The rows of an article's passages."""
        if not is_utf8(article_id):
            return range(0)
        ((first, last),) = self._query(
            "SELECT min(row), max(row) FROM passage WHERE article = (SELECT number FROM article WHERE id = ?)",
            [article_id],
        )
        return range(0) if first is None else range(first, last + 1)

    def at(self, rows: Iterable[int]) -> Stored:
        """The passages at `rows`, each with its article."""
        wanted = [int(row) for row in rows]
        articles: dict[int, Article] = {}
        found: dict[int, tuple[Passage, Article]] = {}
        for begin in range(0, len(wanted), _BATCH):
            found |= self._some(wanted[begin : begin + _BATCH], articles)
        return found

    def _some(self, rows: Sequence[int], articles: dict[int, Article]) -> Stored:
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
        found: dict[int, str | None] = {}
        for begin in range(0, len(wanted), _BATCH):
            some = wanted[begin : begin + _BATCH]
            found |= self._query(
                "SELECT row, lang FROM passage JOIN article ON article.number = passage.article"
                f" WHERE row IN ({','.join('?' * len(some))})",
                some,
            )
        return found


def _known(values: Sequence[Any]) -> Known:
    number, article_id, origin, digest, path = values
    return Known(number=number, id=article_id, origin=origin, digest=digest, path=path)


def _passage(article: Article, passage_id: str, start: int, end: int, heading: str | None) -> Passage:
    return Passage(passage_id, article.id, start, end, article.text[start:end], heading)
