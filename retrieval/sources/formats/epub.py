"""Books in EPUB: the chapters in their reading order, and what the package file says of the book."""

import posixpath
from collections.abc import Iterator
from datetime import date as Date
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipInfo

from lxml import etree

from retrieval.errors import SourceError
from retrieval.sources.formats.assembly import Marked, assemble, titled
from retrieval.sources.formats.legacy_fonts import require_unicode
from retrieval.sources.formats.stated import author_of, date_of, language_of, title_of
from retrieval.sources.formats.xhtml_lines import parse_xml, xhtml_lines
from retrieval.sources.formats.zip_safety import members_of, unpack
from retrieval.sources.sourced import MAX_BYTES, Document, Original, with_facts

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_FONT_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_DC = "{http://purl.org/dc/elements/1.1/}"
_EVENT = "{http://www.idpf.org/2007/opf}event"
_CHAPTERS = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")


class _Book:
    """The members of an EPUB by name."""

    def __init__(self, data: bytes) -> None:
        self._file = BytesIO(data)
        self._members: dict[str, ZipInfo] = {each.filename: each for each in members_of(self._file)}

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def xml(self, name: str) -> etree._Element:
        return parse_xml(self.read(name))

    def read(self, name: str) -> bytes:
        if name not in self._members:
            raise SourceError(f"an EPUB without its {name}: download it again")
        return unpack(self._file, self._members[name])


def read_epub(data: bytes, original: Original) -> Document:
    """The text of a book as one article; raises SourceError."""
    try:
        document = _parsed(_Book(data), original)
    except (etree.LxmlError, ValueError, UnicodeError, RecursionError) as error:
        raise SourceError(f"{original.name} is a damaged EPUB: download it again") from error
    if not document.text:
        raise SourceError(f"{original.name} holds no text: expected chapters, found only pictures or nothing")
    require_unicode(document.text)
    return document


def _parsed(book: _Book, original: Original) -> Document:
    _require_open(book)
    package_name = _package_name(book)
    package = book.xml(package_name)
    title = title_of(_said(package, "title"), original.name)
    facts = {
        "title": title,
        "author": author_of(", ".join(_all_said(package, "creator"))),
        "source": _said(package, "publisher"),
        "date": _published(package),
        "lang": language_of(_said(package, "language")),
    }
    return with_facts(assemble(titled(list(_lines(book, package, package_name)), title)), facts)


def _require_open(book: _Book) -> None:
    if _ENCRYPTION in book:
        methods = [each.get("Algorithm") for each in book.xml(_ENCRYPTION).iter("{*}EncryptionMethod")]
        if any(method not in _FONT_OBFUSCATION for method in methods):
            raise SourceError("encrypted (DRM): get the book without copy protection")


def _package_name(book: _Book) -> str:
    for root in book.xml(_CONTAINER).iter("{*}rootfile"):
        if name := root.get("full-path"):
            return name
    raise SourceError("an EPUB that names no package file: download it again")


def _lines(book: _Book, package: etree._Element, package_name: str) -> Iterator[Marked]:
    folder, size = posixpath.dirname(package_name), 0
    items = {item.get("id"): item for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and _is_chapter(item):
            name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
            for line in xhtml_lines(book.read(name)):
                size += len(line)
                if size > MAX_BYTES:
                    raise SourceError(f"holds more than {MAX_BYTES // 2**20} MB of text: split it")
                yield Marked(line)


def _is_chapter(item: etree._Element) -> bool:
    navigation = "nav" in (item.get("properties") or "").split()
    return item.get("media-type") in _CHAPTERS and not navigation


def _all_said(package: etree._Element, name: str) -> list[str]:
    return [" ".join(map(str, each.itertext())).strip() for each in package.iter(f"{_DC}{name}")]


def _said(package: etree._Element, name: str) -> str | None:
    return next((" ".join(said.split()) for said in _all_said(package, name) if said), None)


def _published(package: etree._Element) -> Date | None:
    """The date of the book itself, when it is a whole one; not of the file's last change."""
    for each in package.iter(f"{_DC}date"):
        if each.get(_EVENT) != "modification" and (date := date_of(each.text)):
            return date
    return None
