"""Pieces of lines -> lines in the order in which they are read: column by column, tables row by row.

The page is divided where white space runs down it (`gutters`): what stands left of it is read before what stands
right of it, unless the lines say that they are rows of a table.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from retrieval.sources.formats.pdf.gutters import Gutter, crosses, find_gutter
from retrieval.sources.formats.pdf.pieces import Piece, is_one_line, joined
from retrieval.sources.formats.pdf.tables import Row, is_table, rows_of, table_rows

_MOST, _DEEPEST = 1_500, 12
"""Pieces of a page that is looked at so, and divisions within divisions."""
_FEWEST = 2
"""Lines with a gap from which they are columns, or a table."""
_APART, _FAR_APART = 2.2, 3.5
"""Heights of the type by which the first or the last line of columns stands apart from them, and any other does."""
_TOUCHES = 0.5


def in_order(pieces: Sequence[Piece], depth: int = 0) -> list[Piece]:
    """The lines of a page, or of a part of one, as they are read; rows of tables are marked as such."""
    gutter = find_gutter(pieces) if len(pieces) <= _MOST and depth < _DEEPEST else None
    if gutter is None:
        return list(_lines(pieces))
    places = {id(piece): n for n, piece in enumerate(pieces)}
    found: list[Piece] = []
    for part in _parts(pieces, gutter):
        filed = sorted(part, key=lambda piece: places[id(piece)])
        found += _read(filed, gutter, depth)
    return found


def _lines(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces as the file has them, those of one line together."""
    line: list[Piece] = []
    for piece in pieces:
        if line and not is_one_line(line[-1], piece):
            yield joined(line)
            line = []
        line.append(piece)
    if line:
        yield joined(line)


def _parts(pieces: Sequence[Piece], gutter: Gutter) -> Iterator[list[Piece]]:
    """From the top down: runs of lines beside the gutter, and runs of those across it."""
    across = [(row, any(crosses(piece, gutter.x) for piece in row)) for row in rows_of(pieces)]
    for is_across, members in groupby(across, key=lambda each: each[1]):
        rows = [row for row, _ in members]
        for part in [rows] if is_across else _standing_together(rows):
            yield [piece for row in part for piece in row]


def _standing_together(rows: list[Row]) -> Iterator[list[Row]]:
    """The rows, parted at wide bands of white, and where the first or the last one stands apart: a page's head or
    foot.
    """
    start = 0
    for n in range(1, len(rows)):
        at_edge = n in (1, len(rows) - 1) and len(rows) > _FEWEST
        if _stand_apart(rows[n - 1], rows[n], _APART if at_edge else _FAR_APART):
            yield rows[start:n]
            start = n
    yield rows[start:]


def _stand_apart(above: Row, below: Row, heights: float = _APART) -> bool:
    return above[0].foot - below[0].foot > heights * max(above[0].size, below[0].size)


def _read(part: list[Piece], gutter: Gutter, depth: int) -> list[Piece]:
    left = [piece for piece in part if piece.right <= gutter.x + _TOUCHES]
    right = [piece for piece in part if piece.left >= gutter.x - _TOUCHES]
    if not left or not right or len(left) + len(right) < len(part):
        return in_order(part, depth + 1)
    if sum(_has_gap(row, gutter) for row in rows_of(part)) < _FEWEST:
        return list(_lines(part))
    if is_table(left, right):
        return _table(part, gutter, depth)
    return [*in_order(left, depth + 1), *in_order(right, depth + 1)]


def _table(part: list[Piece], gutter: Gutter, depth: int) -> list[Piece]:
    """The rows from the first to the last with cells on both sides; what stands above and below them is no part."""
    rows = rows_of(part)
    both = [n for n, row in enumerate(rows) if _has_gap(row, gutter)]
    first, last = both[0], both[-1] + 1
    while last < len(rows) and not _stand_apart(rows[last - 1], rows[last]) and _goes_on(rows[last]):
        last += 1
    above, table, below = (
        [piece for row in some for piece in row] for some in (rows[:first], rows[first:last], rows[last:])
    )
    return [*in_order(above, depth + 1), *table_rows(table), *in_order(below, depth + 1)]


def _goes_on(row: Row) -> bool:
    return row[0].text[:1].islower()


def _has_gap(row: Row, gutter: Gutter) -> bool:
    return row[0].left < gutter.x < row[-1].right
