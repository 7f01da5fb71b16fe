"""Tables on a PDF's page: which pieces of lines are one, and its rows, each on a line of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from retrieval.sources.formats.pdf.pieces import Piece

_CELL_MARK = " | "
_GOES_ON = regex.compile(r"[\p{Ll}\p{Lo},;)]")
_MARKED = regex.compile(r"(?:[•▪●◦○■□–—*·-]|\d{1,3}(?:\.\d{1,2})+\.?|\d{1,3}[.)])\s")
_PROSE, _HARDLY_PROSE = 0.3, 0.15
"""Shares of lines that begin in the middle of a sentence: of columns, and of a side that is none."""
_FEWEST_LINES, _SHORT_SIDE = 2, 4
_LONG_CELL, _STAND_TOGETHER = 160, 0.5
_SAME_LINE, _NEXT_LINE = 0.5, 1.6
_BAND = 1.35
"""A step between rows against the least one."""
_FIGURES = 0.5

Row = list[Piece]
"""The pieces on one height, from left to right."""


def is_table(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether what stands left and right of a gutter are cells side by side, rather than columns to be read one after
    the other: lines of columns begin in the middle of sentences, cells do not.
    """
    sides = [rows_of(left), rows_of(right)]
    shares = [_prose(rows) for rows in sides]
    lines = sum(len(rows) - 1 for rows in sides)
    together = sum(share * (len(rows) - 1) for share, rows in zip(shares, sides, strict=True)) / max(1, lines)
    if together < _PROSE or any(map(_hinders, sides, shares)):
        return not _filed_by_columns(left, right)
    return _has_bands([*left, *right], sides)


def table_rows(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The rows of a table, a line each, their cells parted by a mark; a cell of several lines is whole."""
    rows = rows_of(pieces)
    for band in _bands(rows) or _by_first_cells(rows):
        cells: list[Piece] = []
        for piece in (piece for row in band for piece in row):
            at = max(range(len(cells)), key=lambda n: _overlap(cells[n], piece), default=-1)
            if at >= 0 and _overlap(cells[at], piece) > 0:
                cells[at] = _longer(cells[at], piece)
            else:
                cells.append(piece)
        cells.sort(key=lambda cell: cell.left)
        text = _CELL_MARK.join(cell.text for cell in cells)
        yield replace(cells[0], text=text, right=cells[-1].right, hyphenated=False, row=True)


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """The pieces from the top down, those on one height together."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: -piece.foot):
        if rows and rows[-1][0].foot - piece.foot <= _SAME_LINE * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _prose(rows: list[Row]) -> float:
    going_on = sum(
        bool(_GOES_ON.match(below[0].text)) and " " in above[0].text for above, below in pairwise(rows)
    )
    return going_on / max(1, len(rows) - 1)


def _hinders(rows: list[Row], share: float) -> bool:
    """Whether a side cannot be a column: its lines do not stand together, or hardly any of them goes on."""
    steps = [above[0].foot - below[0].foot for above, below in pairwise(rows)]
    together = sum(step <= _NEXT_LINE * row[0].size for step, row in zip(steps, rows, strict=False))
    if len(rows) >= _SHORT_SIDE:
        return share < _HARDLY_PROSE or together < _STAND_TOGETHER * len(steps)
    return together < len(steps)


def _filed_by_columns(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether the file has all of one side before the other, as columns of verse or of a list; figures are no verse."""
    figures = sum(any(map(str.isdigit, piece.text)) for piece in right) > _FIGURES * len(right)
    apart = max(piece.line for piece in left) < min(piece.line for piece in right)
    return apart and not figures and min(len(left), len(right)) >= _SHORT_SIDE


def _has_bands(pieces: Sequence[Piece], sides: list[list[Row]]) -> bool:
    """Whether both sides begin anew on the same heights, with little text each time: rows of cells that are wrapped."""
    bands = _bands(rows_of(pieces))
    if len(bands) < _FEWEST_LINES + 1:
        return False
    tops = [{round(row[0].foot / row[0].size) for row in side} for side in sides]
    level = all(any(_near(round(band[0][0].foot / band[0][0].size), top) for top in tops) for band in bands)
    both = all(len(band[0]) > 1 for band in bands)
    return level and both and sum(len(piece.text) for piece in pieces) < _LONG_CELL * 2 * len(bands)


def _near(height: int, heights: set[int]) -> bool:
    return not heights.isdisjoint((height - 1, height, height + 1))


def _bands(rows: list[Row]) -> list[list[Row]]:
    """Rows that stand closer together than those around them: the lines of one row of cells. None where all steps are
    alike, or where the lines below the first are rows of their own by their looks.
    """
    steps = [above[0].foot - below[0].foot for above, below in pairwise(rows)]
    if not steps or max(steps) < _BAND * min(steps) or min(steps) > _NEXT_LINE * rows[0][0].size:
        return []
    bands = [[rows[0]]]
    for step, row in zip(steps, rows[1:], strict=True):
        if step >= _BAND * min(steps):
            bands.append([row])
        else:
            bands[-1].append(row)
    fullest = max(rows, key=len)
    further = [row for band in bands for row in band[1:]]
    going_on = [row for row in further if _lacks_first_cell(row, fullest) or _is_within_sentence(row)]
    return bands if 2 * len(going_on) >= len(further) else []


def _by_first_cells(rows: list[Row]) -> list[list[Row]]:
    """Each row with those below it that have no first cell, or go on in the middle of a sentence."""
    fullest = max(rows, key=len)
    bands: list[list[Row]] = []
    for row in rows:
        near = bands and bands[-1][-1][0].foot - row[0].foot <= _NEXT_LINE * row[0].size
        goes_on = _lacks_first_cell(row, fullest) or (len(row) < len(fullest) and _GOES_ON.match(row[0].text))
        if near and goes_on:
            bands[-1].append(row)
        else:
            bands.append([row])
    return bands


def _lacks_first_cell(row: Row, fullest: Row) -> bool:
    return row[0].left > fullest[0].right and not _MARKED.match(row[0].text)


def _is_within_sentence(row: Row) -> bool:
    return any(_GOES_ON.match(piece.text) for piece in row)


def _overlap(cell: Piece, piece: Piece) -> float:
    return min(cell.right, piece.right) - max(cell.left, piece.left)


def _longer(cell: Piece, piece: Piece) -> Piece:
    return replace(
        cell,
        text=f"{cell.text} {piece.text}",
        left=min(cell.left, piece.left),
        right=max(cell.right, piece.right),
    )
