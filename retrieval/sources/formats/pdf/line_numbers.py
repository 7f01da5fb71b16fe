"""Numbers of lines, as drafts of laws have them in the margin, every one or every fifth: no part of the text."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import regex

from retrieval.sources.formats.pdf.pieces import Piece
from retrieval.sources.formats.pdf.tables import rows_of

_NUMBERED = regex.compile(r"(\d{1,4})(?:\s+|$)(.*)", regex.DOTALL)
_STEPS, _SURE_STEPS = (1, 2, 5, 10), (5, 10)
"""How numbers of lines go up; in large steps they are sure to be some."""
_FEWEST, _MOSTLY, _PROSE = 3, 0.8, 0.3
_SHORTEST_LINE = 20
"""Characters of a line that tells where the text begins and ends."""
_MARGIN = 2.0
"""How wide a margin's numbers stand, in heights of the type."""
_GOES_ON = regex.compile(r"[\p{Ll}\p{Lo},;)]")


class _Number(NamedTuple):
    """The number `value` that the piece at `place` is or begins with, and the rest of it."""

    place: int
    value: int
    piece: Piece
    rest: str


def without_line_numbers(pieces: Sequence[Piece]) -> tuple[list[Piece], list[str]]:
    """The pieces less the numbers that only count the lines beside them, and those numbers."""
    numbers = [
        _Number(n, int(match[1]), piece, match[2])
        for n, piece in enumerate(pieces)
        if (match := _NUMBERED.fullmatch(piece.text))
    ]
    found: dict[int, _Number] = {}
    for margin in _margins(pieces, numbers):
        margin.sort(key=lambda number: -number.piece.foot)
        if _count_lines(margin, pieces):
            found |= {number.place: number for number in margin}
    rest = [_less(piece, found[n]) if n in found else piece for n, piece in enumerate(pieces)]
    return [piece for piece in rest if piece.text], [str(number.value) for number in found.values()]


def _margins(pieces: Sequence[Piece], numbers: Sequence[_Number]) -> list[list[_Number]]:
    """The numbers left of all text, some of which may be run together with it, and those right of it."""
    numbered = {number.place for number in numbers}
    texts = [piece for n, piece in enumerate(pieces) if n not in numbered and _is_text(piece.text)]
    if not numbers or not (texts or any(number.rest for number in numbers)):
        return []
    outermost = min(numbers, key=lambda number: number.piece.left).piece
    edge = outermost.left + _MARGIN * outermost.size
    lefts = sorted(piece.left for piece in texts)
    begins = lefts[len(lefts) // 10] if lefts else edge
    left = [each for each in numbers if (each.piece.left < edge if each.rest else each.piece.right < begins)]
    rights = sorted(piece.right for piece in pieces if _is_text(piece.text))
    ends = rights[-1 - len(rights) // 10] if rights else 0.0
    return [left, [each for each in numbers if not each.rest and each.piece.left > ends]]


def _count_lines(numbers: Sequence[_Number], pieces: Sequence[Piece]) -> bool:
    """Whether the numbers go up in equal steps beside lines of prose; those of a table or a list do not."""
    steps = [below.value - above.value for above, below in pairwise(numbers)]
    if len(numbers) < _FEWEST:
        return False
    step = max(_STEPS, key=steps.count)
    if steps.count(step) < _MOSTLY * len(steps):
        return False
    beside = [text for text in _beside(numbers, pieces) if _is_text(text)]
    going_on = sum(_GOES_ON.match(text) is not None for text in beside)
    return bool(beside) and (step in _SURE_STEPS or going_on >= _PROSE * len(beside))


def _beside(numbers: Sequence[_Number], pieces: Sequence[Piece]) -> list[str]:
    """What stands on the heights of the numbers."""
    places = {id(number.piece) for number in numbers}
    found = [number.rest for number in numbers if number.rest]
    for row in rows_of(pieces):
        if any(id(piece) in places for piece in row):
            found += [piece.text for piece in row if id(piece) not in places]
    return found


def _less(piece: Piece, number: _Number) -> Piece:
    if not number.rest:
        return replace(piece, text="")
    width = (piece.right - piece.left) * (1 - len(number.rest) / len(piece.text))
    return replace(piece, text=number.rest, left=piece.left + width)


def _is_text(text: str) -> bool:
    return len(text) >= _SHORTEST_LINE
