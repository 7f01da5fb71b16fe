"""Text as it can be drawn in a chart: in the font that matplotlib brings, and as wide as there is room for."""

from typing import TYPE_CHECKING, Final

from bot.conversation.replies.wording import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.ft2font import FT2Font

FONT: Final = "DejaVu Sans"
DPI: Final = 100
POINTS: Final = 19
HEADING_POINTS: Final = 21
COLOUR: Final = "#1f6f8b"
"""Of bars and lines."""
_LONGEST: Final = 120
_SUBPIXELS: Final = 64


class Lettering:
    """The chart's font: it has Vietnamese and Cyrillic, but no emoji and no Chinese. One a chart, in one thread."""

    def __init__(self) -> None:
        self._font = _load()
        self._font.set_size(POINTS, DPI)

    def drawable(self, text: str) -> str:
        """The text on one line, without the characters that would be drawn as empty boxes."""
        line = " ".join(text.split())
        return one_line("".join(c for c in line if self._font.get_char_index(ord(c))), _LONGEST)

    def width(self, text: str) -> float:
        """In pixels."""
        self._font.set_text(text)
        return self._font.get_width_height()[0] / _SUBPIXELS

    def fitted(self, text: str, width: float) -> str:
        """As much of a drawable text as `width` pixels hold, cut at a word with an ellipsis."""
        shorter = (one_line(text, longest) for longest in range(len(text), 0, -1))
        return next((each for each in shorter if self.width(each) <= width), "")


def put_heading(axes: "Axes", text: str) -> None:
    axes.set_title(text, loc="left", fontsize=HEADING_POINTS, fontweight="bold", fontfamily=FONT)


def _load() -> "FT2Font":
    """An own copy: matplotlib's are drawn with at the same time."""
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    return FT2Font(findfont(FONT))
