"""Printed lines -> paragraphs: by the gaps between lines, their indents and ends, and the words broken at line ends."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import regex

from retrieval.sources.formats.pdf.pages import PageLine
from retrieval.text.language import is_syllable

_ENDED = regex.compile(r"[.!?…:;][”\"’»)\]]*$")
_ITEM = regex.compile(r"(?:[•▪●◦–—*-]|\(?\d{1,2}[.)]|\p{L}\))\s")
_LAST_PART, _FIRST_PART = regex.compile(r"\p{L}[\p{L}\p{M}]*$"), regex.compile(r"\p{L}[\p{L}\p{M}]*")
_BROKEN = regex.compile(r"[\p{L}\d]-$")
_COMPOUND = regex.compile(r"\p{L}+-\p{L}+")
_WIDE, _OTHER_SIZE, _INDENT, _COLUMN = 1.35, 0.12, 0.8, 4.0
"""A gap against the usual one; a change of size; an indent and a column's play in heights of the type."""


class Layout:
    """What is usual in a document: the distance of lines, where columns end, its compounds with a hyphen."""

    def __init__(self, pages: Iterable[list[PageLine]]) -> None:
        lines = [line for page in pages for line in page]
        steps = [(a.base - b.base) / a.size for page in pages for a, b in pairwise(page) if _below(a, b)]
        self._step = sorted(steps)[len(steps) // 4] if steps else 1.2  # most steps may be paragraphs' gaps
        self._edges = _right_edges(lines)
        self._lefts = Counter(round(line.left) for line in lines)
        text = "\n".join(line.text for line in lines).casefold()
        self._compounds = frozenset(_COMPOUND.findall(text))

    def goes_on(self, above: PageLine, line: PageLine, same_page: bool) -> bool:
        """Whether `line` belongs to the paragraph of the line before it."""
        if above.hyphenated or _BROKEN.search(above.text):
            return not above.row
        other = above.row or line.row or abs(above.size - line.size) > _OTHER_SIZE * above.size
        if other or _ITEM.match(line.text):
            return False
        ended, small = _ENDED.search(above.text) is not None, line.text[:1].islower()
        if not same_page or not _below(above, line):
            return not ended and (small or not self._leaves_room(above, line))
        if (above.base - line.base) / above.size > _WIDE * self._step:
            return False
        if small and not ended:
            return True
        indented = line.left - above.left > _INDENT * line.size and not _ITEM.match(above.text)
        indented = indented or (ended and self._is_indented(line))
        return not indented and not self._leaves_room(above, line)

    def _is_indented(self, line: PageLine) -> bool:
        """Whether more lines of its column begin somewhat further left."""
        here, size = round(line.left), line.size
        further = range(round(line.left - _COLUMN * size), round(line.left - _INDENT * size) + 1)
        return any(self._lefts[left] > self._lefts[here] for left in further)

    def _leaves_room(self, above: PageLine, line: PageLine) -> bool:
        """Whether the line's first word would have fitted above: a line broken on purpose."""
        letter = (line.right - line.left) / max(1, len(line.text))
        needed = (len(line.text.split()[0]) + 2) * letter
        return self._edges.get(_column(above), above.right) - above.right > needed

    def joined(self, above: str, line: str, hyphenated: bool) -> str:
        """Two lines of a paragraph as one; a hyphen stays where it belongs to the word."""
        if not hyphenated:
            return self._unbroken(above[:-1], line) if _BROKEN.search(above) else f"{above} {line}"
        return self._unbroken(above, line)

    def _unbroken(self, above: str, line: str) -> str:
        first, second = _LAST_PART.search(above), _FIRST_PART.match(line)
        if not first or not second or not line[0].islower():
            return f"{above}-{line}"
        compound = f"{first.group()}-{second.group()}".casefold() in self._compounds
        # Vietnamese breaks no syllable: between two of them the hyphen is a real one.
        vietnamese = all(map(is_syllable, (first.group(), second.group()))) and not (above + line).isascii()
        return f"{above}-{line}" if compound or vietnamese else above + line


def _below(above: PageLine, line: PageLine) -> bool:
    return above.base > line.base


def _column(line: PageLine) -> tuple[int, int]:
    return round(line.left / (_COLUMN * line.size)), round(line.size)


def _right_edges(lines: list[PageLine]) -> dict[tuple[int, int], float]:
    """Where the lines of each column end, a tenth of them apart: one long line is no edge."""
    columns: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        columns.setdefault(_column(line), []).append(line.right)
    return {column: sorted(rights)[int(0.9 * (len(rights) - 1))] for column, rights in columns.items()}
