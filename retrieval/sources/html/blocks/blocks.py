"""A parsed page -> its visible text as blocks: one a paragraph, with where in the page it stands.

Walks the tree without recursion: pages nest as deep as they like.
"""

from dataclasses import dataclass, field

import regex
from lxml import etree

from retrieval.sources.formats.raised import RAISED_DIGITS
from retrieval.sources.html.blocks.lines import OpenLine, Time
from retrieval.sources.html.blocks.notes import holds_notes, is_way_back, noted
from retrieval.sources.html.blocks.numbering import Numbers, is_numbered
from retrieval.sources.html.blocks.regions import HIDDEN_TAGS, INLINE, region_of
from retrieval.sources.html.blocks.tables import Merged, rows_of_data
from retrieval.sources.html.blocks.visibility import Sight

_DEEPEST = 60
"""How many of the outermost elements around a block are told."""
_WRAPPED = 50
"""Lines of a `pre` that are mostly this long are paragraphs wrapped at a column."""
_NEW_LINE, _BLANK_LINE = regex.compile(r"\n"), regex.compile(r"\n[ \t]*+\n")
_LISTS = frozenset(("ul", "ol", "dl", "table"))

Element = etree._Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A visible line of a page, after `normalise`; `linked` is the share of its characters that are links.

    `tag` is the element that makes the block, `parents` are the numbers of the elements around it, innermost first;
    `regions` are the kinds of page region around it, as `region_of` gives them, outermost first. `path` are the
    numbers of the elements around it, outermost first, `lists` those of them that are lists and tables. `number` is
    what an ordered list shows before it, `times` are what its `time` elements say, `note` tells a footnote.
    """

    text: str
    tag: str
    parents: tuple[int, ...]
    regions: tuple[str, ...]
    linked: float
    path: tuple[int, ...] = ()
    lists: tuple[int, ...] = ()
    number: str = ""
    times: tuple[Time, ...] = ()
    note: bool = False

    @property
    def shown(self) -> str:
        """The line as the page shows it: with its number."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(slots=True, kw_only=True)
class _Open:
    """A block element that the walk is inside of."""

    tag: str
    number: int
    regions: tuple[str, ...] = ()
    path: tuple[int, ...] = ()
    lists: tuple[int, ...] = ()
    row: bool = False
    note: bool = False
    numbers: Numbers | None = None
    breaks: "regex.Pattern[str] | None" = None


@dataclass(slots=True, kw_only=True)
class _Walk:
    """The state of a walk over a page: the elements it is inside of and the line since the last break."""

    rows: set[Element]
    noted: frozenset[str]
    line: OpenLine
    blocks: list[Block] = field(default_factory=list)
    inside: list[_Open] = field(default_factory=lambda: [_Open(tag="body", number=0)])
    merged: Merged = field(default_factory=lambda: Merged(None))
    label: str = ""
    count: int = 0
    note: bool = False

    def enter(self, element: Element, tag: str) -> None:
        if self.inside[-1].row:
            self.line.enter_in_row(element, tag)
        elif tag not in INLINE:
            self.cut()
            self._open(element, tag)
        if self.noted and element.get("id", element.get("name")) in self.noted and self.line.is_empty:
            self.note = True
        self.line.enter(element, tag)
        self.add(element.text)

    def add(self, text: str | None) -> None:
        """A piece of text; in a `pre` its lines are lines, unless they are paragraphs wrapped at a column."""
        breaks = self.inside[-1].breaks
        if breaks is None or text is None:
            self.line.add(text)
            return
        for n, line in enumerate(breaks.split(text)):
            if n:
                self.cut()
            self.line.add(line)

    def leave(self, element: Element, tag: str) -> None:
        self.line.leave(element, tag)
        if tag == "tr" and self.inside[-1].row:
            self.line.put(self.merged.row(self.line.cells))
        if self.inside[-1].row and tag != "tr":
            self.line.leave_in_row(element, tag)
        elif tag not in INLINE:
            self.cut()
            self.inside.pop()
            if tag == "li":
                self.label = ""
        self.add(element.tail)

    def _open(self, element: Element, tag: str) -> None:
        self.count += 1
        above, row = self.inside[-1], element in self.rows
        path = (*above.path, self.count) if len(above.path) < _DEEPEST else above.path
        self.inside.append(
            _Open(
                tag=tag,
                number=self.count,
                regions=above.regions + region_of(element, tag),
                path=path,
                lists=(*above.lists, self.count) if tag in _LISTS and path is not above.path else above.lists,
                row=row,
                note=above.note or holds_notes(element) or (element.get("id") or "") in self.noted,
                numbers=Numbers(element) if tag == "ol" else None,
                breaks=_breaks_in(element) if tag == "pre" else above.breaks,
            )
        )
        if tag == "li" and above.numbers:
            self.label = f"{self.label} {above.numbers.of(element)}".strip()
        if row and self.merged.group is not element.getparent():
            self.merged = Merged(element.getparent())

    def cut(self) -> None:
        """A block ends here, if there is text in it."""
        text, linked, times = self.line.taken()
        if not text:
            return
        here = self.inside[-1]
        self.blocks.append(
            Block(
                text=text,
                tag=here.tag,
                parents=tuple([each.number for each in self.inside[:-5:-1]]),
                regions=here.regions,
                linked=min(1.0, linked / len(text)),
                path=here.path,
                lists=here.lists,
                number="" if is_numbered(text) else self.label,
                times=times,
                note=here.note or self.note or text[0] in RAISED_DIGITS,
            )
        )
        self.label, self.note = "", False


def _breaks_in(element: Element) -> "regex.Pattern[str]":
    """What parts the lines of a `pre`."""
    lines = [line.strip() for line in "".join(map(str, element.itertext())).split("\n") if line.strip()]
    wrapped = sum(len(line) >= _WRAPPED for line in lines) > len(lines) / 2
    return _BLANK_LINE if wrapped else _NEW_LINE


def blocks_of(page: Element) -> list[Block]:
    """The visible text of a page in order; scripts, styles, comments and hidden elements are not visible."""
    sight = Sight(page)
    walk = _Walk(
        rows=rows_of_data(page, INLINE), noted=noted(page), line=OpenLine(sight.raised, sight.lowered)
    )
    unseen, skipped = sight.hidden | sight.struck, None
    steps = etree.iterwalk(page, events=("start", "end", "comment", "pi"))
    for event, element in steps:
        if event in ("comment", "pi") or (skipped is not None and element is skipped):
            walk.add(element.tail)
        elif event == "end":
            walk.leave(element, str(element.tag))
        elif element.tag in HIDDEN_TAGS or element in unseen or (element.tag == "a" and is_way_back(element)):
            steps.skip_subtree()
            skipped = element
        else:
            walk.enter(element, str(element.tag))
    walk.cut()
    return walk.blocks
