"""`metadata.csv` and `metadata.json` in a folder: what the collection's owner says of the files in and below it.

A row, or an object, names its file by `path`, relative to the folder; other columns are those of a table of articles.
A CSV is best for a spreadsheet; JSON holds a list of such objects, or one object with a path a key.
"""

import csv
import json
import unicodedata
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.plain.encodings import decode
from retrieval.sources.formats.stated import date_of as date_stated
from retrieval.sources.formats.stated import language_of
from retrieval.sources.formats.tables.columns import positions
from retrieval.sources.formats.tables.csv_start import named_delimiter
from retrieval.sources.formats.tables.records import date_of, field_of
from retrieval.sources.model import MAX_BYTES, Known

NAMES = ("metadata.csv", "metadata.json")
HIDDEN = (".", "~$")
"""How names begin that are passed over: hidden files, and those that Word lays beside a document while it is open."""
_FIELDS = ("id", "title", "date", "source", "author", "url", "lang")


def read_metadata(path: Path) -> tuple[dict[str, Known], list[str]]:
    """What the file says, by paths relative to its folder, and what is wrong with rows that are passed over.

    Raises:
        SourceError: it is not what it should be.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceError(Reason.of(Problem.METADATA_TOO_LARGE, name=path.name, limit=MAX_BYTES // 2**20))
    text = decode(data)
    rows = _csv_rows(text) if path.suffix == ".csv" else _json_rows(text)
    found: dict[str, Known] = {}
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        try:
            found[_path(row)], problem = _known_of_row(row)
            problems += [Reason.of(Problem.METADATA_ROW, number=number, why=problem)] if problem else []
        except SourceError as error:
            problems.append(Reason.of(Problem.METADATA_ROW_LOST, number=number, why=error.said))
    return found, problems


def _known_of_row(row: Mapping[str, object]) -> tuple[Known, str | None]:
    """What a row says, and what is wrong with its date, which costs the date alone; raises as `known_of`."""
    try:
        return known_of(row), None
    except SourceError as error:
        rest = {name: value for name, value in row.items() if name != "date"}
        return known_of(rest), Reason.of(Problem.METADATA_FIELD, why=error.said)


def known_of(row: Mapping[str, object]) -> Known:
    """What a row says of its article; raises SourceError when a field is not what it should be."""
    fields = {name: field_of(row, name) for name in _FIELDS if name not in ("date", "lang")}
    written = field_of(row, "date")
    date = written and (date_stated(written) or date_of(written))
    lang = language_of(field_of(row, "lang"))
    return {name: value for name, value in {**fields, "date": date, "lang": lang}.items() if value}


def _csv_rows(text: str) -> Iterator[Mapping[str, object]]:
    """With the delimiter whose header names the most columns that are known."""
    try:
        lead, _, rest = text.lstrip().partition("\n")
        text = rest if named_delimiter(lead) else text
        header = next((line for line in text.splitlines() if line.strip()), "")
        delimiter = max(
            ",;\t|", key=lambda mark: len(positions(next(csv.reader([header], delimiter=mark), [])))
        )
        lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        fields = positions(next(lines))
        for line in lines:
            if any(line):
                yield {name: line[n] for name, n in fields.items() if n < len(line)}
    except (csv.Error, StopIteration) as error:
        raise SourceError(Reason.of(Problem.METADATA_NO_TABLE, why=str(error))) from error


def _json_rows(text: str) -> Iterator[Mapping[str, object]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(Reason.of(Problem.METADATA_NOT_JSON)) from error
    if isinstance(found, dict):
        found = [{**row, "path": path} if isinstance(row, dict) else row for path, row in found.items()]
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise SourceError(Reason.of(Problem.METADATA_NO_OBJECTS))
    yield from found


def _path(row: Mapping[str, object]) -> str:
    path = field_of(row, "path")
    if not path:
        raise SourceError(Reason.of(Problem.METADATA_NO_PATH))
    return unicodedata.normalize("NFC", path.removeprefix("./"))
