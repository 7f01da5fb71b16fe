"""Furniture that only the collection shows: lines that many articles of one outlet share.

A cleaner that sees one page at a time takes "Mời độc giả theo dõi kênh ..." for a paragraph. Seen beside its neighbours
it is none. Background paragraphs that a paper repeats from story to story are no furniture: hence the high shares.
"""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from retrieval.article import Article
from retrieval.errors import IndexDamaged
from retrieval.index.embedded.words.lexical import term_hash
from retrieval.index.learned.hash_counts import HashCounts
from retrieval.sources.joined import joined

FILES = ("repeats.hashes.npy", "repeats.counts.npy")

_FEWEST = 4
"""Articles of an outlet that must share a line."""
_SHARE = 0.5
"""The share of the outlet's articles from which a line is furniture: less may be what they all tell of."""
_MOST = 0.45
"""An article that would lose more of its characters than this is a copy of others, not a page of furniture."""


class Repeats:
    """How many articles of an outlet have each line, and how many articles it has."""

    def __init__(self, before: HashCounts | None = None) -> None:
        self._counts = before or HashCounts()
        self._hashes, self._numbers = self._counts.finish()

    @classmethod
    def load(cls, folder: Path) -> "Repeats":
        """Raises IndexDamaged when a file cannot be read."""
        try:
            hashes, numbers = (np.load(folder / name, allow_pickle=False) for name in FILES)
            if hashes.shape != numbers.shape:
                raise ValueError("arrays of different indexes")
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamaged(
                f"The repeated lines in {folder} cannot be read: run `trichdan reindex` to make a new index."
            ) from error
        return cls(HashCounts(hashes, numbers))

    def add(self, article: Article) -> None:
        self._counts.add(_hashes(article, article.text.split("\n")))

    def take_out(self, article: Article, removed: Sequence[str]) -> None:
        """Forgets an article that was added, and has lost the lines `removed` since."""
        self._counts.take_out(_hashes(article, [*article.text.split("\n"), *removed]))

    def finish(self) -> None:
        """To be called when all articles were added, before `without`."""
        self._hashes, self._numbers = self._counts.finish()

    def save(self, folder: Path) -> None:
        np.save(folder / FILES[0], self._hashes, allow_pickle=False)
        np.save(folder / FILES[1], self._numbers, allow_pickle=False)

    def without(self, article: Article) -> tuple[Article, list[str]]:
        """The article without the lines that are its outlet's furniture, and these lines."""
        lines = article.text.split("\n")
        outlet = outlet_of(article)
        articles = self._of(_outlet_hash(outlet))
        furniture = {n for n, line in enumerate(lines) if self._is_furniture(outlet, line, articles)}
        removed = sum(len(lines[n]) for n in furniture)
        if not furniture or removed > _MOST * len(article.text):
            return article, []
        return without_lines(article, lines, furniture), [lines[n] for n in sorted(furniture)]

    def _is_furniture(self, outlet: str, line: str, articles: int) -> bool:
        return articles >= _FEWEST and self._of(_line_hash(outlet, line)) >= max(_FEWEST, _SHARE * articles)

    def _of(self, key: int) -> int:
        i = int(np.searchsorted(self._hashes, np.uint64(key)))
        found = i < len(self._hashes) and self._hashes[i] == np.uint64(key)
        return int(self._numbers[i]) if found else 0


def outlet_of(article: Article) -> str:
    """Whose pages look alike: the site, else the source named, else the folder."""
    host = urlsplit(article.url or "").hostname
    return host or article.source or posixpath.dirname(article.path or "")


def without_lines(article: Article, lines: Sequence[str], removed: set[int]) -> Article:
    """The article without the `lines`, all of its text, that are numbered in `removed`."""
    staying: list[str | None] = []
    moved: dict[int, int] = {}
    start = gone = 0
    for n, line in enumerate(lines):
        moved[start] = start - gone
        if n in removed:
            staying.append(None)
            gone += len(line) + 1
        else:
            staying += [None, line] if start in article.gaps else [line]
        start += len(line) + 1
    text, gaps = joined(staying)
    pages = tuple(moved[start] for start in article.pages if start in moved)
    return replace(article, text=text, gaps=gaps, pages=pages)


def _hashes(article: Article, lines: Sequence[str]) -> Iterator[int]:
    outlet = outlet_of(article)
    yield _outlet_hash(outlet)
    for line in set(lines):
        yield _line_hash(outlet, line)


def _outlet_hash(outlet: str) -> int:
    return term_hash(f"{outlet}\n")


def _line_hash(outlet: str, line: str) -> int:
    return term_hash(f"{outlet}\n{line}")
