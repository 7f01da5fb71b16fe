"""The rows of a table. One whose quotes are broken is told with its lines, and costs no other that can be read."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

import regex

from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.model import MAX_BYTES

csv.field_size_limit(MAX_BYTES)  # of the whole process; the usual 128 KB are less than a long article


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is none: it begins in line `line` of the file, from 1, and of the lines from there on `lost` are no
    rows either; `why` is in the words of Python's reader.
    """

    line: int
    lost: int
    why: str

    def __str__(self) -> str:
        return self.reason

    @property
    def reason(self) -> Reason:
        if self.lost > 1:
            return Reason.of(Problem.ROWS_LOST, line=self.line, why=self.why, lost=self.lost)
        return Reason.of(Problem.ROW_QUOTES, line=self.line, why=self.why)


Row = list[str] | Broken


def rows_of(text: TextIO, delimiter: str, above: int = 0, most: int = MAX_BYTES) -> Iterator[Row]:
    """The rows of a table, a blank line as an empty one; the first with a cell tells how many cells a row has. The
    first lines, `above` in number, are no rows. A row has `most` characters at most.

    A quote that is not closed runs on to the next one in the file. The lines that it ran over are read once more, each
    for a row of its own, and so is what begins in the last of them. Those with other quotes or another number of cells
    than a row has are lost: they are more likely paragraphs of the broken row.
    """
    lines = _Lines(text, most)
    lines.skip(above)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width, again = 0, False
    while True:
        line = lines.begin_row()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            between, again = lines.row[1:-1], len(lines.row) > 1
            rows = [cells for each in between if (cells := _row_in(each, delimiter, width)) is not None]
            yield Broken(line, 1 + len(between) - len(rows), str(error))
            yield from rows
            if again:
                lines.repeat()
            continue
        if again and row and not _is_sound("".join(lines.row), row, delimiter, width):
            yield Broken(line, len(lines.row), "it stands in a broken row")
        else:
            yield row
        width, again = width or any(row) * len(row), False


def _row_in(line: str, delimiter: str, width: int) -> list[str] | None:
    """The row that a line is, empty if it is blank; None when it is none."""
    if not line.strip("\r\n"):
        return []
    row = line.rstrip("\r\n").split(delimiter)
    return row if '"' not in line and len(row) == width else None


def _is_sound(written: str, row: list[str], delimiter: str, width: int) -> bool:
    """Whether quotes stand around cells alone, or twice inside those."""
    cell = rf'(?:"(?:[^"]|"")*+"|[^"\r\n{regex.escape(delimiter)}]*+)'
    whole = regex.fullmatch(rf"{cell}(?:{regex.escape(delimiter)}{cell})*+[\r\n]*", written)
    return whole is not None and len(row) == width


class _Lines:
    """Lines of bounded length, whatever the file holds; `row` are those of the row in hand."""

    def __init__(self, text: TextIO, most: int) -> None:
        self.row: list[str] = []
        self._most = most
        self._text = text
        self._repeated = ""
        self._read, self._size = 0, 0
        self._cut_off = False

    def begin_row(self) -> int:
        """The number, from 1, of the line that comes next."""
        self.row, self._size = [], 0
        return self._read + 1

    def skip(self, count: int) -> None:
        """Passes over lines, which count where lines are numbered."""
        for _ in range(count):
            self._read += bool(self._next())

    def repeat(self) -> None:
        """The last line comes once more."""
        self._repeated = self.row[-1]
        self._read -= 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line, self._repeated = self._repeated or self._next(), ""
        if not line:
            raise StopIteration
        self._read += 1
        self._size += len(line)
        self.row.append(line)
        if self._size > self._most:
            raise csv.Error(f"it is larger than {self._most // 2**20} MB")
        return line

    def _next(self) -> str:
        if self._cut_off:
            return ""
        try:
            return self._text.readline(self._most)
        except UnicodeError as error:
            self._cut_off = True
            raise csv.Error("it ends in the middle of a character") from error
