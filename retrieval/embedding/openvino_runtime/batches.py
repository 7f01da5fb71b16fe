"""Token ids to padded arrays of similar length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEP = 8
"""Widths are multiples of this: a new width costs the runtime a few milliseconds, a seen one nothing."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`ids` and `mask` have the shape (texts, width); `rows` says which texts they are."""

    rows: list[int]
    ids: NDArray[np.int64]
    mask: NDArray[np.int64]


def make_batches(texts: Sequence[Sequence[int]], pad: int, token_budget: int) -> Iterator[Batch]:
    """Batches of at most `token_budget` positions with padding (one text at least), shortest texts first."""
    by_length = sorted(range(len(texts)), key=lambda row: (len(texts[row]), row))
    rows: list[int] = []
    for row in by_length:
        if rows and (len(rows) + 1) * _width(texts[row]) > token_budget:
            yield _pad(texts, rows, pad)
            rows = []
        rows.append(row)
    if rows:
        yield _pad(texts, rows, pad)


def _width(tokens: Sequence[int]) -> int:
    return -(-len(tokens) // _STEP) * _STEP


def _pad(texts: Sequence[Sequence[int]], rows: list[int], pad: int) -> Batch:
    width = _width(texts[rows[-1]])
    ids = np.full((len(rows), width), pad, np.int64)
    mask = np.zeros((len(rows), width), np.int64)
    for at, row in enumerate(rows):
        ids[at, : len(texts[row])] = texts[row]
        mask[at, : len(texts[row])] = 1
    return Batch(rows, ids, mask)
