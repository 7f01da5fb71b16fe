"""Which rows of a page's tables read as one line, and the cells that reach over several rows."""

from collections.abc import Iterator

from lxml import etree

Element = etree._Element

CELLS = frozenset(("td", "th"))
CELL_MARK = " | "
_FRAMES = frozenset(
    "table h1 h2 article section main nav header footer aside form iframe fieldset article hr dialog".split()
)
"""What a row of data does not hold: with these in it, it is a frame for parts of the page."""
_PARAGRAPHS = frozenset(("p", "div", "li", "dd", "dt", "blockquote", "pre"))
_LONGEST, _LONGEST_ALONE, _MOST_BLOCKS, _LONG_PARAGRAPH, _MOST_LONG = 3000, 200, 60, 60, 2
_LONGEST_LABEL, _MOST_LABELS, _MOST_REPEATED, _MOST_COLUMNS = 200, 100, 200_000, 1000


def rows_of_data(page: Element, inline: frozenset[str]) -> set[Element]:
    """The `tr` that read as one line, whatever stands in their cells; elements within are `inline` or paragraphs."""
    rows: dict[Element | None, list[Element]] = {}
    for row in page.iter("tr"):
        rows.setdefault(_table_of(row), []).append(row)
    found: set[Element] = set()
    for table, members in rows.items():
        found |= {row for row in members if _holds_words_only(row, inline)}
        if table is None or table.get("role") not in ("presentation", "none"):
            several = _is_of_rows(members)
            found |= {row for row in members if _reads_as_line(row, several=several)}
    return found


def _table_of(row: Element) -> Element | None:
    return next(row.iterancestors("table"), None)


def _cells(row: Element) -> list[Element]:
    return [each for each in row if each.tag in CELLS]


def _holds_words_only(row: Element, inline: frozenset[str]) -> bool:
    return all(each.tag in inline or each.tag in CELLS for each in row.iterdescendants(etree.Element))


def _is_of_rows(rows: list[Element]) -> bool:
    """Whether a table has rows of several cells, or cells that reach over several rows."""
    return sum(len(_cells(row)) > 1 for row in rows) > 1 or any(
        spans(cell)[0] > 1 for row in rows for cell in _cells(row)
    )


def _reads_as_line(row: Element, *, several: bool) -> bool:
    """Whether a row is one of data rather than a frame: nothing in it is a part of a page, no cell an article."""
    longest = _LONGEST if several else _LONGEST_ALONE
    blocks = length = 0
    for each in row.iterdescendants(etree.Element):
        if each.tag in _FRAMES:
            return False
        blocks += each.tag in _PARAGRAPHS
        length += len((each.text or "").strip()) + len((each.tail or "").strip())
        if blocks > _MOST_BLOCKS or length > longest:
            return False
    cells = _cells(row)
    return (several or len(cells) > 1) and all(_long_paragraphs(cell) <= _MOST_LONG for cell in cells)


def _long_paragraphs(cell: Element) -> int:
    return sum(len("".join(map(str, each.itertext())).strip()) > _LONG_PARAGRAPH for each in cell.iter("p"))


class Merged:
    """The cells of one group of rows that reach down over rows below: each row is told with them."""

    def __init__(self, group: Element | None) -> None:
        self.group = group
        self._down: dict[int, tuple[str, int]] = {}
        self._repeated = 0

    def row(self, cells: list[tuple[str, int, int]]) -> list[str]:
        """The texts of a row; `cells` are text, rows and columns of its own cells."""
        found, down = list[str](), dict[int, tuple[str, int]]()
        column = 0
        for text, rows, columns in cells:
            column = self._from_above(column, found, down)
            found.append(text)
            if rows > 1 and len(text) <= _LONGEST_LABEL and len(down) < _MOST_LABELS:
                down[column] = (text, rows - 1)
            column += columns
        for column in sorted(self._down):
            self._from_above(column, found, down)
        self._down = down
        return found

    def _from_above(self, column: int, found: list[str], down: dict[int, tuple[str, int]]) -> int:
        """Adds the cells that reach down into this column and those beside it; the first column that is free."""
        while column in self._down:
            text, rows = self._down.pop(column)
            self._repeated += len(text)
            if self._repeated <= _MOST_REPEATED:
                found.append(text)
            if rows > 1:
                down[column] = (text, rows - 1)
            column += 1
        return column


def spans(cell: Element) -> tuple[int, int]:
    """How many rows and columns a cell takes."""
    rows, columns = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
    return (10_000 if rows == 0 else rows), max(1, min(columns, _MOST_COLUMNS))


def _span(written: str | None) -> int:
    digits = (written or "1").strip()[:6]
    return int(digits) if digits.isascii() and digits.isdigit() else 1


def line_of(cells: list[str]) -> Iterator[str]:
    """A row as one line: a mark between cells, none behind the last that says something."""
    told = list(cells)
    while told and not told[-1].strip():
        told.pop()
    for n, text in enumerate(told):
        yield f"{CELL_MARK if n else ''}{text}"
