"""The kinds of files that hold articles: one row each. A reader and its libraries are imported when first used."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePosixPath
from pkgutil import resolve_name
from typing import Any

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.model import Document, Failure, Original, Pending

DocumentReader = Callable[[bytes, Original], Document]
"""One article a file. Raises SourceError, in one sentence, for whatever it cannot read."""
TableReader = Callable[[Original], Iterator[Pending | Failure]]
"""One article a row; files of any size, read piece by piece."""
ArchiveReader = Callable[[Original], Iterator[Original | Failure]]
"""Files of the other kinds packed into one."""


class Holds(Enum):
    """What is in a file, and so which kind of reader it has."""

    ARTICLE = auto()
    ROWS = auto()
    FILES = auto()


class Form(Enum):
    """How a file is written, whatever stands in it; what is PACKED or a ZIP may become much larger."""

    PLAIN = auto()
    JSON = auto()
    MARKUP = auto()
    PACKED = auto()
    ZIP = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file: the endings of its names, the media types that say nothing but this kind, or fall back to it,
    and its reader, `module:function` below retrieval/sources. What comes without a name gets the first ending.
    """

    suffixes: tuple[str, ...]
    form: Form
    reader: str
    media_types: tuple[str, ...] = ()
    holds: Holds = Holds.ARTICLE

    def load(self) -> Any:  # noqa: ANN401 - a DocumentReader, TableReader or ArchiveReader, as `holds` tells
        return resolve_name(f"retrieval.sources.{self.reader}")


KINDS = (
    FileKind(
        suffixes=(".txt", ".text"),
        form=Form.PLAIN,
        reader="formats.plain.plain_text:read_plain_text",
        media_types=("text/plain",),
    ),
    FileKind(
        suffixes=(".md", ".markdown"),
        form=Form.PLAIN,
        reader="formats.plain.markdown:read_markdown",
        media_types=("text/markdown", "text/x-markdown"),
    ),
    FileKind(
        suffixes=(".html", ".htm", ".xhtml"),
        form=Form.MARKUP,
        reader="html.reader:read_html",
        media_types=("text/html", "application/xhtml+xml"),
    ),
    FileKind(
        suffixes=(".pdf",),
        form=Form.PACKED,
        reader="formats.pdf.reader:read_pdf",
        media_types=("application/pdf", "application/x-pdf"),
    ),
    FileKind(
        suffixes=(".docx", ".docm", ".dotx"),
        form=Form.ZIP,
        reader="formats.docx.reader:read_docx",
        media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ),
    FileKind(
        suffixes=(".epub",),
        form=Form.ZIP,
        reader="formats.epub.reader:read_epub",
        media_types=("application/epub+zip",),
    ),
    FileKind(
        suffixes=(".jsonl", ".ndjson"),
        form=Form.JSON,
        reader="formats.tables.jsonl:read_jsonl",
        media_types=(
            "application/jsonl",
            "application/jsonlines",
            "application/x-jsonlines",
            "application/x-ndjson",
            "application/ndjson",
        ),
        holds=Holds.ROWS,
    ),
    FileKind(
        suffixes=(".csv",),
        form=Form.PLAIN,
        reader="formats.tables.csv_file:read_csv",
        media_types=("text/csv", "application/csv"),
        holds=Holds.ROWS,
    ),
    FileKind(
        suffixes=(".tsv",),
        form=Form.PLAIN,
        reader="formats.tables.csv_file:read_csv",
        media_types=("text/tab-separated-values",),
        holds=Holds.ROWS,
    ),
    FileKind(
        suffixes=(".zip",),
        form=Form.ZIP,
        reader="formats.zip.archives:read_zip",
        media_types=("application/zip", "application/x-zip-compressed"),
        holds=Holds.FILES,
    ),
)
_BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in kind.suffixes}

SUFFIXES = tuple(_BY_SUFFIX)
ENDINGS = ", ".join(SUFFIXES)
"""All of them, as a sentence lists them."""
SUFFIX_OF_TYPE = {media_type: kind.suffixes[0] for kind in KINDS for media_type in kind.media_types}


def suffix_of(name: str) -> str:
    """The ending of a file's name, in small letters."""
    return PurePosixPath(name).suffix.lower()


def kind_of_name(name: str) -> FileKind | None:
    """The kind of a file, as its name tells; None for what is not supported."""
    return _BY_SUFFIX.get(suffix_of(name))


def kind_of(original: Original) -> FileKind:
    """The kind of a file; raises SourceError for what is not supported."""
    if kind := kind_of_name(original.name):
        return kind
    raise SourceError(Reason.of(Problem.UNSUPPORTED_KIND, name=original.name, endings=ENDINGS))
