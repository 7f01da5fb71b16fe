"""Word documents (.docx): paragraphs, headings, list items and tables in their order, as they are seen on the page."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.assembly import Marked, assemble, one_line, titled
from retrieval.sources.formats.docx.contents import mark_contents
from retrieval.sources.formats.docx.kinds import kind_of_bytes, kind_of_package
from retrieval.sources.formats.docx.numbering import Numbering
from retrieval.sources.formats.docx.package import Package, W
from retrieval.sources.formats.docx.styles import Styles
from retrieval.sources.formats.docx.text import Text
from retrieval.sources.formats.legacy_fonts import require_unicode
from retrieval.sources.formats.stated import author_of, head_date, title_of
from retrieval.sources.model import Document, Dropped, Original, with_facts

_DC = "{http://purl.org/dc/elements/1.1/}"
_TITLE_STYLES = ("title", "heading 1")
_NOT_TEXT = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(data: bytes, original: Original) -> Document:
    """The article in a Word document; raises SourceError."""
    package = _opened(data, original.name)
    try:
        document = _parsed(package, original)
    except SourceError as error:
        raise SourceError(
            Reason.of(Problem.DOCX_UNREADABLE, name=original.name, why=_short(error))
        ) from error
    except RecursionError as error:
        raise SourceError(Reason.of(Problem.DOCX_TOO_DEEP, name=original.name)) from error
    if not document.text:
        raise SourceError(Reason.of(Problem.DOCX_NO_TEXT, name=original.name))
    require_unicode(document.text)
    return document


def _short(reason: object) -> str:
    """A reason without its advice."""
    return str(reason).partition(":")[0]


def _opened(data: bytes, name: str) -> Package:
    try:
        package = Package(data)
    except SourceError as error:
        if kind := kind_of_bytes(data):
            raise SourceError(Reason.of(Problem.DOCX_IS_OTHER, name=name, kind=kind)) from error
        raise
    if package.main not in package:
        other = kind_of_package(package) or Reason.of(Problem.DOCX_WITHOUT_TEXT)
        raise SourceError(Reason.of(Problem.DOCX_IS_OTHER, name=name, kind=other))
    return package


def _remarks(package: Package, name: str) -> Iterator[str]:
    """What is missing from the document, which is read without it."""
    for part, reason in package.lost:
        yield Reason.of(Problem.DOCX_LOST_PART, part=part, why=_short(reason), name=name)
    if package.is_repaired:
        yield Reason.of(Problem.DOCX_CUT, name=name)


def _parsed(package: Package, original: Original) -> Document:
    body = package.part(package.main)
    styles = Styles(package.of_kind("styles"))
    text = Text(
        styles,
        Numbering(package.of_kind("numbering"), styles),
        dict(_notes(package)),
        white=body.find(f"{W}background") is None,
    )
    for each in body.iter(f"{W}body"):
        text.all_of(each)
        break
    lines = mark_contents([Marked(line.text, line.reason) for line in text.lines])
    stated, author = _properties(package)
    title = title_of(stated, original.name) or _styled_title(text)
    document = assemble(titled(lines, title))
    facts = {"title": title, "author": author_of(author), "date": head_date(text.paragraphs)}
    document = replace(
        document,
        dropped=(*document.dropped, *_running_heads(package, styles)),
        remarks=tuple(_remarks(package, original.name)),
    )
    return with_facts(document, facts)


def _styled_title(text: Text) -> str | None:
    """The first paragraph that says something, when it is styled as the title."""
    opening = text.opening
    return opening.text if opening and opening.style.casefold() in _TITLE_STYLES else None


def _notes(package: Package) -> Iterator[tuple[str, etree._Element]]:
    for kind in ("footnote", "endnote"):
        root = package.of_kind(f"{kind}s")
        for each in () if root is None else root.findall(f"{W}{kind}"):
            if each.get(f"{W}type") not in _NOT_TEXT:
                yield f"{kind} {each.get(f'{W}id')}", each


def _properties(package: Package) -> tuple[str | None, str | None]:
    """The title and the author that the document states."""
    names = (*package.related("", "core-properties"), "docProps/core.xml")
    try:
        root = package.part(next(each for each in names if each in package))
    except (SourceError, StopIteration):
        return None, None
    return root.findtext(f"{_DC}title"), root.findtext(f"{_DC}creator")


def _running_heads(package: Package, styles: Styles) -> Iterator[Dropped]:
    """What the tops and feet of all pages say, each line once."""
    told: set[str] = set()
    for kind in ("header", "footer"):
        for name in dict.fromkeys(package.related(package.main, kind)):
            if name in package:
                for line in _lines_of(package, name, styles):
                    if line not in told and any(map(str.isalpha, line)):
                        told.add(line)
                        yield Dropped(line, "running head")


def _lines_of(package: Package, name: str, styles: Styles) -> list[str]:
    text = Text(styles, Numbering(None, styles), {})
    try:
        text.all_of(package.part(name))
    except SourceError:
        return []
    return [one_line(line.text) for line in text.lines if not line.reason]
