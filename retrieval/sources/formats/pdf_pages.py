"""A PDF's text layer, page by page: the printed lines and where they stand. The only user of pdfium."""

from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import regex

from retrieval.errors import SourceError
from retrieval.sources.sourced import MAX_BYTES

_Pdf = Any  # pypdfium2 has no types
_Texts = Any

MAX_PAGES = 5_000
_ONE_AT_A_TIME = Lock()
"""pdfium may be used by one thread only."""
_LINE_END_HYPHENS = "\ufffe\x02"
"""What pdfium makes of a hyphen at the end of a line that goes on."""
_LINE = regex.compile(rf"[^\r\n{_LINE_END_HYPHENS}]+")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A printed line. Lengths are in points, from the page's lower left corner; `base` is its lower edge, `size` its
    type's height; `hyphenated` means that a hyphen at its end, not in `text`, breaks a word."""

    text: str
    left: float
    right: float
    base: float
    size: float
    hyphenated: bool = False


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The lines of each page in their order, and what the file's information says of it."""

    pages: list[list[PageLine]]
    information: Mapping[str, str]


def read_pages(data: bytes, name: str) -> PageTexts:
    """The text layer of a PDF; raises SourceError when it is encrypted, damaged or larger than a book can be."""
    with _ONE_AT_A_TIME:
        try:
            with closing(pypdfium2.PdfDocument(data)) as document:
                return PageTexts(list(_pages(document, name)), _information(document))
        except pypdfium2.PdfiumError as error:
            if error.err_code == pdfium.FPDF_ERR_PASSWORD:
                raise SourceError(f"{name} is encrypted: save it without a password") from error
            raise SourceError(
                f"{name} is a damaged PDF, or none at all: download or export it again"
            ) from error


def _information(document: _Pdf) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("Title", "Author"):
        with suppress(UnicodeError):  # damaged: the text may be whole
            found[name] = document.get_metadata_value(name)
    return found


def _pages(document: _Pdf, name: str) -> Iterator[list[PageLine]]:
    if len(document) > MAX_PAGES:
        raise SourceError(
            f"{name} has {len(document):,} pages: expected at most {MAX_PAGES:,}, split it into one file per article"
        )
    left = MAX_BYTES
    for number in range(len(document)):
        with closing(document[number]) as page, closing(page.get_textpage()) as texts:
            left -= texts.count_chars()
            if left < 0:
                raise SourceError(f"{name} holds more than {MAX_BYTES // 2**20} MB of text: split it")
            yield list(_lines(texts))


def _lines(texts: _Texts) -> Iterator[PageLine]:
    # An unassigned code is left out of the text, though it has an index: each line looks its first one up.
    text = texts.get_text_range()
    for match in _LINE.finditer(text):
        written = match.group().strip()
        if written:
            start = match.start() + match.group().index(written[0])
            hyphenated = text[match.end() : match.end() + 1] in tuple(_LINE_END_HYPHENS)
            yield _line(texts, written, start, start + len(written) - 1, hyphenated)


def _line(texts: _Texts, written: str, first: int, last: int, hyphenated: bool) -> PageLine:
    left, base, _, top = _box(texts, first)
    right = _box(texts, last)[2]
    return PageLine(written, left, max(left, right), base, max(1.0, top - base), hyphenated)


def _box(texts: _Texts, place: int) -> tuple[float, float, float, float]:
    index = pdfium.FPDFText_GetCharIndexFromTextIndex(texts, place)
    try:
        left, bottom, right, top = texts.get_charbox(max(0, index), loose=True)
    except pypdfium2.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    return left, bottom, right, top
