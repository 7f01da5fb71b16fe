"""How often each of many 64-bit hashes occurs, in flat arrays: memory for the distinct ones, whatever was counted."""

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_BUFFER = 1 << 20
"""Hashes that wait before they are counted together."""

Hashes = NDArray[np.uint64]
Counts = NDArray[np.int64]


class HashCounts:
    """A multiset of 64-bit hashes that things are put into and taken out of."""

    def __init__(self, hashes: Hashes | None = None, counts: NDArray[np.uint32] | None = None) -> None:
        """Begins with sorted `hashes` and their `counts`, by default with none."""
        self._hashes = np.zeros(0, np.uint64) if hashes is None else np.array(hashes, np.uint64)
        self._counts = np.zeros(0, np.int64) if counts is None else np.array(counts, np.int64)
        self._waiting, self._signs = array("Q"), array("b")

    def add(self, hashes: Iterable[int]) -> None:
        self._put(hashes, 1)

    def take_out(self, hashes: Iterable[int]) -> None:
        """The reverse of `add`."""
        self._put(hashes, -1)

    def finish(self) -> tuple[Hashes, NDArray[np.uint32]]:
        """The hashes that are left, sorted, and how often each."""
        self._count()
        left = self._counts > 0
        return self._hashes[left], self._counts[left].astype(np.uint32)

    def _put(self, hashes: Iterable[int], sign: int) -> None:
        before = len(self._waiting)
        self._waiting.extend(hashes)
        self._signs.extend([sign] * (len(self._waiting) - before))
        if len(self._waiting) >= _BUFFER:
            self._count()

    def _count(self) -> None:
        hashes = np.concatenate([self._hashes, np.asarray(self._waiting, np.uint64)])
        counts = np.concatenate([self._counts, np.asarray(self._signs, np.int64)])
        self._waiting, self._signs = array("Q"), array("b")
        self._hashes, places = np.unique(hashes, return_inverse=True)
        self._counts = np.bincount(places, counts, len(self._hashes)).astype(np.int64)
