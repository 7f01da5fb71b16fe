"""Word documents (.docx): paragraphs, headings, list items and tables in their order."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from retrieval.errors import SourceError
from retrieval.sources.formats.assembly import Marked, assemble, one_line, titled
from retrieval.sources.formats.legacy_fonts import require_unicode
from retrieval.sources.formats.stated import author_of, head_date, title_of
from retrieval.sources.formats.zip_safety import members_of
from retrieval.sources.sourced import MAX_BYTES, Document, Original, with_facts

_Xml = Any  # python-docx has no types

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_MOST_UNPACKED = 200 * 2**20
_PARSED = (".xml", ".rels")
_CELL_MARK = " | "
_TITLE_STYLES = ("Title", "Heading 1")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_AS_TEXT = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_ELSEWHERE = (f"{_W}moveFrom", f"{_W}del", f"{_W}pPr", f"{_W}rPr", _FALLBACK)
"""What was deleted, moved away, or is said a second time for old programs."""


def read_docx(data: bytes, original: Original) -> Document:
    """The article in a Word document; raises SourceError."""
    _require_safe(data, original.name)
    try:
        document = _parsed(data, original)
    except SourceError:
        raise
    except Exception as error:  # python-docx lets whatever a damaged part causes come through
        raise SourceError(
            f"{original.name} is no readable Word document: open it in Word and save it again"
        ) from error
    if not document.text:
        raise SourceError(
            f"{original.name} holds no text: expected paragraphs, found only pictures or nothing"
        )
    require_unicode(document.text)
    return document


def _require_safe(data: bytes, name: str) -> None:
    if data.startswith(_OLD_WORD):
        if _ENCRYPTED_PART in data:
            raise SourceError(f"{name} is encrypted: save it without a password")
        raise SourceError(f"{name} is an old binary Word file (.doc): save it as .docx")
    for member in members_of(BytesIO(data), _MOST_UNPACKED):
        if member.filename.endswith(_PARSED) and member.file_size > MAX_BYTES:
            raise SourceError(f"{name} holds more than {MAX_BYTES // 2**20} MB of text: split it")


def _parsed(data: bytes, original: Original) -> Document:
    import docx

    word = docx.Document(BytesIO(data))
    styles = {style.style_id: style.name for style in word.styles}
    lines = list(_lines(word.element.body))
    properties = word.core_properties
    title = title_of(properties.title, original.name) or _styled_title(word.element.body, styles)
    document = assemble(titled([Marked(line) for line in lines], title))
    facts = {
        "title": title,
        "author": author_of(properties.author),
        "date": head_date([line for line in map(one_line, lines) if line]),
    }
    return with_facts(document, facts)


def _styled_title(body: _Xml, styles: dict[str, str]) -> str | None:
    """The first paragraph that says something, when it is styled as the title."""
    for paragraph in body.iter(f"{_W}p"):
        if text := one_line(_text(paragraph)):
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            named = styles.get(style.get(f"{_W}val")) if style is not None else None
            return text if named in _TITLE_STYLES else None
    return None


def _lines(block: _Xml) -> Iterator[str]:
    """A paragraph a line, a row a line, in order; content controls are looked into."""
    for element in block:
        if element.tag == f"{_W}p":
            yield _text(element)
        elif element.tag == f"{_W}tbl":
            yield from map(_row, element.iter(f"{_W}tr"))
        elif element.tag not in _ELSEWHERE:
            yield from _lines(element)


def _row(row: _Xml) -> str:
    cells = [" ".join(map(_text, cell.iter(f"{_W}p"))) for cell in row.iter(f"{_W}tc")]
    return _CELL_MARK.join(text for cell in cells if (text := one_line(cell)))


def _text(element: _Xml) -> str:
    return "".join(_pieces(element))


def _pieces(element: _Xml) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _AS_TEXT:
            yield _AS_TEXT[child.tag]
        elif child.tag not in _ELSEWHERE:
            yield from _pieces(child)
            yield "\n" if child.tag == f"{_W}p" else ""  # a paragraph of a text box
