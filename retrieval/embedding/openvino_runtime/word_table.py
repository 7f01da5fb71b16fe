"""A model's word table, read from disk row by row: nine tenths of a multilingual model, of which a text needs a few."""

import os
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.protocol import Vectors

FILES = ("words.npy", "words.scales.npy")
_GROUP = 32
_LARGEST = 127
_ROWS_AT_ONCE = 8192


class Rows(Protocol):
    """Vectors of shape (tokens, dimensions), in memory or read when they are asked for."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    def __getitem__(self, part: slice, /) -> NDArray[np.float32]: ...


class WordTable:
    """One row of 8-bit numbers a token; each group of 32 has a scale, so that the vectors hardly change."""

    def __init__(self, packed: "_RowsOnDisk", scales: "_RowsOnDisk") -> None:
        """`packed` has the shape (tokens, dimensions), `scales` (tokens, groups)."""
        self._packed = packed
        self._scales = scales

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Of `folder`, whose files stay open. Raises OSError or ValueError where that cannot be done."""
        packed, scales = (_RowsOnDisk(folder / name) for name in FILES)
        if packed.count != scales.count or packed.width % scales.width:
            raise ValueError("two arrays of one table were expected")
        return cls(packed, scales)

    @staticmethod
    def write(folder: Path, words: Rows) -> None:
        """Pack `words` of shape (tokens, dimensions) into `folder`."""
        tokens, dimensions = words.shape
        group = _GROUP if dimensions % _GROUP == 0 else dimensions
        packed = np.empty((tokens, dimensions), np.int8)
        scales = np.empty((tokens, dimensions // group), np.float16)
        for start in range(0, tokens, _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            groups = words[part].reshape(-1, dimensions // group, group)
            scales[part] = np.maximum(np.abs(groups).max(axis=-1) / _LARGEST, np.finfo(np.float16).tiny)
            rounded = np.rint(groups / scales[part, :, None].astype(np.float32))
            packed[part] = rounded.clip(-_LARGEST, _LARGEST).astype(np.int8).reshape(-1, dimensions)
        arrays: tuple[NDArray[Any], ...] = (packed, scales)
        for name, array in zip(FILES, arrays, strict=True):
            np.save(folder / name, array, allow_pickle=False)

    def __getitem__(self, ids: NDArray[np.int64]) -> Vectors:
        """The rows of `ids` of any shape, shape (*ids.shape, dimensions)."""
        different, of = np.unique(ids, return_inverse=True)
        found = self._packed.at(different), self._scales.at(different)
        rows, scales = (each[of.reshape(ids.shape)] for each in found)
        scales = scales.astype(np.float32)
        groups = rows.reshape(*scales.shape, -1).astype(np.float32)
        groups *= scales[..., None]
        return groups.reshape(rows.shape)


class _RowsOnDisk:
    """An array of two dimensions in an `.npy` file, a row for each number that is asked for.

    Mapping the file instead would cost memory: around each row that is read the system maps up to two megabytes.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError or ValueError where the file is none."""
        mapped = np.load(path, mmap_mode="r", allow_pickle=False)
        if not isinstance(mapped, np.memmap) or mapped.ndim != 2 or not mapped.flags.c_contiguous:
            raise ValueError(f"{path.name} is no array of rows")
        self.count, self.width = mapped.shape
        self._type, self._begin = mapped.dtype, mapped.offset
        self._file = path.open("rb", buffering=0)

    def at(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        """Shape (rows, width)."""
        length = self._type.itemsize * self.width
        file = self._file.fileno()
        read = b"".join(os.pread(file, length, self._begin + row * length) for row in rows.tolist())
        return np.frombuffer(read, self._type).reshape(len(rows), self.width)
