"""A `.safetensors` file written tensor by tensor, as the library writes it from memory.

The layout: the length of a header (8 bytes, little-endian), the header in JSON, padded with spaces to a multiple of 8,
then the tensors' bytes, one after another in the order of their names.
"""

import json
import struct
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_ALIGNMENT = 8
_BYTES = 2


def write_float16(
    path: Path,
    shapes: Mapping[str, tuple[int, ...]],
    parts: Callable[[str], Iterable[NDArray[np.floating]]],
    written: Callable[[str], object],
) -> None:
    """Writes the tensors `shapes`; `parts` gives the numbers of one in pieces, `written` is told of each."""
    names = sorted(shapes)
    with path.open("wb") as file:
        file.write(_header({name: shapes[name] for name in names}))
        for name in names:
            count = 0
            for part in parts(name):
                file.write(np.ascontiguousarray(part, "<f2").data)
                count += part.size
            if count != np.prod(shapes[name]):
                raise ValueError(f"{count} numbers came for the tensor {name} of shape {shapes[name]}")
            written(name)


def _header(shapes: Mapping[str, tuple[int, ...]]) -> bytes:
    described: dict[str, object] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, shape in shapes.items():
        start, end = end, end + int(np.prod(shape)) * _BYTES
        described[name] = {"dtype": "F16", "shape": list(shape), "data_offsets": [start, end]}
    content = json.dumps(described, separators=(",", ":")).encode()
    content += b" " * (-len(content) % _ALIGNMENT)
    return struct.pack("<Q", len(content)) + content
