"""Tables (.csv, .tsv): one article a row, whose text is trusted to be clean. A bad row never stops the others."""

import codecs
import io
import json
from collections.abc import Iterator, Mapping

import regex

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.legacy_fonts import require_unicode
from retrieval.sources.formats.plain.encodings import charset_of
from retrieval.sources.formats.stated import language_of
from retrieval.sources.formats.tables.columns import fields_of
from retrieval.sources.formats.tables.csv_rows import Broken, Row, rows_of
from retrieval.sources.formats.tables.csv_start import find_start
from retrieval.sources.formats.tables.records import document_of, row_of
from retrieval.sources.model import Failure, Original, Pending, Sourced, digest_of, sourced

_HEAD = 2**16
_STRAY = 0.01
"""The share of zeros from which bytes are no text."""
_UNDECODED = regex.compile(r"[\udc80-\udcff]")


def read_csv(original: Original) -> Iterator[Pending | Failure]:
    """The articles of a table of any size; their ids, unless given, are `path#row`, from 1 below the header.

    Raises:
        SourceError: no text, no row of column names, or no column that holds the articles' texts.
    """
    with original.open() as file:
        head = file.read(_HEAD)
        charset = charset_of(_without_stray_zeros(head), original.charset)
        start = find_start(_beginning(head, charset), original.columns)
        file.seek(0)
        # Undecodable bytes become surrogates: their row fails, and alone.
        text = io.TextIOWrapper(file, charset, errors="surrogateescape", newline="")
        rows = rows_of(text, start.delimiter, above=start.lines)
        header = _header(rows)
        fields = fields_of(header, original.columns)
        for number, row in enumerate(rows, start=1):
            if isinstance(row, Broken):
                yield Failure(row_of(original, number).place, row.reason)
            elif any(cell.strip() for cell in row):
                yield _pending(row, number, len(header), fields, original)


def _without_stray_zeros(head: bytes) -> bytes:
    """Without the few zeros that databases leave in cells, which `normalise` takes out of their text."""
    return head.replace(b"\0", b"") if head.count(0) <= _STRAY * len(head) else head


def _beginning(head: bytes, charset: str) -> str:
    """The first lines as text, to judge the file by; raises SourceError when they are typed in a font's encoding."""
    text = codecs.getincrementaldecoder(charset)("replace").decode(head)
    require_unicode(text)
    return text.rpartition("\n")[0] if len(head) == _HEAD and "\n" in text else text


def _header(rows: Iterator[Row]) -> list[str]:
    header = next((row for row in rows if isinstance(row, Broken) or any(row)), list[str]())
    if isinstance(header, Broken):
        raise SourceError(Reason.of(Problem.NO_COLUMN_NAMES, why=header.why))
    return header


def _pending(row: list[str], number: int, width: int, fields: dict[str, int], original: Original) -> Pending:
    record = {ours: row[place] for ours, place in fields.items() if place < len(row)}
    place = row_of(original, number)
    digest = digest_of(json.dumps([record, row[width:]]).encode(), original)

    def read() -> Sourced:
        _require_whole(row, width)
        return sourced(document_of(_tidied(record), {}), place, digest)

    return Pending(origin=place.id, digest=digest, place=place.place, read=read, path=place.path)


def _require_whole(row: list[str], width: int) -> None:
    if any(cell.strip() for cell in row[width:]):
        raise SourceError(Reason.of(Problem.ROW_CELLS, count=len(row), width=width))
    if any(map(_UNDECODED.search, row)):
        raise SourceError(Reason.of(Problem.ROW_UNDECODABLE))


def _tidied(record: Mapping[str, str]) -> dict[str, object]:
    """The cells of a row as a record, what a language is called as its code."""
    tidied: dict[str, object] = dict(record)
    if "lang" in record:
        tidied["lang"] = language_of(record["lang"])
    return tidied
