"""Books in EPUB: the chapters in their reading order, and what the package file says of the book."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date as Date
from typing import NamedTuple

from lxml import etree

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.assembly import Marked, assemble, titled
from retrieval.sources.formats.epub.chapters import chapter_lines
from retrieval.sources.formats.epub.package import Book, Chapter
from retrieval.sources.formats.epub.xhtml_lines import parse_xhtml
from retrieval.sources.formats.legacy_fonts import require_unicode
from retrieval.sources.formats.stated import author_of, date_of, language_of, title_of
from retrieval.sources.model import MAX_BYTES, Document, Original, with_facts
from retrieval.text.language import agreed_language

_DC = "{http://purl.org/dc/elements/1.1/}"
_EVENT = "{http://www.idpf.org/2007/opf}event"
_NO_PAGE = "no page of text"
_TOLD = 5
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class _Read(NamedTuple):
    """A chapter that was read, or why it is lost."""

    name: str
    lost: str | None
    root: etree._Element | None = None
    is_contents: bool = False


def read_epub(data: bytes, original: Original) -> Document:
    """The text of a book as one article, without the chapters that are lost; raises SourceError."""
    package = Book(data)
    read = [_read(package, chapter) for chapter in package.chapters()]
    try:
        document = _parsed(package, read, original)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise SourceError(Reason.of(Problem.EPUB_DAMAGED, name=original.name)) from error
    if not document.text:
        lost = [chapter for chapter in read if chapter.lost]
        raise SourceError(
            Reason.of(Problem.EPUB_NO_CHAPTER, name=original.name, count=len(lost))
            if lost
            else Reason.of(Problem.EPUB_NO_TEXT, name=original.name)
        )
    require_unicode(document.text)
    return replace(document, remarks=tuple(_remarks(package, read)))


def _remarks(package: Book, chapters: list[_Read]) -> Iterator[str]:
    """What is missing from the book, which is read without it."""
    if package.damage:
        yield Reason.of(Problem.EPUB_LOST_LIST, name=package.name, why=package.damage)
    elif package.is_repaired:
        yield Reason.of(Problem.EPUB_CUT)
    lost = [chapter for chapter in chapters if chapter.lost]
    for chapter in lost[:_TOLD]:
        yield Reason.of(Problem.EPUB_LOST_CHAPTER, name=chapter.name, why=chapter.lost)
    if len(lost) > _TOLD:
        yield Reason.of(Problem.EPUB_LOST_CHAPTERS, count=len(lost) - _TOLD)


def _read(package: Book, chapter: Chapter) -> _Read:
    try:
        data = package.read(chapter.name) if chapter.lost is None else b""
    except SourceError as error:
        return _Read(chapter.name, str(error).partition(":")[0])
    if chapter.lost or not data.strip():
        return _Read(chapter.name, (chapter.lost or "empty").partition(":")[0])
    if b"\0" in data and not data.startswith(_UTF16):
        return _Read(chapter.name, _NO_PAGE)
    try:
        return _Read(chapter.name, None, parse_xhtml(data), chapter.is_contents)
    except (etree.LxmlError, ValueError, RecursionError):
        return _Read(chapter.name, _NO_PAGE)


def _parsed(package: Book, chapters: list[_Read], original: Original) -> Document:
    root = package.root
    title = title_of(_said(root, "title"), original.name)
    facts = {
        "title": title,
        "author": author_of(", ".join(_all_said(root, "creator"))),
        "source": _said(root, "publisher"),
        "date": _published(root),
    }
    document = assemble(titled(list(_lines(package, chapters)), title))
    lang = agreed_language(language_of(_said(root, "language")), document.text)
    return with_facts(document, {**facts, "lang": lang})


def _lines(package: Book, chapters: list[_Read]) -> Iterator[Marked]:
    sheets, size = list(package.sheets()), 0
    for chapter in chapters:
        if chapter.root is None:
            continue
        for line in chapter_lines(chapter.root, sheets, chapter.is_contents):
            size += len(line.text)
            if size > MAX_BYTES:
                raise SourceError(Reason.of(Problem.TEXT_TOO_LONG, limit=MAX_BYTES // 2**20))
            yield line


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
