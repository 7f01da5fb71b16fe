"""Where white space runs down between pieces of lines: between columns, or between the cells of a table."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from retrieval.sources.formats.pdf.pieces import Piece

_NARROWEST, _WIDE = 0.7, 1.5
"""Heights of the type: what a gap measures at least, and one of which two are enough."""
_FEWEST, _FEWEST_WIDE = 3, 2
_SAME_LINE = 0.5
_SLACK = 0.5


class Gap(NamedTuple):
    """White space from `left` to `right` behind the piece `of`, on the height of `base`."""

    left: float
    right: float
    base: float
    wide: bool


class Gutter(NamedTuple):
    """A place `x` that white space of several lines has in common, with these gaps, from the topmost on."""

    x: float
    gaps: list[Gap]


def find_gutter(pieces: Sequence[Piece]) -> Gutter | None:
    """The one that most lines have in common."""
    gaps = _gaps(pieces)
    starts, ends = sorted(gap.left for gap in gaps), sorted(gap.right for gap in gaps)
    places = [
        (bisect_right(starts, gap.left) - bisect_left(ends, gap.left + 1e-6), -gap.left) for gap in gaps
    ]
    if not places:
        return None
    place = -max(places)[1]
    common = [gap for gap in gaps if gap.left <= place < gap.right]
    if len(common) < (_FEWEST_WIDE if sum(gap.wide for gap in common) >= _FEWEST_WIDE else _FEWEST):
        return None
    left, right = max(gap.left for gap in common), min(gap.right for gap in common)
    places_within = ((left + right) / 2, right - 2 * _SLACK, left + 2 * _SLACK)
    x = min(places_within, key=lambda place: sum(crosses(piece, place) for piece in pieces))
    return Gutter(x, sorted(common, key=lambda gap: -gap.base))


def crosses(piece: Piece, x: float) -> bool:
    """Whether a piece stands on both sides of a place."""
    return piece.left < x - _SLACK and piece.right > x + _SLACK


def _gaps(pieces: Sequence[Piece]) -> list[Gap]:
    """Between each piece and the next one to its right that stands on about the same height."""
    order = sorted(pieces, key=lambda piece: piece.foot)
    feet = [piece.foot for piece in order]
    gaps = []
    for piece in pieces:
        reach = _SAME_LINE * piece.size
        beside = order[bisect_left(feet, piece.foot - reach) : bisect_right(feet, piece.foot + reach)]
        right = min((each.left for each in beside if each.left > piece.right), default=None)
        if right is not None and right - piece.right > _NARROWEST * piece.size:
            gaps.append(Gap(piece.right, right, piece.foot, right - piece.right > _WIDE * piece.size))
    return gaps
