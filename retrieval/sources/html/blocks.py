"""A parsed page -> its visible text as blocks: one a paragraph, with where in the page it stands.

Walks the tree without recursion: pages nest as deep as they like.
"""

from dataclasses import dataclass, field

from lxml import etree

from retrieval.sources.html.regions import CELLS, HIDDEN_TAGS, INLINE, hidden_in, region_of
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

    blocks: list[Block] = field(default_factory=list)
    inside: list[_Open] = field(default_factory=lambda: [_Open("body", 0, ())])
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    count: int = 0

    def add(self, text: str | None) -> None:
        if text and (self.pieces or not text.isspace()):
            self.pieces.append(text)
            if self.links:
                self.linked += len(text.strip())

    def enter(self, element: Element, tag: str) -> None:
        if tag == "a":
            self.links += 1
        elif tag in CELLS and self.inside[-1].row:
            self.add(" ")
        elif tag not in INLINE:
            self.cut()
            self.count += 1
            regions = self.inside[-1].regions + region_of(element, tag)
            self.inside.append(_Open(tag, self.count, regions, tag == "tr" and _is_row(element)))
        self.add(element.text)

    def leave(self, element: Element, tag: str) -> None:
        if tag == "a":
            self.links -= 1
        elif tag in CELLS and self.inside[-1].row:
            self.add(" ")
        elif tag not in INLINE:
            self.cut()
            self.inside.pop()
        self.add(element.tail)

    def cut(self) -> None:
        """A block ends here, if there is text in it."""
        if not self.pieces:
            return
        text, linked = _line("".join(self.pieces)), self.linked
        self.pieces, self.linked = [], 0
        if text:
            here = self.inside[-1]
            parents = tuple([each.number for each in self.inside[:-5:-1]])
            self.blocks.append(Block(text, here.tag, parents, here.regions, min(1.0, linked / len(text))))


def blocks_of(page: Element) -> list[Block]:
    """The visible text of a page in order; scripts, styles, comments and hidden elements are not visible."""
    walk, hidden = _Walk(), hidden_in(page)
    skipped: Element | None = None
    steps = etree.iterwalk(page, events=("start", "end", "comment", "pi"))
    for event, element in steps:
        if event in ("comment", "pi") or (skipped is not None and element is skipped):
            walk.add(element.tail)
        elif event == "end":
            walk.leave(element, str(element.tag))
        elif element.tag in HIDDEN_TAGS or element in hidden:
            steps.skip_subtree()
            skipped = element
        else:
            walk.enter(element, str(element.tag))
    walk.cut()
    return walk.blocks


def _is_row(element: Element) -> bool:
    """Whether a `tr` is a row that reads as one line, rather than a frame for whole parts of the page."""
    return all(each.tag in INLINE or each.tag in CELLS for each in element.iterdescendants(etree.Element))


def _line(written: str) -> str:
    text = " ".join(written.split())
    plain = text.isascii() and text.isprintable()  # most are, and then there is nothing to normalise
    return text if plain else " ".join(normalise(text).split())
