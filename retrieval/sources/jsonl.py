"""JSON lines: one article an object, whose text is trusted to be clean. A bad line never stops the others."""

import codecs
import hashlib
import json
from collections.abc import Iterator
from datetime import date as Date
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from retrieval.article import Article
from retrieval.errors import SourceError
from retrieval.sources.plain_text import MAX_BYTES, language_code
from retrieval.sources.sourced import Failure, Sourced
from retrieval.text import normalise

_FIELDS = ("id", "title", "date", "source", "author", "url", "lang")


def read_jsonl(path: Path, article_id: str) -> Iterator[Sourced | Failure]:
    """The articles of a JSONL file of any size, read line by line; `article_id` is the file's part of `path#line`."""
    with path.open("rb") as file:
        _require_text(file, path.name)
        for number, line in enumerate(_lines(file), start=1):
            if line.strip():
                yield _read_line(line, f"{article_id}#{number}", f"{path.as_posix()}#{number}", path)


def _require_text(file: BinaryIO, name: str) -> None:
    start = file.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start:
        raise SourceError(f"{name} is not UTF-8 text: save it as UTF-8, one JSON object a line")
    file.seek(len(codecs.BOM_UTF8) if start.startswith(codecs.BOM_UTF8) else 0)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines of bounded length: one that is too long comes cut, just over the limit, and its rest is skipped."""
    while line := file.readline(MAX_BYTES + 1):
        rest = line
        while not rest.endswith(b"\n") and len(rest) > MAX_BYTES:
            rest = file.readline(MAX_BYTES + 1)
        yield line.rstrip(b"\r\n")


def _read_line(line: bytes, article_id: str, place: str, path: Path) -> Sourced | Failure:
    try:
        article = _article(_record(line), article_id, path.as_posix())
    except SourceError as error:
        return Failure(place, str(error))
    return Sourced(article, hashlib.sha256(line).hexdigest(), place)


def _record(line: bytes) -> dict[str, object]:
    if len(line) > MAX_BYTES:
        raise SourceError(f"the line is larger than {MAX_BYTES // 2**20} MB: expected one article a line")
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise SourceError("the line cannot be decoded as UTF-8: save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise SourceError("the line is not valid JSON: expected one JSON object a line") from error
    if not isinstance(record, dict):
        raise SourceError(f"found a JSON {type(record).__name__}: expected an object with a `text`")
    return record


def _article(record: dict[str, object], article_id: str, path: str) -> Article:
    fields = {name: _field(record, name) for name in _FIELDS}
    text = _text(record)
    return Article(
        id=fields["id"] or fields["url"] or article_id,
        text=text,
        title=fields["title"],
        date=_date(fields["date"]),
        source=fields["source"],
        author=fields["author"],
        url=fields["url"],
        path=path,
        lang=fields["lang"] or language_code(text),
    )


def _text(record: dict[str, object]) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise SourceError("`text` is missing or not a string: expected the article's text")
    kept = "\n".join(line for line in normalise(text).split("\n") if line)
    if not kept:
        raise SourceError("`text` is blank: expected the article's text")
    return kept


def _field(record: dict[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise SourceError(f"`{name}` is a {type(value).__name__}: expected a string, or leave it out")
    return " ".join(normalise(value).split()) or None if value else None


def _date(written: str | None) -> Date | None:
    if written is None:
        return None
    try:
        return datetime.fromisoformat(written).date()
    except ValueError as error:
        raise SourceError(
            f"`date` is {written[:40]!r}: expected YYYY-MM-DD or an ISO 8601 date and time"
        ) from error
