"""Arrays too large for memory, written to `.npy` files piece by piece.

A mapped file would do the same, but what is written to it stays in memory for as long as the system likes.
"""

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import DTypeLike, NDArray


class NpyWriter:
    """Writes an array of a shape known beforehand; used as a context manager, after which all must be there."""

    def __init__(self, path: Path, dtype: DTypeLike, shape: tuple[int, ...]) -> None:
        self._dtype = np.dtype(dtype)
        self._left = int(np.prod(shape))
        self._file = path.open("wb")
        header = {"descr": np.lib.format.dtype_to_descr(self._dtype), "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, header)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()
        if kind is None and self._left:
            raise ValueError(f"{self._left} numbers of the array {self._file.name} were not written")

    def append(self, part: NDArray[np.generic]) -> None:
        """The next rows."""
        self._left -= part.size
        self._file.write(np.ascontiguousarray(part, self._dtype).data)
