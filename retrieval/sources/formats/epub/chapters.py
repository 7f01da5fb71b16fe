"""A chapter of a book -> its lines: what the book's own styles hide is left out, and so are tables of contents."""

from collections.abc import Iterator, Sequence

import regex
from lxml import etree

from retrieval.sources.formats.assembly import Marked
from retrieval.sources.formats.epub.xhtml_lines import lines_of, take_out
from retrieval.sources.html.blocks.styles import StyleSheets, declarations, is_not_displayed, own_sheet

_FRAME = frozenset(("html", "body"))
_NOTE = regex.compile(r"(?:foot|end|rear|side)?notes?\b", regex.IGNORECASE)
_TYPE = "{http://www.idpf.org/2007/ops}type"
_FEWEST_LINKS, _MOSTLY, _HALF = 3, 0.8, 0.5


def chapter_lines(root: etree._Element, sheets: Sequence[str], is_contents: bool) -> Iterator[Marked]:
    """The lines of a chapter, those of a table of contents with their reason; takes out what it or the book's `sheets`
    hide."""
    hidden = list(_take_out_hidden(root, StyleSheets([*sheets, own_sheet(root)], is_not_displayed)))
    reason = "contents" if is_contents or _is_contents(root) else None
    for line in lines_of(root):
        yield Marked(line, reason)
    for text in hidden:
        yield Marked(text, "hidden")


def _take_out_hidden(root: etree._Element, styles: StyleSheets) -> Iterator[str]:
    """What cannot be seen; notes can, since reading systems show them where they are referred to."""
    own: list[etree._Element] = []
    by_sheet: list[etree._Element] = []
    for element in root.iter(etree.Element):
        if _is_note(element):
            element.attrib.pop("hidden", "")
            element.attrib.pop("style", "")
        elif element.tag in _FRAME:
            continue
        elif element.get("hidden") is not None or is_not_displayed(declarations(element.get("style") or "")):
            own.append(element)
        elif styles and is_not_displayed(styles.of(element)):
            by_sheet.append(element)
    size = sum(len("".join(map(str, each.itertext()))) for each in _outermost(by_sheet))
    believed = by_sheet and size <= _HALF * len("".join(map(str, root.itertext())))
    for element in list(_outermost(own)) + (list(_outermost(by_sheet)) if believed else []):
        text = " ".join("".join(map(str, element.itertext())).split())
        if take_out(element) and text:
            yield text


def _outermost(elements: list[etree._Element]) -> Iterator[etree._Element]:
    """Those not inside another of them, given in the order of the document."""
    inside: set[etree._Element] = set()
    for element in elements:
        if element not in inside:
            yield element
            inside.update(element.iter())


def _is_note(element: etree._Element) -> bool:
    types = f"{element.get(_TYPE) or ''} {element.get('role') or ''}"
    return bool(_NOTE.search(types))


def _is_contents(root: etree._Element) -> bool:
    """Whether nearly all that a page says are links to other places of the book."""
    links = [each for each in root.iter("{*}a") if ":" not in (each.get("href") or ":")]
    if len(links) < _FEWEST_LINKS:
        return False
    body = next(root.iter("{*}body"), root)
    linked = sum(len("".join(map(str, each.itertext())).strip()) for each in links)
    return linked >= _MOSTLY * len("".join("".join(map(str, body.itertext())).split(" ")))
