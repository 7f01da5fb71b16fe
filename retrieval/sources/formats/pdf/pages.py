"""A PDF's text layer, page by page: the printed lines in the order in which they are read, and where they stand."""

from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.pdf.columns import in_order
from retrieval.sources.formats.pdf.glyphs import glyphs_of
from retrieval.sources.formats.pdf.line_numbers import without_line_numbers
from retrieval.sources.formats.pdf.pieces import Piece, pieces_of
from retrieval.sources.model import MAX_BYTES, Dropped

_Pdf = Any  # pypdfium2 has no types

MAX_PAGES = 5_000


class SizeLimits(NamedTuple):
    """How large a PDF may be: its pages, and the bytes of its text."""

    pages: int = MAX_PAGES
    text: int = MAX_BYTES


LIMITS = SizeLimits()


_ONE_AT_A_TIME = Lock()
"""pdfium may be used by one thread only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """A printed line. Lengths are in points, from the page's lower left corner; `base` is its lower edge, `size` its
    type's height; `hyphenated` means that a hyphen at its end, not in `text`, breaks a word; a `row` is one of a table.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    hyphenated: bool = False
    row: bool = False


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The lines of each page in their order, what is written there and not to be read, which pages are damaged, from 1,
    and what the file's information says of it.
    """

    pages: list[list[PageLine]]
    dropped: list[Dropped]
    damaged: list[int]
    information: Mapping[str, str]


class _Page(NamedTuple):
    lines: list[PageLine]
    dropped: list[Dropped]
    characters: int


def read_pages(data: bytes, name: str, most: SizeLimits) -> PageTexts:
    """The text layer of a PDF; raises SourceError when it is encrypted, damaged or larger than a book can be."""
    with _ONE_AT_A_TIME:
        try:
            with closing(pypdfium2.PdfDocument(data)) as document:
                return _read(document, name, most)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pdfium.FPDF_ERR_PASSWORD:
                raise SourceError(Reason.of(Problem.PDF_ENCRYPTED, name=name)) from error
            raise SourceError(Reason.of(Problem.PDF_DAMAGED, name=name)) from error


def _information(document: _Pdf) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("Title", "Author"):
        with suppress(UnicodeError):  # damaged: the text may be whole
            found[name] = document.get_metadata_value(name)
    return found


def _read(document: _Pdf, name: str, most: SizeLimits) -> PageTexts:
    """A page that is damaged costs itself; raises PdfiumError when all of them are."""
    if len(document) > most.pages:
        raise SourceError(Reason.of(Problem.PDF_PAGES, name=name, count=len(document), most=most.pages))
    pages: list[_Page] = []
    damaged: list[int] = []
    left = most.text
    for number in range(len(document)):
        try:
            pages.append(_read_page(document, number, left))
            left -= pages[-1].characters
        except OverflowError as error:
            raise SourceError(Reason.of(Problem.PDF_TEXT, name=name, limit=most.text // 2**20)) from error
        except pypdfium2.PdfiumError:
            damaged.append(number + 1)
            if len(damaged) == len(document):
                raise
            pages.append(_Page([], [], 0))
    dropped = [each for page in pages for each in page.dropped]
    return PageTexts([page.lines for page in pages], dropped, damaged, _information(document))


def _read_page(document: _Pdf, number: int, most: int) -> _Page:
    with closing(document[number]) as page:
        glyphs = glyphs_of(page, most)
    pieces, numbers = without_line_numbers(pieces_of(glyphs.upright))
    lines = in_order(pieces)
    for group in glyphs.turned:
        lines += in_order(pieces_of(group))
    dropped = [Dropped(number, "line number") for number in numbers]
    dropped += [Dropped(" ".join(glyphs.unseen), "hidden")] if glyphs.unseen else []
    return _Page([_line(piece) for piece in lines], dropped, len(glyphs.upright))


def _line(piece: Piece) -> PageLine:
    return PageLine(
        text=piece.text,
        left=piece.left,
        right=piece.right,
        base=piece.base,
        size=piece.size,
        hyphenated=piece.hyphenated,
        row=piece.row,
    )
