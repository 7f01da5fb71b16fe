"""A parsed page -> its visible text as blocks: one a paragraph, with where in the page it stands.

Walks the tree without recursion: pages nest as deep as they like.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from retrieval.sources.html.regions import CELLS, HIDDEN_TAGS, INLINE, is_hidden, region_of
from retrieval.text import normalise

_DEEPEST = 12
"""How many of the innermost regions around a block are told."""

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Block:
    """A visible line of a page, after `normalise`; `linked` is the share of its characters that are links.

    `tag` is the element that makes the block, `parents` are the numbers of the elements around it, innermost first;
    `regions` are the kinds of page region around it, as `region_of` gives them, outermost first.
    """

    text: str
    tag: str
    parents: tuple[int, ...]
    regions: tuple[str, ...]
    linked: float


@dataclass(slots=True)
class _Open:
    """A block element that the walk is inside of."""

    tag: str
    number: int
    regions: tuple[str, ...]
    row: bool = False


@dataclass(slots=True)
class _Walk:
    """The state of a walk over a page: the elements it is inside of and the text since the last break."""

    inside: list[_Open] = field(default_factory=lambda: [_Open("body", 0, ())])
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    count: int = 0

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            if self.links:
                self.linked += len(text.strip())

    def cut(self) -> Iterator[Block]:
        """The block that ends here, if there is text in it."""
        written, linked = "".join(self.pieces), self.linked
        self.pieces, self.linked = [], 0
        text = _line(written)
        if text:
            here = self.inside[-1]
            parents = tuple(each.number for each in self.inside[:-5:-1])
            yield Block(text, here.tag, parents, here.regions, min(1.0, linked / len(text)))


def blocks_of(page: Element) -> list[Block]:
    """The visible text of a page in order; scripts, styles, comments and hidden elements are not visible."""
    return list(_blocks(page))


def _blocks(page: Element) -> Iterator[Block]:
    walk, skipped = _Walk(), None
    steps = etree.iterwalk(page, events=("start", "end", "comment", "pi"))
    for event, element in steps:
        if event in ("comment", "pi"):
            walk.add(element.tail)
        elif event == "start" and (element.tag in HIDDEN_TAGS or is_hidden(element)):
            steps.skip_subtree()
            skipped = element
        elif event == "start":
            yield from _enter(walk, element)
        elif skipped is not None and element is skipped:
            walk.add(skipped.tail)
        else:
            yield from _leave(walk, element)
    yield from walk.cut()


def _enter(walk: _Walk, element: Element) -> Iterator[Block]:
    tag = str(element.tag)
    if tag == "a":
        walk.links += 1
    elif tag in CELLS and walk.inside[-1].row:
        walk.pieces.append(" ")
    elif tag not in INLINE:
        yield from walk.cut()
        walk.count += 1
        walk.inside.append(
            _Open(tag, walk.count, (*walk.inside[-1].regions, *region_of(element)), _is_row(element))
        )
    walk.add(element.text)


def _leave(walk: _Walk, element: Element) -> Iterator[Block]:
    if element.tag == "a":
        walk.links -= 1
    elif element.tag in CELLS and walk.inside[-1].row:
        walk.pieces.append(" ")
    elif element.tag not in INLINE:
        yield from walk.cut()
        walk.inside.pop()
    walk.add(element.tail)


def _is_row(element: Element) -> bool:
    """Whether an element is a table's row that reads as one line, rather than a frame for whole parts of the page."""
    if element.tag != "tr":
        return False
    return all(each.tag in INLINE or each.tag in CELLS for each in element.iterdescendants(etree.Element))


def _line(written: str) -> str:
    text = " ".join(written.split())
    plain = text.isascii() and text.isprintable()  # most are, and then there is nothing to normalise
    return text if plain else " ".join(normalise(text).split())
