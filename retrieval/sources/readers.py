"""The kinds of files that hold articles: one row each. A reader and its libraries are imported when first used."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from pkgutil import resolve_name
from typing import Any

from retrieval.errors import SourceError
from retrieval.sources.model import Document, Failure, Original, Pending

DocumentReader = Callable[[bytes, Original], Document]
"""One article a file. Raises SourceError, in one sentence, for whatever it cannot read."""
TableReader = Callable[[Original], Iterator[Pending | Failure]]
"""One article a row; files of any size, read piece by piece."""
ArchiveReader = Callable[[Original], Iterator[Original | Failure]]
"""Files of the other kinds packed into one."""

_DOCUMENTS = {
    ".txt": "formats.plain.plain_text:read_plain_text",
    ".text": "formats.plain.plain_text:read_plain_text",
    ".md": "formats.plain.markdown:read_markdown",
    ".markdown": "formats.plain.markdown:read_markdown",
    ".html": "html.reader:read_html",
    ".htm": "html.reader:read_html",
    ".xhtml": "html.reader:read_html",
    ".pdf": "formats.pdf.reader:read_pdf",
    ".docx": "formats.docx.reader:read_docx",
    ".docm": "formats.docx.reader:read_docx",
    ".dotx": "formats.docx.reader:read_docx",
    ".epub": "formats.epub.reader:read_epub",
}
_TABLES = {
    ".jsonl": "formats.tables.jsonl:read_jsonl",
    ".ndjson": "formats.tables.jsonl:read_jsonl",
    ".csv": "formats.tables.csv_file:read_csv",
    ".tsv": "formats.tables.csv_file:read_csv",
}
_ARCHIVES = {".zip": "formats.zip.archives:read_zip"}

SUFFIXES = (*_DOCUMENTS, *_TABLES, *_ARCHIVES)


def document_reader(original: Original) -> DocumentReader | None:
    """The reader of a file that is one article, None when it is a table or an archive."""
    reader: DocumentReader | None = _load(_DOCUMENTS, original)
    return reader


def table_reader(original: Original) -> TableReader | None:
    """The reader of a file that holds one article a row, None for other kinds."""
    reader: TableReader | None = _load(_TABLES, original)
    return reader


def archive_reader(original: Original) -> ArchiveReader | None:
    """The reader of a packed file, None for other kinds."""
    reader: ArchiveReader | None = _load(_ARCHIVES, original)
    return reader


def require_supported(original: Original) -> None:
    """Raises SourceError for a kind that is not supported."""
    if _suffix(original) not in SUFFIXES:
        raise SourceError(f"{original.name} is of no supported kind: expected {', '.join(SUFFIXES)}")


def _suffix(original: Original) -> str:
    return PurePosixPath(original.name).suffix.lower()


def _load(table: dict[str, str], original: Original) -> Any:  # noqa: ANN401 - what the table's kind of reader is
    named = table.get(_suffix(original))
    return resolve_name(f"retrieval.sources.{named}") if named else None
