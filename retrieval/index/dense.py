"""Exact inner-product search over passage vectors. The only file that imports faiss."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.protocol import Vectors
from retrieval.errors import IndexDamaged

FILES = ("dense.faiss", "dense.mean.npy")


class Hits(NamedTuple):
    """Row numbers (k,) int64, best first, and their inner products (k,) float32."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]


class DenseIndex:
    """Rows of unit vectors; row i belongs to passage i. `mean` of shape (dimensions,) is their average."""

    def __init__(self, index: faiss.Index, mean: NDArray[np.float32]) -> None:
        self._index = index
        self.mean = mean

    @classmethod
    def build(cls, batches: Iterable[Vectors], count: int, dimensions: int) -> "DenseIndex":
        """From vectors of shape (passages, dimensions), batch by batch, `count` passages in all."""
        index = faiss.IndexFlatIP(dimensions)
        index.codes.resize(
            count * dimensions * 4
        )  # at once: growing takes three times the memory for a while
        index.ntotal = count
        rows = faiss.rev_swig_ptr(index.get_xb(), count * dimensions).reshape(count, dimensions)
        total, start = np.zeros(dimensions, np.float64), 0
        for vectors in batches:
            rows[start : start + len(vectors)] = vectors
            total += vectors.sum(axis=0, dtype=np.float64)
            start += len(vectors)
        if start != count:
            raise ValueError(f"{start} vectors came for {count} passages")
        return cls(index, (total / max(1, count)).astype(np.float32))

    @classmethod
    def load(cls, folder: Path) -> "DenseIndex":
        """Memory-mapped from `folder`.

        Raises:
            IndexDamaged: when faiss cannot read the file.
        """
        path, mean = (folder / name for name in FILES)
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
            return cls(index, np.load(mean, allow_pickle=False).reshape(index.d))
        except (RuntimeError, OSError, ValueError, EOFError) as error:
            raise IndexDamaged(
                f"The dense index {path} cannot be read: run `trichdan reindex` to make a new one."
            ) from error

    def save(self, folder: Path) -> None:
        index, mean = (folder / name for name in FILES)
        faiss.write_index(self._index, str(index))
        np.save(mean, self.mean, allow_pickle=False)

    @property
    def count(self) -> int:
        return self._index.ntotal

    @property
    def dimensions(self) -> int:
        return self._index.d

    def search(self, query: NDArray[np.float32], k: int) -> Hits:
        """The k best rows for one query of shape (dimensions,); ties in row order."""
        scores, rows = self._index.search(query.reshape(1, -1), min(k, self.count))
        order = np.lexsort((rows[0], -scores[0]))
        return Hits(rows[0][order], scores[0][order])

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """The stored vectors of `rows`, shape (rows, dimensions)."""
        return self._index.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))
