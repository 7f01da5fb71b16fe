"""/stats as a picture: days on the left, rankings on the right, in letters that can be read on a phone."""

import io
from collections.abc import Mapping
from typing import Final

from bot.state.statistics import Statistics
from bot.telegram_html.admin.chart_text import DPI
from bot.telegram_html.admin.stats_chart_left import draw_days
from bot.telegram_html.admin.stats_chart_right import draw_rankings
from bot.texts import Texts

WIDTH: Final = 1280
HEIGHT: Final = 960
_PADDING: Final = 0.15
"""Inches around each diagram."""


def chart_png(statistics: Statistics, titles: Mapping[str, str], texts: Texts) -> bytes:
    """A PNG of `WIDTH` times `HEIGHT`. It may be drawn in any thread: pyplot, whose figures all share, is not used.

    `titles`: article id -> title, where it has one. Where nothing was asked there is little to see.
    """
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    layout = ConstrainedLayoutEngine(w_pad=_PADDING, h_pad=_PADDING)
    figure = Figure((WIDTH / DPI, HEIGHT / DPI), DPI, layout=layout, facecolor="white")
    ((left, right),) = figure.subfigures(1, 2, squeeze=False)
    draw_days(left, statistics, texts)
    draw_rankings(right, statistics, titles, texts)
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=DPI)
    return target.getvalue()
