"""The right side of the chart: languages and most cited articles, as bars from the longest to the shortest."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from bot.state.statistics import Statistics
from bot.telegram_html.admin.chart_text import COLOUR, FONT, POINTS, Lettering, put_heading
from bot.telegram_html.admin.stats import RankingRow, language_rows
from bot.texts import Texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

_ROWS: Final = 5
_ROOM: Final = 600
"""Pixels that the line above a bar has."""
_GAP: Final = 16
_TRACK: Final = "#e8eff2"


def draw_rankings(
    figure: "SubFigure", statistics: Statistics, titles: Mapping[str, str], texts: Texts
) -> None:
    above, below = figure.subplots(2, 1)
    _draw(above, texts("stats-languages"), list(language_rows(statistics, texts)), texts)
    _draw(below, texts("stats-cited"), list(_cited(statistics, titles, texts)), texts)


def _cited(statistics: Statistics, titles: Mapping[str, str], texts: Texts) -> Iterator[RankingRow]:
    lettering = Lettering()
    most = max((cited.times for cited in statistics.cited), default=0)
    for rank, cited in enumerate(statistics.cited, 1):
        shown = texts("stats-cited-times", count=cited.times)
        name = lettering.drawable(titles.get(cited.article_id, "")) or lettering.drawable(cited.article_id)
        # The number leads to the whole title, which stands in the text.
        number = f"{rank}. "
        room = _ROOM - _GAP - lettering.width(number + shown)
        yield RankingRow(cited.times / most, number + lettering.fitted(name, room), shown)


def _draw(axes: "Axes", heading: str, rows: Sequence[RankingRow], texts: Texts) -> None:
    put_heading(axes, heading)
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(_ROWS - 0.2, -0.55))
    if not rows:
        axes.text(0, 0, texts("stats-no-data"), fontsize=POINTS, fontfamily=FONT, color="grey")
    for place, row in enumerate(rows):
        axes.barh(place + 0.25, 1, 0.3, color=_TRACK)
        axes.barh(place + 0.25, row.part, 0.3, color=COLOUR)
        # Titles are anybody's: a dollar sign in one begins no formula.
        for x, side, text in ((0, "left", row.label), (1, "right", row.shown)):
            axes.text(x, place, text, ha=side, fontsize=POINTS, fontfamily=FONT, parse_math=False)
