"""Documents in bytes, read as the readers of their formats read them."""

from io import BytesIO

from retrieval.sources.formats.docx.reader import read_docx
from retrieval.sources.formats.epub.reader import read_epub
from retrieval.sources.formats.pdf.pages import LIMITS, SizeLimits
from retrieval.sources.formats.pdf.reader import read_pdf
from retrieval.sources.formats.plain.markdown import read_markdown
from retrieval.sources.model import Document, Original


def original(name: str, data: bytes = b"") -> Original:
    return Original(id=name, place=name, name=name, open=lambda: BytesIO(data))


def from_pdf(data: bytes, most: SizeLimits = LIMITS) -> Document:
    return read_pdf(data, original("a.pdf"), most)


def from_docx(data: bytes) -> Document:
    return read_docx(data, original("a.docx"))


def from_epub(data: bytes) -> Document:
    return read_epub(data, original("a.epub"))


def from_markdown(text: str) -> Document:
    return read_markdown(text.encode(), original("a.md"))


def lines(document: Document) -> list[str]:
    return document.text.split("\n")
