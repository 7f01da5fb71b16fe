"""Which words of a PDF's text layer a reader sees: those on the visible part of the page that leave ink there.

Looking at the page as it is drawn tells all the ways of hiding text at once: white on white, covered, clipped away,
in a layer that is switched off.
"""

import ctypes
from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

_Page = Any  # pypdfium2 has no types
_Pixels = np.ndarray[Any, np.dtype[np.uint8]]

_CONTRAST = 12
"""Steps of 255 by which the brightest and the darkest pixel of a word differ at least."""
_DARK = 128
"""Darker ink is never taken for the paper's colour."""
_SMALLEST = 1.0
"""Points: type below this height is no type for readers."""
_LONGEST_SIDE, _MOST_OBJECTS = 2_000, 20_000
"""Pixels of the picture, and objects of a page that is worth being drawn."""
_MOSTLY = 0.6
_UNSEEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_FINE = 1_000
_GLYPHS, _ENOUGH, _SIZE = 400, 5, 10.0
"""Of a font, which glyphs are tried, how many of them must have outlines, and the size to try them in."""


class Word(NamedTuple):
    """A word of the text layer: `owner` is the address of its text object, the others are its box in points."""

    text: str
    owner: int
    left: float
    bottom: float
    right: float
    top: float


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float


class Ink:
    """A page as it is drawn."""

    def __init__(self, page: _Page, words: Sequence[Word]) -> None:
        self._page = page
        self._visible = _visible(page)
        self._modes = {owner: _mode(owner) for owner in {word.owner for word in words}}
        self._drawing: dict[int, bool] = {}
        self._inks: dict[int, tuple[int, int, int]] = {}
        self._scanned = bool(words) and all(self._modes[word.owner] in _UNSEEN_MODES for word in words)

    def shows(self, word: Word) -> bool:
        """Whether a reader sees the word, or the picture of a scanned page in which a text layer has it."""
        if not _holds(self._visible, word) or word.top - word.bottom < _SMALLEST:
            return False
        if self._modes[word.owner] in _UNSEEN_MODES:
            return any(_holds(picture, word) for picture in self._pictures)
        if self._scanned or self._pixels is None or not self._is_drawn_here(word):
            return True
        return self._leaves_ink(word)

    def _is_drawn_here(self, word: Word) -> bool:
        """Whether its glyphs can be drawn on this machine: those of a font outside the file may be missing."""
        font = _font(word.owner)
        if font not in self._drawing:
            self._drawing[font] = _draws(font)
        return self._drawing[font] or (word.text.isascii() and not _is_embedded(font))

    def _leaves_ink(self, word: Word) -> bool:
        """Whether there is contrast where the word stands, and not only that of others: in the colour of the paper it
        leaves none.
        """
        part = self._around(word)
        if not part.size or int((part.max(axis=0).astype(int) - part.min(axis=0)).max()) < _CONTRAST:
            return False
        if word.owner not in self._inks:
            self._inks[word.owner] = _ink(word.owner)
        ink = self._inks[word.owner]
        if max(ink) < _DARK:
            return True
        colours, counts = np.unique(part, axis=0, return_counts=True)
        paper = colours[counts.argmax()]
        return bool(np.abs(paper.astype(int) - ink).max() >= _CONTRAST)

    def _around(self, word: Word) -> _Pixels:
        """The pixels of a word, blue, green and red of each."""
        pixels = self._pixels
        assert pixels is not None
        corners = self._placed(word.left, word.bottom), self._placed(word.right, word.top)
        (x0, x1), (y0, y1) = (sorted(int(corner[n]) for corner in corners) for n in (0, 1))
        height, width = pixels.shape[:2]
        rows = slice(max(0, min(height - 1, y0)), max(0, y1) + 1)
        part = pixels[rows, max(0, min(width - 1, x0)) : max(0, x1) + 1]
        return part.reshape(-1, part.shape[-1])[:, :3]

    @cached_property
    def _pixels(self) -> _Pixels | None:
        """Rows of pixels; None where the page cannot be drawn, or not in reasonable time."""
        if pdfium.FPDFPage_CountObjects(self._page) > _MOST_OBJECTS:
            return None
        scale = min(1.0, _LONGEST_SIDE / max(1.0, *self._page.get_size()))
        try:
            drawn: _Pixels = self._page.render(scale=scale, draw_annots=False).to_numpy()
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            return None
        return drawn

    def _placed(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a point."""
        (x0, y0), (xx, xy), (yx, yy) = self._mapping
        return x0 + x * xx + y * yx, y0 + x * xy + y * yy

    @cached_property
    def _mapping(self) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
        """Where the origin is in the picture, and how far a point to the right and one up lead there."""
        origin, right, up = self._device(0, 0), self._device(_FINE, 0), self._device(0, _FINE)
        across = (right[0] - origin[0]) / _FINE, (right[1] - origin[1]) / _FINE
        return origin, across, ((up[0] - origin[0]) / _FINE, (up[1] - origin[1]) / _FINE)

    def _device(self, x: float, y: float) -> tuple[float, float]:
        assert self._pixels is not None
        height, width = self._pixels.shape[:2]
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page, 0, 0, width * _FINE, height * _FINE, 0, x, y, across, down)
        return across.value / _FINE, down.value / _FINE

    @cached_property
    def _pictures(self) -> list[Box]:
        kinds = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM]
        return [
            Box(*each.get_bounds())
            for each in self._page.get_objects(filter=kinds, max_depth=1)
            if _is_picture(each)
        ]


def _visible(page: _Page) -> Box:
    """The part of the page that is shown."""
    crop, media = Box(*page.get_cropbox()), Box(*page.get_mediabox())
    shown = Box(
        max(crop.left, media.left),
        max(crop.bottom, media.bottom),
        min(crop.right, media.right),
        min(crop.top, media.top),
    )
    return shown if shown.left < shown.right and shown.bottom < shown.top else media


def _is_picture(found: Any) -> bool:  # noqa: ANN401
    """Whether it is an image, or holds one."""
    if found.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return True
    form = found.raw
    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFFormObj_GetObject(form, n)) == pdfium.FPDF_PAGEOBJ_IMAGE
        for n in range(min(_FINE, max(0, pdfium.FPDFFormObj_CountObjects(form))))
    )


def _holds(box: Box, word: Word) -> bool:
    across, up = (word.left + word.right) / 2, (word.bottom + word.top) / 2
    return box.left <= across <= box.right and box.bottom <= up <= box.top


def _mode(owner: int) -> int:
    return int(pdfium.FPDFTextObj_GetTextRenderMode(_handle(owner))) if owner else 0


def _font(owner: int) -> int:
    """The address of a text object's font, 0 when it has none."""
    font = pdfium.FPDFTextObj_GetFont(_handle(owner)) if owner else None
    return ctypes.cast(font, ctypes.c_void_p).value or 0 if font else 0


def _is_embedded(address: int) -> bool:
    return bool(address) and pdfium.FPDFFont_GetIsEmbedded(ctypes.cast(address, pdfium.FPDF_FONT)) == 1


def _draws(address: int) -> bool:
    """Whether a font lies in the file, whole enough to draw letters: text in one that is damaged is not hidden."""
    if not address:
        return False
    font = ctypes.cast(address, pdfium.FPDF_FONT)
    if not _is_embedded(address):
        return False
    paths = (pdfium.FPDFFont_GetGlyphPath(font, glyph, _SIZE) for glyph in range(1, _GLYPHS))
    drawn = (path for path in paths if path and pdfium.FPDFGlyphPath_CountGlyphSegments(path) > 0)
    return len(list(islice(drawn, _ENOUGH))) == _ENOUGH


def _ink(owner: int) -> tuple[int, int, int]:
    """Blue, green and red of a text object; black where that cannot be told, or where it is not filled."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    told = owner and pdfium.FPDFPageObj_GetFillColor(_handle(owner), red, green, blue, alpha)
    filled = owner and _mode(owner) in (pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP)
    return (blue.value, green.value, red.value) if told and filled else (0, 0, 0)


def _handle(owner: int) -> Any:  # noqa: ANN401
    return ctypes.cast(owner, pdfium.FPDF_PAGEOBJECT)
