"""Glyphs -> pieces of lines: what stands together, parted where a gap may be that of two columns or cells."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import regex

from retrieval.sources.formats.pdf.glyphs import Glyph
from retrieval.sources.formats.raised import raised

_GAP, _BACK = 0.7, 0.5
"""A gap that parts pieces, and a step back, in heights of the type."""
_SMALL, _RAISED_BY, _RAISED_AT_MOST = 0.85, 0.1, 0.9
"""Raised type against the line's: its height, and how far above the line it stands at least and at most."""
_TOUCHES, _BLANK = 0.35, 0.15
_ONE_FOOT = 0.35
_WORDS, _FEWEST_GAPS, _STRETCHED = 0.6, 4, 1.8
"""Share of letters in a line of words, its gaps, and how much wider than the usual one a gap of columns is."""
_LONGEST_MARKER, _WIDEST_MARKER = 8, 4.0
_MARKER = regex.compile(
    r"[•▪●◦○■□➢✓–—*·-]|[(\[]?(?:\d{1,3}(?:\.\d{1,2}){1,3}\.?|(?:\d{1,3}|[ivxIVX]{1,4}|\p{L})[.)\]])"
)
"""A list's bullets and numbers; a mere number is rather a table's cell."""
_LONGEST_RAISED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a printed line. Lengths are in points; `base` is its lower edge, `size` its type's height, `foot` the
    line that it stands on; `hyphenated` means that a hyphen at its end, not in `text`, breaks a word; `row` that it is
    a row of a table; `line` counts the lines as the file has them.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    foot: float
    line: int
    hyphenated: bool = False
    row: bool = False


def pieces_of(glyphs: Iterable[Glyph]) -> list[Piece]:
    """The pieces in the order of the file."""
    pieces: list[Piece] = []
    for run in _runs(glyphs):
        piece = _piece(run)
        if piece is None:
            continue
        if pieces and (whole := _with_next(pieces[-1], piece)):
            pieces[-1] = whole
        else:
            pieces.append(piece)
    return pieces


def is_one_line(piece: Piece, other: Piece) -> bool:
    """Whether two pieces stand on one printed line, as the file has it too."""
    return piece.line == other.line and abs(piece.foot - other.foot) <= _ONE_FOOT * max(
        piece.size, other.size
    )


def joined(pieces: list[Piece]) -> Piece:
    """Pieces of one line as one."""
    first, last = pieces[0], pieces[-1]
    return replace(
        max(pieces, key=lambda piece: len(piece.text)),
        text=" ".join(piece.text for piece in pieces),
        left=min(piece.left for piece in pieces),
        right=max(piece.right for piece in pieces),
        line=first.line,
        hyphenated=last.hyphenated,
    )


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    for _, members in groupby(glyphs, key=lambda glyph: glyph.line):
        line = list(members)
        gap = _widest_blank(line)
        run: list[Glyph] = []
        for glyph in line:
            if run and not glyph.hyphen and _apart(run[-1], glyph, gap) and not _is_marker(run):
                yield run
                run = []
            run.append(glyph)
        yield run


def _widest_blank(line: list[Glyph]) -> float:
    """What a gap between words measures at most, in heights of the type: justified lines have wide ones."""
    gaps = sorted(
        (b.left - a.right) / max(1.0, b.size) for a, b in pairwise(line) if b.spaced and not b.hyphen
    )
    words = sum(glyph.text.isalpha() for glyph in line) > _WORDS * len(line)
    return max(_GAP, _STRETCHED * gaps[(len(gaps) - 1) // 4]) if words and len(gaps) >= _FEWEST_GAPS else _GAP


def _apart(last: Glyph, glyph: Glyph, gap: float) -> bool:
    size = max(last.size, glyph.size)
    return glyph.left - last.right > gap * size or last.left - glyph.left > _BACK * size


def _is_marker(run: list[Glyph]) -> bool:
    """Whether it is only the number or the bullet of what follows."""
    return len(run) <= _LONGEST_MARKER and _MARKER.fullmatch("".join(glyph.text for glyph in run)) is not None


def _piece(run: list[Glyph]) -> Piece | None:
    hyphenated = run[-1].hyphen
    glyphs = [glyph for glyph in run if not glyph.hyphen]
    if not glyphs:
        return None
    size = Counter(round(glyph.size, 1) for glyph in glyphs).most_common(1)[0][0]
    usual = [glyph for glyph in glyphs if abs(glyph.size - size) <= 0.1] or glyphs
    foot = sorted(glyph.base for glyph in usual)[len(usual) // 2]
    text = _written(glyphs, size, foot).strip()
    if not text:
        return None
    base = min(glyph.bottom for glyph in usual)
    right = max(glyph.right for glyph in glyphs)
    return Piece(
        text=text,
        left=glyphs[0].left,
        right=right,
        base=base,
        size=max(1.0, size),
        foot=foot,
        line=glyphs[0].line,
        hyphenated=hyphenated,
    )


def _written(glyphs: list[Glyph], size: float, foot: float) -> str:
    text, high = "", ""
    for n, glyph in enumerate(glyphs):
        up = glyph.size < _SMALL * size and _RAISED_BY * size < glyph.base - foot < _RAISED_AT_MOST * size
        blank = " " if glyph.spaced and n else ""
        if up and not (blank and high):
            text, high = text + (blank if not high else ""), high + glyph.text
            continue
        if high:
            text, high = text + raised(high, text[-1:]), ""
        if up:
            text, high = text + blank, glyph.text
        else:
            text += blank + glyph.text
    return text + (raised(high, text[-1:]) if high else "")


def _with_next(last: Piece, piece: Piece) -> Piece | None:
    """Two pieces as one where the file has the second on a line of its own, though it stands right behind the first:
    it is raised, or goes on behind what is.
    """
    size, gap, up = max(last.size, piece.size), piece.left - last.right, piece.foot - last.foot
    if _MARKER.fullmatch(last.text) and abs(up) < _ONE_FOOT * size and 0 < gap < _WIDEST_MARKER * size:
        return _extended(piece, piece, f"{last.text} {piece.text}", left=last.left)
    if not -_TOUCHES * size < gap < _GAP * size or last.hyphenated:
        return None
    if abs(up) < _RAISED_BY * size and last.line != piece.line:
        blank = " " if gap > _BLANK * size else ""
        return _extended(last, piece, f"{last.text}{blank}{piece.text}")
    if _is_raised(piece, last) and gap < _TOUCHES * size:
        return _extended(last, piece, last.text + raised(piece.text, last.text[-1]))
    if _is_raised(last, piece):
        return _extended(piece, piece, f"{raised(last.text, '')} {piece.text}", left=last.left)
    return None


def _is_raised(small: Piece, usual: Piece) -> bool:
    up = small.foot - usual.foot
    return (
        small.size < _SMALL * usual.size
        and _RAISED_BY * usual.size < up < _RAISED_AT_MOST * usual.size
        and len(small.text) <= _LONGEST_RAISED
    )


def _extended(piece: Piece, by: Piece, text: str, left: float | None = None) -> Piece:
    return replace(
        piece,
        text=text,
        left=piece.left if left is None else left,
        right=by.right,
        line=by.line,
        hyphenated=by.hyphenated,
    )
