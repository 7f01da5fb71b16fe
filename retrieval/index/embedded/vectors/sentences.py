"""The vectors of every passage's sentences, in 8 bits, mapped from disk: what tells which sentence answers.

A passage's own vector blurs what its single sentences say. The best sentence, compared beside the whole, finds the
right passage more often, most of all across languages, and is the sentence to highlight.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.protocol import Vectors
from retrieval.errors import IndexDamaged
from retrieval.index.embedded.npy_writer import NpyWriter
from retrieval.index.protocol import Sentences

FILES = ("sentences.vectors.npy", "sentences.bounds.npy")
_LARGEST = 127

Packed = NDArray[np.int8]


class SentenceVectors:
    """`bounds` (passages + 1,) says where each passage's sentences begin in `packed` (sentences, dimensions)."""

    def __init__(self, packed: Packed, bounds: NDArray[np.int64]) -> None:
        self._packed = packed
        self._bounds = bounds

    @property
    def count(self) -> int:
        """The number of passages."""
        return len(self._bounds) - 1

    @classmethod
    def write(
        cls, folder: Path, counts: NDArray[np.uint32], batches: Iterable[Packed], dimensions: int
    ) -> None:
        """Writes the sentences of all passages: `counts` (passages,), and `pack`ed vectors in order, in batches."""
        vectors, bounds = (folder / name for name in FILES)
        ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        np.save(bounds, ends, allow_pickle=False)
        shape = (int(ends[-1]), dimensions)
        with NpyWriter(vectors, np.int8, shape) as writer:
            for batch in batches:
                writer.append(batch)

    @classmethod
    def load(cls, folder: Path, dimensions: int) -> "SentenceVectors":
        """Memory-mapped from `folder`.

        Raises:
            IndexDamaged: when a file cannot be read or does not fit the index.
        """
        try:
            # Plain views of what is mapped: a numpy.memmap takes microseconds to slice.
            packed, bounds = (
                np.load(folder / name, mmap_mode="r", allow_pickle=False).view(np.ndarray) for name in FILES
            )
            sound = packed.dtype == np.int8 and packed.shape == (int(bounds[-1]), dimensions)
            if not sound or bounds[0] != 0 or np.any(np.diff(bounds) < 1):
                raise ValueError("arrays of different indexes")
        except (OSError, ValueError, TypeError, IndexError, EOFError) as error:
            raise IndexDamaged(
                f"The sentence vectors in {folder} cannot be read: run `trichdan reindex` to make a new index."
            ) from error
        return cls(packed, bounds)

    def counts(self, first: int, end: int) -> NDArray[np.uint32]:
        """How many sentences each of the passages `first` to `end`, the last not included, has."""
        return np.diff(self._bounds[first : end + 1]).astype(np.uint32)

    def packed(self, first: int, end: int) -> Packed:
        """The sentences of these passages as they are kept."""
        return self._packed[self._bounds[first] : self._bounds[end]]

    def of(self, rows: NDArray[np.int64]) -> Sentences:
        """The sentences of the passages `rows`, in that order."""
        counts = self._bounds[rows + 1] - self._bounds[rows]
        starts = np.cumsum(counts) - counts
        each = np.arange(int(counts.sum())) - np.repeat(starts - self._bounds[rows], counts)
        return Sentences(self._packed[each].astype(np.float32), starts)


def pack(vectors: Vectors) -> Packed:
    """Directions in 8 bits: the largest number of each row becomes 127; lengths are not kept."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    packed: Packed = np.rint(vectors * (_LARGEST / np.maximum(largest, 1e-9))).astype(np.int8)
    return packed
