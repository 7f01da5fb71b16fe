"""BM25 over five views of a passage: exact tokens, folded tokens, folded bigrams, values, sounds of foreign names.

Terms are kept as sorted 64-bit hashes and postings as flat arrays, so that loading maps files and reads nothing.
BM25 as in Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), with Lucene's idf
ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import IndexDamaged
from retrieval.text.forms import Token
from retrieval.text.sounds import sounds
from retrieval.text.values import values

K1 = 1.2
B = 0.75
VIEWS = ("exact", "folded", "bigram", "value", "sound")
ARRAYS = ("hashes", "bounds", "rows", "weights", "frequencies", "lengths")
FILES = tuple(f"lexical.{view}.{name}.npy" for view in VIEWS for name in ARRAYS)

Scores = NDArray[np.float32]


def terms(view: str, tokens: Sequence[Token]) -> list[str]:
    """The terms of `tokens` in one view, in order, repeats kept."""
    if view == "exact":
        return [t.exact for t in tokens]
    if view == "value":
        return values(tokens)
    if view == "sound":
        return [sound for t in tokens for sound in _sounds(t.folded)]
    folded = [t.folded for t in tokens]
    return folded if view == "folded" else [f"{a} {b}" for a, b in pairwise(folded)]


@lru_cache(maxsize=1 << 16)
def _sounds(folded: str) -> tuple[str, ...]:
    """The sound of one word, if it has any: the same words come again and again."""
    return tuple(sounds([Token(0, len(folded), folded, folded)]))


@lru_cache(maxsize=1 << 18)
def term_hash(term: str) -> int:
    """64 bits that stand for a term; equal on every machine."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest())


@dataclass(frozen=True)
class Postings:
    """One view: sorted term hashes (terms,), postings bounds (terms + 1,), rows and BM25 weights (postings,).

    `weights` hold the saturation of term frequencies without idf, so that idf stays a matter of the query. What they
    were made of, `frequencies` (postings,) and `lengths` (count,), serves the next index.
    """

    hashes: NDArray[np.uint64]
    bounds: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: Scores
    frequencies: NDArray[np.uint16]
    lengths: NDArray[np.uint32]

    @property
    def count(self) -> int:
        """The number of passages."""
        return len(self.lengths)

    def lookup(self, term: str) -> tuple[NDArray[np.int32], Scores]:
        """The rows that hold `term` and their weights; empty for an unknown term."""
        key = np.uint64(term_hash(term))
        i = int(np.searchsorted(self.hashes, key))
        if i == len(self.hashes) or self.hashes[i] != key:
            return self.rows[:0], self.weights[:0]
        return self.rows[self.bounds[i] : self.bounds[i + 1]], self.weights[
            self.bounds[i] : self.bounds[i + 1]
        ]

    def idf(self, term: str) -> float:
        return self.idf_of(len(self.lookup(term)[0]))

    def idf_of(self, holders: int) -> float:
        """The idf of a term that `holders` passages hold."""
        return float(np.log1p((self.count - holders + 0.5) / (holders + 0.5)))

    def scores(self, weighted: Iterable[tuple[str, float]]) -> Scores:
        """BM25 of every row for query terms with their weights, shape (count,)."""
        total = np.zeros(self.count, dtype=np.float32)
        for term, weight in weighted:
            rows, weights = self.lookup(term)
            if len(rows):
                total[rows] += np.float32(weight * self.idf_of(len(rows))) * weights
        return total


class LexicalIndex:
    """The views over the same rows."""

    def __init__(self, views: dict[str, Postings]) -> None:
        self._views = views

    def __getitem__(self, view: str) -> Postings:
        return self._views[view]

    @property
    def count(self) -> int:
        return self._views["folded"].count

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Memory-mapped from `folder`.

        Raises:
            IndexDamaged: when a file cannot be read or does not fit the others.
        """
        return cls({view: _load_view(folder, view) for view in VIEWS})


def file_of(folder: Path, view: str, name: str) -> Path:
    """Where one array of a view is kept."""
    return folder / f"lexical.{view}.{name}.npy"


def _load_view(folder: Path, view: str) -> Postings:
    try:
        postings = Postings(
            *(
                np.load(file_of(folder, view, name), mmap_mode="r", allow_pickle=False).view(np.ndarray)
                for name in ARRAYS
            )
        )
        hashes, bounds, rows = postings.hashes, postings.bounds, postings.rows
        fits = len(bounds) == len(hashes) + 1 and bounds[-1] == len(rows) == len(postings.weights)
        if not fits or len(postings.frequencies) != len(rows):
            raise ValueError("arrays of different indexes")
        if rows.max(initial=-1) >= postings.count or rows.min(initial=0) < 0:
            raise ValueError("rows that no passage has")
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise IndexDamaged(
            f"The word index in {folder} cannot be read: run `trichdan reindex` to make a new one."
        ) from error
    return postings
