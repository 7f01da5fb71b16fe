"""The chapters of a book in XHTML -> their lines, as of any page; scripts and navigation out."""

import html
from collections.abc import Iterator

import regex
from lxml import etree

_NAMED = regex.compile(rb"&([a-zA-Z][a-zA-Z0-9]{1,30});")
_XML_OWN = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML file from a stranger: nothing is fetched, no entity is expanded; raises XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    return etree.fromstring(data, parser)


def parse_xhtml(data: bytes) -> etree._Element:
    """The root of a chapter, read as HTML where it is no XML; raises XMLSyntaxError when it is neither."""
    try:
        root = parse_xml(_NAMED.sub(_numeric, data))
    except etree.XMLSyntaxError:
        return _parse_html(data)
    etree.strip_elements(root, etree.Entity, with_tail=False)
    _name_plainly(root)
    return root


def lines_of(root: etree._Element) -> Iterator[str]:
    """A line for each block and row; takes out navigation."""
    from retrieval.sources.html.blocks.blocks import blocks_of

    for navigation in list(root.iter("nav")):
        take_out(navigation)
    return (block.shown for block in blocks_of(root))


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


def _name_plainly(root: etree._Element) -> None:
    """The names of HTML without their namespace, in small letters."""
    for element in root.iter(etree.Element):
        element.tag = str(element.tag).rpartition("}")[2].lower()


def take_out(element: etree._Element) -> bool:
    """Removes an element, not the text behind it; False where nothing holds it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return False
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)
    return True
