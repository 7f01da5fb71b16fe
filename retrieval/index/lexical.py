"""BM25 over five views of a passage: exact tokens, folded tokens, folded bigrams, values, sounds of foreign names.

Terms are kept as sorted 64-bit hashes and postings as flat arrays, so that loading maps files and reads nothing.
BM25 as in Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), with Lucene's idf
ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
"""

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import IndexDamaged
from retrieval.sounds import sounds
from retrieval.text import Token
from retrieval.values import values

K1 = 1.2
B = 0.75
VIEWS = ("exact", "folded", "bigram", "value", "sound")
_ARRAYS = ("hashes", "bounds", "rows", "weights")
FILES = tuple(f"lexical.{view}.{name}.npy" for view in VIEWS for name in _ARRAYS)

Scores = NDArray[np.float32]


def terms(view: str, tokens: Sequence[Token]) -> list[str]:
    """The terms of `tokens` in one view, in order, repeats kept."""
    if view == "exact":
        return [t.exact for t in tokens]
    if view == "value":
        return values(tokens)
    if view == "sound":
        return sounds(tokens)
    folded = [t.folded for t in tokens]
    return folded if view == "folded" else [f"{a} {b}" for a, b in pairwise(folded)]


@lru_cache(maxsize=1 << 18)
def term_hash(term: str) -> int:
    """64 bits that stand for a term; equal on every machine."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest())


@dataclass(frozen=True)
class Postings:
    """One view: sorted term hashes (terms,), postings bounds (terms + 1,), rows and BM25 weights (postings,)."""

    hashes: NDArray[np.uint64]
    bounds: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: Scores
    count: int

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


class _PostingsBuilder:
    """Collects the terms of one view passage by passage, in flat arrays."""

    def __init__(self) -> None:
        self._hashes, self._frequencies = array("Q"), array("f")
        self._distinct, self._lengths = array("i"), array("f")

    def add(self, document: Sequence[str]) -> None:
        counted = Counter(document)
        self._hashes.extend(map(term_hash, counted))
        self._frequencies.extend(counted.values())
        self._distinct.append(len(counted))
        self._lengths.append(len(document))

    def finish(self) -> Postings:
        """`weights` hold tf saturation without idf, so that idf stays a matter of the query."""
        hashes, tf = np.asarray(self._hashes, np.uint64), np.asarray(self._frequencies, np.float32)
        rows = np.repeat(np.arange(len(self._lengths), dtype=np.int32), self._distinct)
        order = np.argsort(hashes, kind="stable")
        hashes, rows, tf = hashes[order], rows[order], tf[order]
        unique, first = np.unique(hashes, return_index=True)
        lengths = np.asarray(self._lengths, np.float32)
        relative = lengths / max(float(lengths.mean()) if len(lengths) else 1.0, 1.0)
        weights = (tf * (K1 + 1) / (tf + K1 * (1 - B + B * relative[rows]))).astype(np.float32)
        return Postings(unique, np.append(first, len(hashes)), rows, weights, len(lengths))


class LexicalIndex:
    """The views over the same rows."""

    def __init__(self, views: dict[str, Postings]) -> None:
        self._views = views

    def __getitem__(self, view: str) -> Postings:
        return self._views[view]

    @property
    def count(self) -> int:
        return self._views["folded"].count

    def save(self, folder: Path) -> None:
        for view, postings in self._views.items():
            for name in _ARRAYS:
                np.save(folder / f"lexical.{view}.{name}.npy", getattr(postings, name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, count: int) -> "LexicalIndex":
        """Memory-mapped from `folder`, for `count` passages.

        Raises:
            IndexDamaged: when a file cannot be read or does not fit the others.
        """
        return cls({view: _load_view(folder, view, count) for view in VIEWS})


class LexicalBuilder:
    """Collects the tokens of passages in row order; memory grows with distinct terms a passage, not with text."""

    def __init__(self) -> None:
        self._views = {view: _PostingsBuilder() for view in VIEWS}

    def add(self, tokens: Sequence[Token]) -> None:
        for view, builder in self._views.items():
            builder.add(terms(view, tokens))

    def finish(self) -> LexicalIndex:
        return LexicalIndex({view: builder.finish() for view, builder in self._views.items()})


def _load_view(folder: Path, view: str, count: int) -> Postings:
    try:
        hashes, bounds, rows, weights = (
            np.load(folder / f"lexical.{view}.{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in _ARRAYS
        )
        fits = len(bounds) == len(hashes) + 1 and bounds[-1] == len(rows) == len(weights)
        if not fits or rows.max(initial=-1) >= count or rows.min(initial=0) < 0:
            raise ValueError("arrays of different indexes")
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise IndexDamaged(
            f"The word index in {folder} cannot be read: run `trichdan reindex` to make a new one."
        ) from error
    return Postings(hashes, bounds, rows, weights, count)
