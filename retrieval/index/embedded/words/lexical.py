"""Which passages hold a term, and how much it saturates them: BM25 over the views of `terms`, without idf.

Terms are kept as sorted 64-bit hashes and postings as flat arrays, so that loading maps files and reads nothing.
BM25 as in Robertson and Zaragoza, The Probabilistic Relevance Framework (2009).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import IndexDamaged
from retrieval.index.terms import VIEWS, Term

K1 = 1.2
B = 0.75
ARRAYS = ("hashes", "bounds", "rows", "weights", "frequencies", "lengths")
_REMEMBERED = 256
"""Terms asked for at once that may be asked for again: more are guesses."""
FILES = tuple(f"lexical.{view}.{name}.npy" for view in VIEWS for name in ARRAYS)

Scores = NDArray[np.float32]


@lru_cache(maxsize=1 << 18)
def term_hash(term: str) -> int:
    """64 bits that stand for a term; equal on every machine."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest())


def _hashes(terms: Sequence[str]) -> NDArray[np.uint64]:
    """Those of many terms, shape (terms,): few come again and are remembered."""
    if len(terms) <= _REMEMBERED:
        return np.fromiter(map(term_hash, terms), np.uint64, len(terms))
    digests = b"".join([hashlib.blake2b(term.encode(), digest_size=8).digest() for term in terms])
    return np.frombuffer(digests, ">u8").astype(np.uint64)


@dataclass(frozen=True, kw_only=True)
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

    def spans(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """Where the postings of each term begin and end, shape (2, terms): an unknown term has none."""
        keys = _hashes(terms)
        first = np.searchsorted(self.hashes, keys)
        held = self.hashes.take(first, mode="clip") == keys if len(self.hashes) else np.zeros(len(keys), bool)
        return np.stack([self.bounds[first], self.bounds[first + held]])

    def lookup(self, term: str) -> tuple[NDArray[np.int32], Scores]:
        """The rows that hold `term`, in order, and their weights; empty for an unknown term."""
        ((first,), (end,)) = self.spans([term])
        return self.rows[first:end], self.weights[first:end]


class LexicalIndex:
    """The views over the same rows."""

    def __init__(self, views: dict[str, Postings]) -> None:
        self._views = views

    def __getitem__(self, view: str) -> Postings:
        return self._views[view]

    @property
    def count(self) -> int:
        return self._views["folded"].count

    def frequencies(self, terms: Iterable[Term]) -> dict[Term, int]:
        """How many passages hold each term; those that none holds are left out."""
        return {term: end - first for term, (first, end) in self._spans(terms).items()}

    def best(self, weighted: Mapping[Term, float], k: int) -> NDArray[np.int64]:
        """The `k` rows with the highest sums of weight * saturation, in row order; of equal ones the first. None whose
        sum is not positive."""
        total = np.zeros(self.count, np.float32)
        for term, (first, end) in self._spans(weighted).items():
            view = self._views[term.view]
            total[view.rows[first:end]] += np.float32(weighted[term]) * view.weights[first:end]
        least = np.partition(total, -k)[-k] if k < self.count else np.float32(0)
        rows = np.flatnonzero(total >= least if least > 0 else total > 0)
        ties = np.flatnonzero(total[rows] == least)
        return np.delete(rows, ties[len(ties) - max(0, len(rows) - k) :])

    def saturations(self, rows: NDArray[np.int64], terms: Sequence[Term]) -> Scores:
        """The weight of each term in each of `rows`, shape (terms, rows); 0 where it is not held."""
        found = np.zeros((len(terms), len(rows)), np.float32)
        known, wanted = self._spans(terms), rows.astype(np.int32)
        for weights, term in zip(found, terms, strict=True):
            if term in known:
                first, end = known[term]
                view = self._views[term.view]
                holders = view.rows[first:end]
                at = holders.searchsorted(wanted)
                held = holders.take(at, mode="clip") == wanted
                np.multiply(view.weights[first:end].take(at, mode="clip"), held, out=weights)
        return found

    def _spans(self, terms: Iterable[Term]) -> dict[Term, tuple[int, int]]:
        """Where the postings of each term that is held begin and end in those of its view."""
        by_view: dict[str, dict[Term, None]] = {}
        for term in terms:
            by_view.setdefault(term.view, {})[term] = None
        found: dict[Term, tuple[int, int]] = {}
        for view, asked in by_view.items():
            all_terms = list(asked)
            first, end = self._views[view].spans([term.text for term in all_terms])
            for i in np.flatnonzero(first < end).tolist():
                found[all_terms[i]] = int(first[i]), int(end[i])
        return found

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
            **{
                name: np.load(file_of(folder, view, name), mmap_mode="r", allow_pickle=False).view(np.ndarray)
                for name in ARRAYS
            }
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
