"""The chapters of a book in XHTML -> their lines: a block element a line, a row a line; scripts and navigation out."""

import html
from collections.abc import Iterator

import regex
from lxml import etree

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody tfoot thead tr ul caption".split()
)
_SKIPPED = frozenset("head script style nav noscript template svg math object audio video iframe".split())
_CELLS = frozenset(("td", "th"))
_CELL_MARK = " | "
_NAMED = regex.compile(rb"&([a-zA-Z][a-zA-Z0-9]{1,30});")
_XML_OWN = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML file from a stranger: nothing is fetched, no entity is expanded; raises XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    return etree.fromstring(data, parser)


def xhtml_lines(data: bytes) -> Iterator[str]:
    """The lines of a chapter; raises as `parse_xhtml`."""
    return lines_of(parse_xhtml(data))


def parse_xhtml(data: bytes) -> etree._Element:
    """The root of a chapter, read as HTML where it is no XML; raises XMLSyntaxError when it is neither."""
    try:
        return parse_xml(_NAMED.sub(_numeric, data))
    except etree.XMLSyntaxError:
        return _parse_html(data)


def lines_of(root: etree._Element) -> Iterator[str]:
    """A line for each block and row."""
    for line in "".join(_pieces(root)).split("\n"):
        if line.strip(" |"):
            yield line.strip().removesuffix(" |")


def _parse_html(data: bytes) -> etree._Element:
    try:
        root = etree.fromstring(data.decode("utf_8"), etree.HTMLParser(no_network=True))
    except ValueError:  # not UTF-8, or it declares its encoding
        root = etree.fromstring(data, etree.HTMLParser(no_network=True))
    return etree.Element("body") if root is None else root


def _numeric(match: regex.Match[bytes]) -> bytes:
    """`&nbsp;` -> `&#160;`: XML knows the names of HTML only by a file that is not fetched."""
    name = match.group(1)
    text = html.unescape(f"&{name.decode()};")
    known = name not in _XML_OWN and len(text) == 1
    return f"&#{ord(text)};".encode() if known else match.group()


def _pieces(root: etree._Element) -> Iterator[str]:
    """Text with a line break around each block but those in cells; in a loop, since strangers nest deeply."""
    waiting: list[tuple[etree._Element | str, bool]] = [(root, False)]
    while waiting:
        each, in_cell = waiting.pop()
        if isinstance(each, str):
            yield each
            continue
        name = each.tag.rpartition("}")[2].lower() if isinstance(each.tag, str) else ""
        before, after = _around(name, in_cell)
        yield before
        if name and name not in _SKIPPED:
            in_cell = in_cell or name in _CELLS
            waiting.append((after, in_cell))
            for child in reversed(each):
                waiting += [(_blanks(child.tail), in_cell), (child, in_cell)]
            waiting.append((_blanks(each.text), in_cell))


def _around(name: str, in_cell: bool) -> tuple[str, str]:
    if name in _CELLS:
        return "", _CELL_MARK
    edge = " " if in_cell else "\n"
    return (edge, edge if name != "br" else "") if name in _BLOCKS or name == "br" else ("", "")


def _blanks(text: str | None) -> str:
    """Line breaks in the source of a page mean blanks."""
    return regex.sub(r"\s+", " ", text or "")
