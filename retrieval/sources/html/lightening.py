"""A page made light: what parsers and extractors take quadratic time over goes, as no article needs it.

Elements with thousands of attributes, paragraphs of thousands of elements, tables of thousands of cells: reading them
is quick, but looking for patterns among that many siblings is not.
"""

from copy import deepcopy

import regex
from lxml import etree

from retrieval.sources.html.blocks.regions import INLINE

Element = etree._Element

_TAG = regex.compile(
    r"<!--(?:[^-]++|-(?!->))*+"
    r"|<(?:script\b(?:[^<]++|<(?!/script))*+|style\b(?:[^<]++|<(?!/style))*+)"
    r"|<(?P<tag>[a-zA-Z][a-zA-Z0-9:-]{0,30})(?:[^\"'>]++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+(?:>|\Z)",
    regex.IGNORECASE,
)
"""A tag; or a comment, a script or a style sheet, in which `<` opens none."""
_QUOTED = regex.compile(r"\"[^\"]*+\"|'[^']*+'")
_LONG_TAG, _MOST_ATTRIBUTES = 10_000, 3000
_MOST_CHILDREN, _MOST_CELLS = 1000, 2000


def without_floods(text: str) -> str:
    """The page without the attributes of elements that have more than any has."""
    if len(text) < _LONG_TAG:
        return text
    pieces, at = list[str](), 0
    for tag in _TAG.finditer(text):
        if tag["tag"] and tag.end() - tag.start() > _LONG_TAG and _attributes(tag.group()) > _MOST_ATTRIBUTES:
            pieces += [text[at : tag.start()], f"<{tag['tag']}>"]
            at = tag.end()
    return "".join(pieces) + text[at:] if pieces else text


def _attributes(tag: str) -> int:
    return len(_QUOTED.sub("", tag).split())


def for_extraction(page: Element) -> Element:
    """The page for extractors: itself, or a copy without what makes them slow. Their word is only a vote."""
    if not _is_heavy(page):
        return page
    light = deepcopy(page)
    for table in list(light.iter("table")):
        if sum(1 for _ in table.iter("td", "th")) > _MOST_CELLS:
            table[:] = []
    for element in [each for each in light.iter(etree.Element) if len(each) > _MOST_CHILDREN]:
        _dissolve(element)
    return light


def _is_heavy(page: Element) -> bool:
    cells = sum(1 for _ in page.iter("td", "th"))
    return cells > _MOST_CELLS or any(len(each) > _MOST_CHILDREN for each in page.iter(etree.Element))


def _dissolve(element: Element) -> None:
    """Leaves the words of a paragraph of very many elements; where most of them are links, those go."""
    children = list(element)
    linked = 2 * sum(each.tag == "a" for each in children) > len(children)
    pieces, blocks, holder = [element.text or ""], list[Element](), element
    for child in children:
        inline = child.tag in INLINE or child.tag == "br" or not isinstance(child.tag, str)
        if inline:
            told = isinstance(child.tag, str) and not (linked and child.tag == "a")
            pieces += [
                " " if child.tag == "br" else "",
                *(map(str, child.itertext()) if told else ()),
                child.tail or "",
            ]
            continue
        _tell(element, holder, pieces)
        blocks.append(child)
        pieces, holder = [child.tail or ""], child
    _tell(element, holder, pieces)
    element[:] = blocks


def _tell(element: Element, holder: Element, pieces: list[str]) -> None:
    """Puts the text before an element's first block, or behind the block `holder`."""
    if holder is element:
        element.text = "".join(pieces)
    else:
        holder.tail = "".join(pieces)
