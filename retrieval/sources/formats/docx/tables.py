"""Tables of a Word document: a row a line; a cell that reaches over several rows is said in each of them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from retrieval.sources.formats.assembly import one_line
from retrieval.sources.formats.docx.package import W
from retrieval.sources.formats.docx.styles import is_on, said, whole_number

_CELL_MARK = " | "
_LABEL = 100
"""What is longer is said once, beside the first of its rows."""
_PROSE = 300
"""A cell of several paragraphs that are longer together is no cell of figures: its paragraphs stay apart."""
_WIDEST = 1000
_AROUND = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


class DocxLine(NamedTuple):
    """A line of the text, or one that is left out for `reason`; one that is `apart` is no part of a table's cell."""

    text: str
    reason: str | None = None
    apart: bool = False


Cell = list[DocxLine]


def table_rows(
    table: etree._Element, lines_of: Callable[[etree._Element], list[DocxLine]]
) -> Iterator[list[Cell]]:
    """The rows of a table, without deleted ones, each with the lines of its cells; `lines_of` reads one cell."""
    labels: dict[int, str] = {}
    for row in _inside(table, "tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        cells = list(_cells(row, labels, lines_of))
        if is_on(properties, "hidden"):
            cells = [[line._replace(reason=line.reason or "hidden") for line in cell] for cell in cells]
        yield cells


def row_lines(cells: list[Cell]) -> Iterator[DocxLine]:
    """The row as a line, behind it what is no part of one; where only one cell says something, its own lines."""
    said_in = [[line for line in cell if not (line.apart or line.reason)] for cell in cells]
    telling = [lines for lines in said_in if lines]
    if len(telling) > 1 and not any(map(_is_prose, telling)):
        first = telling[0][0]
        text = _CELL_MARK.join(one_line(" ".join(line.text for line in lines)) for lines in telling)
        yield first._replace(text=text, apart=True)
        yield from (line._replace(apart=True) for cell in cells for line in cell if line.apart or line.reason)
    else:
        yield from (line._replace(apart=True) for cell in cells for line in cell)


def _is_prose(lines: list[DocxLine]) -> bool:
    return len(lines) > 1 and sum(len(line.text) for line in lines) > _PROSE


def _cells(
    row: etree._Element, labels: dict[int, str], lines_of: Callable[[etree._Element], list[DocxLine]]
) -> Iterator[Cell]:
    """`labels` holds, by column, what cells that reach down from above say."""
    column = _span(row.find(f"{W}trPr"), "gridBefore", 0)
    told = False
    cells: list[tuple[Cell, bool]] = []
    for cell in _inside(row, "tc"):
        properties = cell.find(f"{W}tcPr")
        merged = None if properties is None else properties.find(f"{W}vMerge")
        deleted = properties is not None and properties.find(f"{W}cellDel") is not None
        lines = [] if deleted else lines_of(cell)
        goes_on = merged is not None and merged.get(f"{W}val") != "restart" and column in labels
        if not goes_on:
            text = one_line(" ".join(line.text for line in lines if not (line.apart or line.reason)))
            labels.pop(column, None)
            if merged is not None:
                labels[column] = text if len(text) <= _LABEL else ""
            told = told or bool(text)
        cells.append((lines, goes_on))
        if goes_on:
            cells[-1] = ([DocxLine(labels[column])] if labels[column] else [], True)
        column += _span(properties, "gridSpan", 1)
    for lines, is_label in cells:
        yield lines if told or not is_label else []  # a row that says nothing of its own


def _span(properties: etree._Element | None, name: str, otherwise: int) -> int:
    return min(_WIDEST, whole_number(said(properties, name), otherwise))


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or cells, also those in content controls."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _AROUND:
            yield from _inside(child, name)
