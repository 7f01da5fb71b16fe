"""A record (a JSON object, a row of a table) -> the document in its fields; the text is trusted to be clean."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date as Date
from datetime import datetime

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.cleaning.dates import find_dates
from retrieval.sources.formats.plain.wrapped import unwrap
from retrieval.sources.formats.stated import language_of
from retrieval.sources.model import Document, Original
from retrieval.text.forms import normalise
from retrieval.text.language import detect_language

FIELDS = ("id", "title", "date", "source", "author", "url", "lang")
_LONGEST_DATE = 200
"""Characters of a field in which a date is looked for."""


def row_of(original: Original, number: int) -> Original:
    """The row `number`, from 1, of a table, as an original of its own: `path#number`."""
    known = {name: value for name, value in original.known.items() if name not in ("id", "url", "title")}
    return replace(
        original, id=f"{original.id}#{number}", place=f"{original.place}#{number}", known=known, url=None
    )


def document_of(record: Mapping[str, object], columns: Mapping[str, str]) -> Document:
    """Raises SourceError when the text or the id is not what it should be; of the other fields one that is not is left
    out, with a remark. `columns` are as in `Original`.
    """
    record = {**record, **{ours: record[theirs] for ours, theirs in columns.items() if theirs in record}}
    text, article_id = _text(record), field_of(record, "id")
    fields, remarks = _fields(record)
    written, date = fields["date"], None
    if written:
        date = date_in(written, beside=text)
        remarks += [] if date else [Reason.of(Problem.KEPT_WITHOUT_DATE, why=_no_date(written))]
    return Document(
        text=text,
        title=fields["title"],
        date=date,
        source=fields["source"],
        author=fields["author"],
        url=fields["url"],
        id=article_id,
        lang=language_of(fields["lang"]),
        trusted=True,
        remarks=tuple(remarks),
    )


def _fields(record: Mapping[str, object]) -> tuple[dict[str, str | None], list[str]]:
    """What describes the article, and what is wrong with fields that are passed over."""
    fields: dict[str, str | None] = {}
    remarks: list[str] = []
    for name in FIELDS[1:]:
        try:
            fields[name] = field_of(record, name)
        except SourceError as error:
            fields[name] = None
            remarks.append(Reason.of(Problem.KEPT_WITHOUT, why=error.said))
    return fields, remarks


def _text(record: Mapping[str, object]) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise SourceError(Reason.of(Problem.TEXT_MISSING))
    kept = "\n".join(line for line in normalise(unwrap(text)).split("\n") if line)
    if not kept:
        raise SourceError(Reason.of(Problem.TEXT_BLANK))
    return kept


def field_of(record: Mapping[str, object], name: str) -> str | None:
    """The value of a field, None when it has none; raises SourceError when it is no string.

    A whole number is an id as well: databases number their rows.
    """
    value = record.get(name)
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise SourceError(Reason.of(Problem.FIELD_NO_STRING, name=name, kind=type(value).__name__))
    return " ".join(normalise(value).split()) or None if value else None


def date_in(written: str, *, beside: str) -> Date | None:
    """The date that a field holds, in ISO 8601 or as people write it; None when that is none.

    4/2/2025 is in April only `beside` an English text.
    """
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        american = detect_language(beside).code == "en"
        return next((found.date for found in find_dates(written[:_LONGEST_DATE], month_first=american)), None)


def date_of(written: str | None) -> Date | None:
    """A date out of ISO 8601; raises SourceError for another writing."""
    if written is None:
        return None
    try:
        return datetime.fromisoformat(written).date()
    except ValueError as error:
        raise SourceError(_no_date(written)) from error


def _no_date(written: str) -> str:
    return Reason.of(Problem.NO_DATE, found=repr(written[:40]))
