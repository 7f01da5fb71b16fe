"""JSON lines: one article an object, whose text is trusted to be clean. A bad line never stops the others."""

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.tables.records import document_of, row_of
from retrieval.sources.model import MAX_BYTES, Failure, Original, Pending, Sourced, digest_of, sourced

_WIDE = 0.2
"""The share of zeros from which bytes are UTF-16 or a program."""


def read_jsonl(original: Original) -> Iterator[Pending | Failure]:
    """The articles of a JSONL file of any size, read line by line; their ids, unless given, are `path#line`."""
    with original.open() as file:
        _require_text(file, original.name)
        for number, line in enumerate(_lines(file), start=1):
            if line.strip():
                yield _pending(line, number, original)


def _require_text(file: BinaryIO, name: str) -> None:
    start = file.read(4096)
    wide = start.count(0) > _WIDE * len(
        start
    )  # fewer zeros are damage, and cost the lines that they stand in
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or wide:
        raise SourceError(f"{name} is not UTF-8 text: save it as UTF-8, one JSON object a line")
    file.seek(len(codecs.BOM_UTF8) if start.startswith(codecs.BOM_UTF8) else 0)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines of bounded length: one that is too long comes cut, just over the limit, and its rest is skipped."""
    while line := file.readline(MAX_BYTES + 1):
        rest = line
        while not rest.endswith(b"\n") and len(rest) > MAX_BYTES:
            rest = file.readline(MAX_BYTES + 1)
        yield line.rstrip(b"\r\n")


def _pending(line: bytes, number: int, original: Original) -> Pending:
    row = row_of(original, number)
    digest = digest_of(line, original)

    def read() -> Sourced:
        return sourced(document_of(_record(line), original.columns), row, digest)

    return Pending(origin=row.id, digest=digest, place=row.place, read=read, path=row.path)


def _record(line: bytes) -> dict[str, object]:
    if len(line) > MAX_BYTES:
        raise SourceError(Reason.of(Problem.LINE_TOO_LARGE, limit=MAX_BYTES // 2**20))
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise SourceError(Reason.of(Problem.LINE_UNDECODABLE)) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(Reason.of(Problem.LINE_NOT_JSON)) from error
    if not isinstance(record, dict):
        raise SourceError(Reason.of(Problem.LINE_NO_OBJECT, kind=type(record).__name__))
    return record
