"""Inner-product search over passage vectors, exact in small collections. The only file that imports faiss.

In large ones an inverted file with product quantisation (Jegou et al., Product quantization for nearest neighbor
search, 2011; four bits a code, scanned in registers) finds more candidates than are wanted, which are then scored
exactly. It holds directions from the mean passage: without the large part that all passages share, codes tell them
apart.
"""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.protocol import Vectors
from retrieval.errors import IndexDamaged

FILES = ("dense.faiss", "dense.mean.npy")
LISTS_FILE = "dense.lists.faiss"
EXACT_UP_TO = 5_000
"""Passages: comparing with all of so many takes about as long as embedding the question."""
_SPARE, _LEAST = 2, 400
"""Candidates that are scored exactly for each one wanted, and in all at least."""
_MOST_LISTS = 1024
_SAMPLE_A_LIST = 50
_BATCH = 65_536
_LONGEST_HEADER = 256
_PROBES, _PROBED = 200, 10
"""Recall is measured for so many passages taken as questions, at so many results."""


class Hits(NamedTuple):
    """Row numbers (k,) int64, best first, and their inner products (k,) float32."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]


class DenseIndex:
    """Rows of unit vectors; row i belongs to passage i. `mean` of shape (dimensions,) is their average."""

    def __init__(self, vectors: "_Vectors", mean: NDArray[np.float32], lists: "_Lists | None") -> None:
        self._vectors = vectors
        self.mean = mean
        self._lists = lists

    @classmethod
    def build(
        cls, batches: Iterable[Vectors], count: int, dimensions: int, exact_up_to: int = EXACT_UP_TO
    ) -> Self:
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
        mean = (total / max(1, count)).astype(np.float32)
        return cls(_InMemory(index), mean, _Lists.build(rows, mean) if count > exact_up_to else None)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """From `folder`; a large collection's vectors stay on the disk.

        Raises:
            IndexDamaged: when a file cannot be read, or does not fit the others.
        """
        path, mean = (folder / name for name in FILES)
        try:
            lists = _Lists.load(folder / LISTS_FILE) if (folder / LISTS_FILE).exists() else None
            vectors = _OnDisk(path, lists.count, lists.dimensions) if lists else _InMemory.load(path)
            return cls(vectors, np.load(mean, allow_pickle=False).reshape(vectors.dimensions), lists)
        except (RuntimeError, OSError, ValueError, EOFError) as error:
            raise IndexDamaged(
                f"The dense index {path} cannot be read: run `trichdan reindex` to make a new one."
            ) from error

    def save(self, folder: Path) -> None:
        index, mean = (folder / name for name in FILES)
        self._in_memory.save(index)
        np.save(mean, self.mean, allow_pickle=False)
        if self._lists:
            self._lists.save(folder / LISTS_FILE)

    @property
    def count(self) -> int:
        return self._vectors.count

    @property
    def dimensions(self) -> int:
        return self._vectors.dimensions

    @property
    def exact(self) -> bool:
        """Whether every passage is compared."""
        return self._lists is None

    def search(self, query: NDArray[np.float32], k: int) -> Hits:
        """The k best rows for one query of shape (dimensions,); ties in row order."""
        if self._lists is None:
            scores, found = self._in_memory.search(query.reshape(1, -1), min(k, self.count))
            return _best(found[0], scores[0], k)
        rows = self._lists.candidates(query, min(max(_SPARE * k, _LEAST), self.count))
        return _best(rows, self.vectors(rows) @ query, k)

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """The stored vectors of `rows`, shape (rows, dimensions)."""
        return self._vectors.read(rows)

    def exact_search(self, queries: Vectors, k: int) -> NDArray[np.int64]:
        """The k best rows of each query by comparing all, shape (queries, k); after `build`, or for a small one."""
        return self._in_memory.search(queries, min(k, self.count))[1]

    def recall(self) -> float:
        """The share of the exact ten best that `search` finds, over passages taken as questions; after `build`."""
        rows = np.linspace(0, self.count - 1, min(_PROBES, self.count)).astype(np.int64)
        queries = _directions(self.vectors(rows), self.mean)
        exact = self.exact_search(queries, _PROBED)
        found = [self.search(query, _PROBED).rows for query in queries]
        return sum(map(len, map(np.intersect1d, exact, found))) / exact.size

    @property
    def _in_memory(self) -> "_InMemory":
        assert isinstance(self._vectors, _InMemory)
        return self._vectors


class _Vectors(Protocol):
    """Vectors by row."""

    @property
    def count(self) -> int: ...

    @property
    def dimensions(self) -> int: ...

    def read(self, rows: NDArray[np.int64]) -> Vectors: ...


class _InMemory:
    """A flat index: every vector is compared."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self.count: int = index.ntotal
        self.dimensions: int = index.d

    @classmethod
    def load(cls, path: Path) -> Self:
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY))

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    def search(self, queries: Vectors, k: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Inner products and rows of the k best, shape (queries, k) each."""
        scores, rows = self._index.search(queries, k)
        return scores, rows

    def read(self, rows: NDArray[np.int64]) -> Vectors:
        return self._index.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))


class _OnDisk:
    """The vectors at the end of a flat index's file, read one by one: mapped, they would come to fill the memory."""

    def __init__(self, path: Path, count: int, dimensions: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._lock = threading.Lock()
        self.count, self.dimensions = count, dimensions
        self._start = path.stat().st_size - count * dimensions * 4
        if not 0 <= self._start <= _LONGEST_HEADER:
            raise ValueError("the vectors of another index")

    def read(self, rows: NDArray[np.int64]) -> Vectors:
        found = np.empty((len(rows), self.dimensions), np.float32)
        with self._lock:
            for row, into in zip(rows.tolist(), found, strict=True):
                self._file.seek(self._start + row * self.dimensions * 4)
                if self._file.readinto(into.data) != into.nbytes:
                    raise IndexDamaged(
                        f"The dense index {self._file.name} was cut off: run `trichdan reindex`."
                    )
        return found


class _Lists:
    """The inverted file: which vectors are near a direction, by codes of half a byte for two dimensions."""

    def __init__(self, index: faiss.Index) -> None:
        untyped: Any = index  # the stubs know no kinds of index
        untyped.nprobe = max(1, untyped.nlist // 2)
        self._index = index
        self.count: int = index.ntotal
        self.dimensions: int = index.d

    @classmethod
    def build(cls, rows: Vectors, mean: NDArray[np.float32]) -> Self:
        """Over all `rows`, shape (passages, dimensions)."""
        count, dimensions = rows.shape
        lists = min(_MOST_LISTS, int(1.4 * count**0.5))
        codes = dimensions // 2 if dimensions % 2 == 0 else dimensions
        index = faiss.index_factory(dimensions, f"IVF{lists},PQ{codes}x4fs", faiss.METRIC_INNER_PRODUCT)
        sample = np.random.default_rng(0).choice(count, min(count, _SAMPLE_A_LIST * lists), replace=False)
        index.train(_directions(rows[np.sort(sample)], mean))
        for start in range(0, count, _BATCH):
            index.add(_directions(rows[start : start + _BATCH], mean))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> Self:
        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    def candidates(self, query: NDArray[np.float32], k: int) -> NDArray[np.int64]:
        """About the k best rows, in no order."""
        rows: NDArray[np.int64] = self._index.search(query.reshape(1, -1), k)[1][0]
        return rows[rows >= 0]


def _directions(vectors: Vectors, mean: NDArray[np.float32]) -> Vectors:
    """From the mean to each of `vectors`, of unit length."""
    away = vectors - mean
    return np.asarray(away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9), np.float32)


def _best(rows: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> Hits:
    order = np.lexsort((rows, -scores))[:k]
    return Hits(rows[order], scores[order])
