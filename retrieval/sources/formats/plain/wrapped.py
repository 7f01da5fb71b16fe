"""Text whose lines were broken at a column, as in mails, books and what is taken out of PDFs -> one paragraph a line.

Where lines are broken so, the next word never had room on the line before it, and most lines end in the middle of a
sentence. Lists, verse, tables and quoted mail stay lines. Only line breaks become blanks: the words stand as they did.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import regex

_COLUMNS = range(45, 121)
"""Where lines are broken, in characters."""
_LONG, _MOSTLY_LONG = 130, 0.3
"""A line longer than this is a paragraph; the share of all text in such lines from which all lines are."""
_FULL, _LOOSELY_FULL, _NEARLY = 0.8, 0.9, 0.8
"""Shares of line breaks at which the next word had no room, at all or nearly, and what nearly means."""
_WITHIN = 0.4
"""The share of line breaks within sentences."""
_SHORT, _HALF_FULL = 0.7, 0.6
"""Of the column: up to where a line is short, and from where one whose sentence goes on is long enough."""
_SMALL = 0.4
"""The share of those below which a small letter stands."""
_FULL_BLOCK = 0.5
_OUTLIERS = 0.02
_FLOWED = 0.5
"""The share of lines with a blank at their end from which that blank means that the paragraph goes on (RFC 3676)."""
_MOSTLY = 0.6
_ENDED = regex.compile(r"[.!?…:。！？][”\"’»)\]]*$")
_ITEM = regex.compile(r"(?:[•▪●◦–—*+·-]|\(?\d{1,3}[.)]|\(?\p{L}\)|[IVX]{1,5}\.)\s")
_CELLS = regex.compile(r"\S(?: {3,}|\t+ *)\S|\S ?\| ?\S|^[|+]")
_QUOTED = regex.compile(r"[>|]")
_BREAKS = regex.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_INDENT = 4
"""What a tab counts for."""


class _Line(NamedTuple):
    text: str
    indent: int
    flows: bool


class _Wrapping(NamedTuple):
    column: int
    flowed: bool


_Block = Sequence[_Line]
"""Lines without a blank one between them."""


def unwrap(text: str) -> str:
    """The text with the lines of each paragraph joined by blanks, if its lines are broken at a column."""
    lines = [_line(line) for line in _BREAKS.sub("\n", text).split("\n")]
    if sum(len(line.text) for line in lines if len(line.text) > _LONG) > _MOSTLY_LONG * len(text):
        return text
    blocks = [tuple(block) for blank, block in groupby(lines, key=lambda line: not line.text) if not blank]
    column = _column([block for block in blocks if not _stays(block)])
    if column is None:
        return text
    wrapping = _Wrapping(column, _is_flowed(blocks))
    return "\n\n".join("\n".join(_paragraphs(block, wrapping)) for block in blocks)


def _line(written: str) -> _Line:
    text = written.strip()
    indent = len(written.expandtabs(_INDENT)) - len(written.expandtabs(_INDENT).lstrip())
    return _Line(text, indent, written.endswith(" ") and text not in ("", "--"))


def _stays(block: _Block) -> bool:
    """Whether its lines are rows of a table, or quoted."""
    kept = sum(bool(_CELLS.search(line.text) or _QUOTED.match(line.text)) for line in block)
    return 2 * kept > len(block)


def _column(blocks: Sequence[_Block]) -> int | None:
    """The column that lines reach before they are broken; None when they are not."""
    breaks = [pair for block in blocks for pair in pairwise(block) if not _ITEM.match(pair[1].text)]
    if not breaks:
        return None
    lengths = sorted(_width(line) for line, _ in breaks)
    column = lengths[-1 - int(_OUTLIERS * len(lengths))]
    if column not in _COLUMNS:
        return None
    long = [pair for pair in breaks if _width(pair[0]) > column / 2] or breaks
    within = [pair for pair in long if not _may_end(*pair) and not _is_short(*pair, column)]
    if len(within) < max(1, _WITHIN * len(long)):
        return None
    full, nearly = (sum(_had_no_room(*pair, at) for pair in within) for at in (column, int(_NEARLY * column)))
    small = sum(following.text[:1].islower() for _, following in within)
    if small < _SMALL * len(within):
        return None  # headlines, names, verse
    if full >= _FULL * len(within):
        return column
    loose = nearly >= _LOOSELY_FULL * len(within) and small >= _MOSTLY * len(within)
    return int(_NEARLY * column) if loose else None


def _may_end(line: _Line, following: _Line) -> bool:
    """Whether a paragraph may end between two lines."""
    return _ENDED.search(line.text) is not None or following.indent > line.indent


def _is_short(line: _Line, following: _Line, column: int) -> bool:
    """Whether the line ends long before the column, and the following one begins anew: a label, a heading."""
    return _width(line) < _SHORT * column and not following.text[:1].islower()


def _width(line: _Line) -> int:
    return len(line.text) + line.indent


def _had_no_room(line: _Line, following: _Line, column: int) -> bool:
    """Whether the first word of the following line would not have fitted."""
    return _width(line) + 1 + len(following.text.split(maxsplit=1)[0]) > column


def _is_flowed(blocks: Sequence[_Block]) -> bool:
    broken = [line for block in blocks for line in block[:-1]]
    return sum(line.flows for line in broken) > _FLOWED * len(broken)


def _paragraphs(block: _Block, wrapping: _Wrapping) -> Iterator[str]:
    pairs = [pair for pair in pairwise(block) if not _ITEM.match(pair[1].text)]
    full = sum(_had_no_room(*pair, wrapping.column) for pair in pairs)
    if _stays(block) or full < _FULL_BLOCK * len(pairs):
        yield from (line.text for line in block)
        return
    usual = _usual_indent(block)
    paragraph, first = [block[0].text], block[0]
    for line, following in pairwise(block):
        if _goes_on(line, following, first, usual, wrapping):
            paragraph.append(following.text)
        else:
            yield " ".join(paragraph)
            paragraph, first = [following.text], following
    yield " ".join(paragraph)


def _usual_indent(block: _Block) -> int:
    """The indent of most lines below the first."""
    indents = sorted(line.indent for line in block[1:])
    return indents[len(indents) // 2] if indents else block[0].indent


def _goes_on(line: _Line, following: _Line, first: _Line, usual: int, wrapping: _Wrapping) -> bool:
    """Whether the paragraph that began with the line `first` goes on from a line to the following one."""
    if _QUOTED.match(following.text) or _QUOTED.match(line.text):
        return False
    if _ITEM.match(following.text) and (_ITEM.match(first.text) or _ENDED.search(line.text)):
        return False
    if wrapping.flowed:
        return line.flows
    is_item = _ITEM.match(first.text) is not None
    if following.indent > usual and not is_item:
        return False  # paragraphs that are told by the indent of their first lines
    if is_item and following.indent <= first.indent < line.indent:
        return False
    within = not _ENDED.search(line.text) and following.text[:1].islower()
    enough = _width(line) > _HALF_FULL * wrapping.column
    return (within and enough) or _had_no_room(line, following, wrapping.column)
