"""Where a table begins, and with which delimiter: below blank lines, `sep=;`, comments and headings of its own."""

import io
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import regex

from retrieval.errors import SourceError
from retrieval.sources.formats.tables.columns import fields_of
from retrieval.sources.formats.tables.csv_rows import Broken, rows_of

_DELIMITERS = ",;\t|"
_ABOVE = 30
"""Lines that may stand above the row of column names."""
_NAMED = regex.compile(
    r"""\s*+["']?\s*+sep[ ]*+=[ ]*+(?P<mark>\\t|tab|[^\w\s"']|\t)(?:(?P=mark)|["'\s,;|])*+""",
    regex.IGNORECASE,
)
"""A first line `sep=;`, by which Excel and what writes for it name the delimiter."""
_COMMENT = regex.compile(r"\s*+(?:#|//|--)")


class Start(NamedTuple):
    """How many lines stand above the row of column names, and what parts its cells."""

    lines: int
    delimiter: str


def find_start(beginning: str, columns: Mapping[str, str]) -> Start:
    """The row whose names are known, with the delimiter under which the most of them are, then the one with rows of
    equal length. Where none is known, the first row that may be one. `columns` are as in `Original`.
    """
    lines = list(io.StringIO(beginning, newline=""))
    starts = [Start(_header_line(lines, mark, columns), mark) for mark in _marks(lines)]
    return max(starts, key=lambda start: _merit(lines[start.lines :], start.delimiter, columns))


def _marks(lines: list[str]) -> list[str]:
    """The delimiters that may part the cells, first the one that a line above the table names."""
    named = next((mark for line in lines[:_ABOVE] if (mark := named_delimiter(line))), "")
    return list(dict.fromkeys([*named, *_DELIMITERS]))


def named_delimiter(line: str) -> str | None:
    """The delimiter that a line `sep=;` names; None when it is no such line."""
    match = _NAMED.fullmatch(line)
    mark = str(match["mark"]) if match else None
    return "\t" if mark and mark.lower() in ("\\t", "tab") else mark


def _header_line(lines: list[str], delimiter: str, columns: Mapping[str, str]) -> int:
    """The line of the row that names the most columns that are known, else of the first that may be a header."""
    known = [_known(_first_row(lines[n:], delimiter), columns) for n in range(min(_ABOVE, len(lines)))]
    if any(known):
        return known.index(max(known))
    return next((n for n, line in enumerate(lines) if _may_be_header(line, delimiter)), 0)


def _may_be_header(line: str, delimiter: str) -> bool:
    return bool(line.strip().strip(delimiter)) and not (_NAMED.fullmatch(line) or _COMMENT.match(line))


def _merit(lines: list[str], delimiter: str, columns: Mapping[str, str]) -> tuple[int, float, int]:
    rows = list(_whole_rows(lines, delimiter))
    header = next((row for row in rows if any(row)), [])
    same = sum(len(row) == len(header) for row in rows) / max(1, len(rows))
    return _known(header, columns), same, len(header)


def _first_row(lines: list[str], delimiter: str) -> list[str]:
    row = next(rows_of(_text(lines), delimiter), [])
    return [] if isinstance(row, Broken) else row


def _whole_rows(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    return (row for row in rows_of(_text(lines), delimiter) if not isinstance(row, Broken))


def _text(lines: list[str]) -> io.StringIO:
    return io.StringIO("".join(lines), newline="")


def _known(header: list[str], columns: Mapping[str, str]) -> int:
    try:
        return len(fields_of(header, columns))
    except SourceError:
        return 0
