"""A page's text layer, glyph by glyph, as far as a reader sees it. With `pages` and `ink` the only user of
pdfium."""

import ctypes
import math
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from retrieval.sources.formats.pdf.ink import Box, Ink, Word

_Page = Any  # pypdfium2 has no types
_Texts = Any

_HYPHENS = (0xFFFE, 0x02)
"""What pdfium makes of a hyphen at the end of a line that goes on."""
_UPRIGHT = 0.05
"""Radians by which glyphs may lean and stand upright all the same."""
_TOGETHER = 4_000
"""Objects of a page that are looked at together."""
_WIDTH = 0.5
"""Of a letter, in heights of its type."""


class Glyph(NamedTuple):
    """A character as printed, or the `hyphen` that breaks a word at a line's end. Lengths are in points, from the
    lower left corner of the page with its text upright; `base` is the line it stands on, `size` its height. `spaced`
    tells a blank before it, `line` counts the lines as the file has them.
    """

    text: str
    left: float
    bottom: float
    right: float
    size: float
    base: float
    line: int
    spaced: bool = False
    hyphen: bool = False


class Glyphs(NamedTuple):
    """The glyphs that stand as most of the page's do, groups of those that are turned otherwise, and the words of the
    text layer that no reader sees.
    """

    upright: list[Glyph]
    turned: list[list[Glyph]]
    unseen: list[str]


class _Printed(NamedTuple):
    glyph: Glyph
    """As it stands upright."""
    box: Box
    angle: float
    owner: int


def glyphs_of(page: _Page, most: int) -> Glyphs:
    """The glyphs of a page in the order of the file; raises OverflowError when there are more than `most`."""
    printed: list[_Printed] = []
    for texts in _text_pages(page):
        if len(printed) + texts.count_chars() > most:
            raise OverflowError(f"more than {most} characters")
        printed += _printed(texts, printed[-1].glyph.line + 1 if printed else 0)
    seen, unseen = _seen(page, printed)
    angles: dict[float, list[Glyph]] = {}
    for each in seen:
        angles.setdefault(each.angle, []).append(each.glyph)
    usual = max(angles, key=lambda angle: len(angles[angle]), default=0.0)
    others = [glyphs for angle, glyphs in angles.items() if angle != usual]
    return Glyphs(angles.get(usual, []), others, unseen)


def _text_pages(page: _Page) -> Iterator[_Texts]:
    """The text of the page; of one with very many objects part by part, since pdfium takes quadratic time over them."""
    count = pdfium.FPDFPage_CountObjects(page)
    if count <= _TOGETHER:
        with closing(page.get_textpage()) as texts:
            yield texts
        return
    objects = [pdfium.FPDFPage_GetObject(page, n) for n in range(count)]
    _activate(objects, False)
    for start in range(0, count, _TOGETHER):
        part = objects[start : start + _TOGETHER]
        _activate(part, True)
        with closing(page.get_textpage()) as texts:
            yield texts
        _activate(part, False)
    _activate(objects, True)


def _activate(objects: Iterable[Any], active: bool) -> None:
    for each in objects:
        pdfium.FPDFPageObj_SetIsActive(each, active)


def _printed(texts: _Texts, line: int) -> Iterator[_Printed]:
    """The glyphs in the order of the file, whose lines are counted from `line` on."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    spaced, angle = False, 0.0
    angles: dict[int, float] = {}
    for n in range(texts.count_chars()):
        code = pdfium.FPDFText_GetUnicode(texts, n)
        if code in (10, 13):
            line, spaced = line + 1, False
        elif code in _HYPHENS:
            yield _Printed(Glyph("-", 0, 0, 0, 0, 0, line, hyphen=True), Box(0, 0, 0, 0), angle, 0)
            line, spaced = line + 1, False
        elif code and not (character := chr(code)).isspace():
            owner = ctypes.cast(pdfium.FPDFText_GetTextObject(texts, n), ctypes.c_void_p).value or 0
            if owner not in angles:
                angles[owner] = _angle(pdfium.FPDFText_GetCharAngle(texts, n))
            angle = angles[owner]
            pdfium.FPDFText_GetLooseCharBox(texts, n, box)
            pdfium.FPDFText_GetCharOrigin(texts, n, x, y)
            place = Box(box.left, box.bottom, box.right, box.top)
            glyph = Glyph(
                character, box.left, box.bottom, box.right, box.top - box.bottom, y.value, line, spaced
            )
            if angle:
                size = pdfium.FPDFText_GetFontSize(texts, n) * _scale(texts, n)
                glyph = _upright(glyph, (x.value, y.value), angle, size)
            yield _Printed(glyph, place, angle, owner)
            spaced = False
        else:
            spaced = True


def _angle(radians: float) -> float:
    """In steps of a degree, 0 for what stands upright."""
    turned = math.remainder(-radians, 2 * math.pi)  # pdfium turns clockwise
    return 0.0 if abs(turned) < _UPRIGHT else math.radians(round(math.degrees(turned)))


def _upright(glyph: Glyph, origin: tuple[float, float], angle: float, size: float) -> Glyph:
    """The glyph in coordinates in which it stands upright; `size` is that of its font."""
    cos, sin = math.cos(angle), math.sin(angle)
    left, base = origin[0] * cos + origin[1] * sin, origin[1] * cos - origin[0] * sin
    if min(abs(cos), abs(sin)) > _UPRIGHT:  # the box of what leans is too wide
        return glyph._replace(
            left=left, right=left + _WIDTH * size, bottom=base, size=max(1.0, size), base=base
        )
    corners = [(x, y) for x in (glyph.left, glyph.right) for y in (glyph.bottom, glyph.bottom + glyph.size)]
    across, up = [x * cos + y * sin for x, y in corners], [y * cos - x * sin for x, y in corners]
    bottom = min(up)
    return glyph._replace(
        left=min(across), right=max(across), bottom=bottom, size=max(up) - bottom, base=base
    )


def _scale(texts: _Texts, n: int) -> float:
    """How much larger than its font a glyph is printed."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(texts, n, matrix)
    return math.hypot(matrix.c, matrix.d)


def _seen(page: _Page, printed: list[_Printed]) -> tuple[list[_Printed], list[str]]:
    words = list(_words(printed))
    ink = Ink(page, words)
    seen: list[_Printed] = []
    unseen: list[str] = []
    for word, members in zip(words, _members(printed), strict=True):
        if ink.shows(word):
            seen += members
        else:
            unseen.append(word.text)
    return seen, unseen


def _members(printed: list[_Printed]) -> Iterator[list[_Printed]]:
    """The glyphs of each word: between blanks, of one line and one text object."""
    word: list[_Printed] = []
    for each in printed:
        last = word[-1] if word else None
        apart = last and (
            each.glyph.spaced
            or each.glyph.line != last.glyph.line
            or (each.owner != last.owner and not each.glyph.hyphen)
        )
        if apart:
            yield word
            word = []
        word.append(each)
    if word:
        yield word


def _words(printed: list[_Printed]) -> Iterator[Word]:
    for members in _members(printed):
        letters = [each for each in members if not each.glyph.hyphen] or members
        yield Word(
            "".join(each.glyph.text for each in letters),
            letters[0].owner,
            min(each.box.left for each in letters),
            min(each.box.bottom for each in letters),
            max(each.box.right for each in letters),
            max(each.box.top for each in letters),
        )
