"""The text of one line of a page while it is being read: raised and lowered characters, cells, links, times."""

from collections.abc import Mapping, Set
from typing import NamedTuple

import regex
from lxml import etree

from retrieval.sources.formats.raised import lowered, raised, reference
from retrieval.sources.html.blocks.notes import is_reference
from retrieval.sources.html.blocks.regions import INLINE
from retrieval.sources.html.blocks.tables import CELLS, line_of, spans
from retrieval.text.forms import normalise

Element = etree._Element

_CHANGED = regex.compile(r"updat|modif|chang|revis", regex.IGNORECASE)
_PUBLISHED = regex.compile(r"publish|entry-date|creat", regex.IGNORECASE)
_RAISES = {"msup": (1,), "msubsup": (2,), "mover": (1,), "munderover": (2,)}
_LOWERS = {"msub": (1,), "msubsup": (1,), "munder": (1,), "munderover": (1,)}
"""Which children of an element of MathML stand raised and lowered."""


class Time(NamedTuple):
    """A `time` element: what it says to machines, and whether it is about a change."""

    written: str
    changed: bool


class OpenLine:
    """The pieces of a line since the last break; `linked` characters of them are links."""

    def __init__(self, raised: Set[Element], lowered: Set[Element]) -> None:
        self._raised, self._lowered = raised, lowered
        self._pieces: list[str] = []
        self._moved: list[tuple[Element, int, str]] = []
        self._times: list[Time] = []
        self._links = self._linked = self._cell = 0
        self.cells: list[tuple[str, int, int]] = []

    @property
    def is_empty(self) -> bool:
        return not self._pieces

    def add(self, text: str | None) -> None:
        if text and (self._pieces or not text.isspace()):
            self._pieces.append(text)
            if self._links:
                self._linked += len(text.strip())

    def enter(self, element: Element, tag: str) -> None:
        if tag == "a":
            self._links += 1
        elif tag == "time":
            names = f"{element.get('class')} {element.get('itemprop')} {element.get('property')}"
            changed = _CHANGED.search(names) is not None and not _PUBLISHED.search(names)
            self._times.append(Time(element.get("datetime") or "", changed))
        if how := self._how(element, tag):
            self._moved.append((element, len(self._pieces), how))
        if tag == "msqrt":
            self._pieces.append("√(")
        elif _is_divisor(element):
            self._pieces.append("/")

    def leave(self, element: Element, tag: str) -> None:
        if tag == "a":
            self._links -= 1
        elif tag == "msqrt":
            self._pieces.append(")")
        if self._moved and self._moved[-1][0] is element:
            self._move(*self._moved.pop()[1:])

    def enter_in_row(self, element: Element, tag: str) -> None:
        if tag in CELLS:
            self._cell = len(self._pieces)
        elif tag not in INLINE:
            self.add(" ")

    def leave_in_row(self, element: Element, tag: str) -> None:
        if tag in CELLS:
            text = one_line("".join(self._pieces[self._cell :]))
            del self._pieces[self._cell :]
            self.cells.append((text, *spans(element)))
        elif tag not in INLINE:
            self.add(" ")

    def put(self, cells: list[str]) -> None:
        """The row that the cells make, instead of what was read of them."""
        self._pieces += line_of(cells)
        self.cells = []

    def taken(self) -> tuple[str, int, tuple[Time, ...]]:
        """The line, how much of it is links, what its times say; then it is empty."""
        text = one_line("".join(self._pieces)) if self._pieces else ""
        linked, times = self._linked, tuple(self._times)
        if self._pieces:
            self._pieces, self._moved, self._linked = [], [], 0
        if text:
            self._times = []
        return text, linked, times

    def _how(self, element: Element, tag: str) -> str:
        if tag == "a":
            return "reference" if is_reference(element) and self._is_glued(element) else ""
        if element in self._raised or _is_child(element, _RAISES):
            return "raised"
        return "lowered" if element in self._lowered or _is_child(element, _LOWERS) else ""

    def _is_glued(self, link: Element) -> bool:
        """Whether the link follows a word without a blank, or stands raised: `1` in running text may be a figure."""
        parent = link.getparent()
        held = (parent is not None and parent in self._raised) or any(each in self._raised for each in link)
        return bool(self._pieces) and (held or not self._pieces[-1][-1:].isspace())

    def _move(self, start: int, how: str) -> None:
        text = "".join(self._pieces[start:])
        before = next((piece[-1] for piece in reversed(self._pieces[:start][-3:]) if piece), "")
        written = {"raised": raised, "lowered": lowered, "reference": reference}[how](text, before)
        self._pieces[start:] = [written] if written else []


def one_line(written: str) -> str:
    text = " ".join(written.split())
    plain = text.isascii() and text.isprintable()  # most are, and then there is nothing to normalise
    return text if plain else " ".join(normalise(text).split())


def _is_child(element: Element, places: Mapping[str, tuple[int, ...]]) -> bool:
    parent = element.getparent()
    if parent is None or parent.tag not in places:
        return False
    return parent.index(element) in places[str(parent.tag)]


def _is_divisor(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "mfrac" and parent.index(element) == 1
