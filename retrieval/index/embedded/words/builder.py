"""Passages -> the word index on disk, in bounded memory: sorted runs are set aside and merged hash range by hash range.

What an earlier index holds of passages that stay is taken over as one more run: their words are not read again.
External merge sort as in Knuth, The Art of Computer Programming, volume 3, section 5.4.
"""

import tempfile
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.embedded.npy_writer import NpyWriter
from retrieval.index.embedded.words.counts import Counted
from retrieval.index.embedded.words.lexical import K1, B, LexicalIndex, Postings, file_of
from retrieval.index.terms import VIEWS

RUN = 1 << 19
"""Postings of one view that are collected before they are sorted and set aside; about as many are merged in one go."""

Hashes = NDArray[np.uint64]
Rows = NDArray[np.int32]
Frequencies = NDArray[np.uint16]


class _SortedRun(NamedTuple):
    """Postings (postings,) in order of hashes, then of rows."""

    hashes: Hashes
    rows: Rows
    frequencies: Frequencies

    def between(self, first: np.uint64, last: np.uint64) -> "_SortedRun":
        """The postings whose hashes are in `first`..`last`, both included."""
        start = int(np.searchsorted(self.hashes, first, "left"))
        end = int(np.searchsorted(self.hashes, last, "right"))
        return _SortedRun(self.hashes[start:end], self.rows[start:end], self.frequencies[start:end])


class LexicalBuilder:
    """Collects the terms of passages in row order; `finish` writes the index into its folder."""

    def __init__(self, folder: Path, before: LexicalIndex | None = None, run: int = RUN) -> None:
        """`before` is the index that `take_over` takes from, `run` the postings that are sorted at once."""
        self._runs = tempfile.TemporaryDirectory(prefix="words-", dir=folder)
        self._folder = folder
        self._views = {
            view: _ViewBuilder(Path(self._runs.name) / view, before[view] if before else None, run)
            for view in VIEWS
        }

    def add(self, counted: Mapping[str, Counted]) -> None:
        """The next rows, as `count_terms` gives them."""
        for view, builder in self._views.items():
            builder.add(counted[view])

    def take_over(self, first: int, end: int) -> None:
        """The next rows are the rows `first` to `end`, the last not included, of the index before."""
        for builder in self._views.values():
            builder.take_over(first, end)

    def finish(self) -> None:
        for view, builder in self._views.items():
            builder.write(self._folder, view)
        self._runs.cleanup()


@dataclass
class _ViewBuilder:
    """One view: what was added waits in flat arrays, sorted runs in `folder`."""

    folder: Path
    before: Postings | None
    run: int

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self._lengths = array("I")
        self._runs = 0
        self._rows_now = np.full(self.before.count if self.before else 0, -1, np.int32)
        self._empty()

    def _empty(self) -> None:
        self._hashes, self._rows, self._frequencies = array("Q"), array("i"), array("H")

    def add(self, counted: Counted) -> None:
        first = len(self._lengths)
        rows = np.arange(first, first + len(counted.distinct), dtype=np.int32)
        self._rows.frombytes(np.repeat(rows, np.asarray(counted.distinct)).tobytes())
        self._hashes.extend(counted.hashes)
        self._frequencies.extend(counted.frequencies)
        self._lengths.extend(counted.lengths)
        if len(self._hashes) >= self.run:
            self._set_aside()

    def take_over(self, first: int, end: int) -> None:
        assert self.before is not None, "there is no index before"
        self._rows_now[first:end] = np.arange(len(self._lengths), len(self._lengths) + end - first)
        self._lengths.frombytes(self.before.lengths[first:end].tobytes())

    def write(self, folder: Path, view: str) -> None:
        self._set_aside()
        runs = [*self._kept(), *self._taken_over()]
        lengths = np.asarray(self._lengths, np.uint32)
        total = sum(len(run.hashes) for run in runs)
        hashes, bounds, end = [np.zeros(0, np.uint64)], [np.zeros(1, np.int64)], 0
        with (
            NpyWriter(file_of(folder, view, "rows"), np.int32, (total,)) as rows,
            NpyWriter(file_of(folder, view, "weights"), np.float32, (total,)) as weights,
            NpyWriter(file_of(folder, view, "frequencies"), np.uint16, (total,)) as frequencies,
        ):
            for run in _merged(runs, self.run):
                rows.append(run.rows)
                weights.append(_weights(run, lengths))
                frequencies.append(run.frequencies)
                distinct, counts = np.unique(run.hashes, return_counts=True)
                hashes.append(distinct)
                bounds.append(end + np.cumsum(counts))
                end += len(run.hashes)
        np.save(file_of(folder, view, "hashes"), np.concatenate(hashes), allow_pickle=False)
        np.save(file_of(folder, view, "bounds"), np.concatenate(bounds), allow_pickle=False)
        np.save(file_of(folder, view, "lengths"), lengths, allow_pickle=False)

    def _set_aside(self) -> None:
        run = _SortedRun(
            np.asarray(self._hashes, np.uint64),
            np.asarray(self._rows, np.int32),
            np.asarray(self._frequencies, np.uint16),
        )
        order = np.argsort(run.hashes, kind="stable")
        for name, part in run._asdict().items():
            np.save(self.folder / f"{self._runs}.{name}.npy", part[order], allow_pickle=False)
        self._runs += 1
        self._empty()

    def _kept(self) -> Iterator[_SortedRun]:
        for number in range(self._runs):
            yield _SortedRun(
                *(np.load(self.folder / f"{number}.{name}.npy", mmap_mode="r") for name in _SortedRun._fields)
            )

    def _taken_over(self) -> Iterator[_SortedRun]:
        """The postings of rows that stay, in pieces, under their new row numbers."""
        if self.before is None or not (self._rows_now >= 0).any():
            return
        for first, end in _pieces(self.before.bounds, self.run):
            span = slice(int(self.before.bounds[first]), int(self.before.bounds[end]))
            rows = self._rows_now[self.before.rows[span]]
            stay = rows >= 0
            hashes = np.repeat(self.before.hashes[first:end], np.diff(self.before.bounds[first : end + 1]))
            yield _SortedRun(hashes[stay], rows[stay], self.before.frequencies[span][stay])


def _pieces(bounds: NDArray[np.int64], size: int) -> Iterator[tuple[int, int]]:
    """Ranges of terms with about `size` postings each."""
    first = 0
    while first < len(bounds) - 1:
        end = int(np.searchsorted(bounds, bounds[first] + size, "right"))
        end = min(max(end - 1, first + 1), len(bounds) - 1)
        yield first, end
        first = end


def _merged(runs: Sequence[_SortedRun], size: int) -> Iterator[_SortedRun]:
    """All postings in order of hashes and rows, range by range of hashes; they are spread evenly."""
    parts = max(1, -(-sum(len(run.hashes) for run in runs) // size))
    edges = [round(2**64 * part / parts) for part in range(parts + 1)]
    for first, end in pairwise(edges):
        found = [run.between(np.uint64(first), np.uint64(end - 1)) for run in runs]
        hashes = np.concatenate([run.hashes for run in found])
        rows = np.concatenate([run.rows for run in found])
        frequencies = np.concatenate([run.frequencies for run in found])
        order = np.lexsort((rows, hashes))
        yield _SortedRun(hashes[order], rows[order], frequencies[order])


def _weights(run: _SortedRun, lengths: NDArray[np.uint32]) -> NDArray[np.float32]:
    """The saturation of each term frequency, by the length of its passage."""
    mean = max(float(lengths.mean()) if len(lengths) else 1.0, 1.0)
    relative = lengths[run.rows].astype(np.float32) / np.float32(mean)
    tf = run.frequencies.astype(np.float32)
    weights: NDArray[np.float32] = (tf * (K1 + 1) / (tf + K1 * (1 - B + B * relative))).astype(np.float32)
    return weights
