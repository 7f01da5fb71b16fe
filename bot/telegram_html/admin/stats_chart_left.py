"""The left side of the chart, day by day: questions, the share that was answered, and how long an answer took."""

from collections.abc import Sequence
from datetime import UTC, timedelta
from datetime import date as Date
from math import ceil, nan
from typing import TYPE_CHECKING, Final

from bot.state.questions import Day
from bot.state.statistics import Statistics
from bot.telegram_html.admin.chart_text import COLOUR, FONT, POINTS, put_heading
from bot.telegram_html.admin.stats import percent
from bot.texts import Texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

    Days = Sequence[Day | None]
    """All of a period, None where nothing was asked; their places are their x."""

_PALE: Final = "#a9cbd6"
_OTHER: Final = "#b3571f"
_FEWEST: Final = 9
"""Days that there is room for at least, so that the bars of a few do not become blocks."""
_LABELS: Final = 4
_CLOSE: Final = {"borderaxespad": 0.1, "handlelength": 1.0, "handletextpad": 0.4, "columnspacing": 1.2}


def draw_days(figure: "SubFigure", statistics: Statistics, texts: Texts) -> None:
    dates = _dates(statistics)
    asked = {day.day: day for day in statistics.days}
    days = [asked.get(date) for date in dates]
    counts, shares, times = figure.subplots(3, 1, sharex=True, height_ratios=(3, 2, 2))
    _draw_counts(counts, days, texts)
    _draw_shares(shares, days, texts)
    _draw_times(times, days, texts)
    for axes in (counts, shares, times):
        _tidy(axes)
    _put_dates(times, dates, texts)


def _dates(statistics: Statistics) -> list[Date]:
    """In UTC, as the days of the log are."""
    last = statistics.until.astimezone(UTC).date()
    first = (statistics.until - statistics.period).astimezone(UTC).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _draw_counts(axes: "Axes", days: "Days", texts: Texts) -> None:
    put_heading(axes, texts("stats-days"))
    asked = [day.asked if day else 0 for day in days]
    answered = [day.answered if day else 0 for day in days]
    in_vain = [whole - part for whole, part in zip(asked, answered, strict=True)]
    axes.bar(range(len(days)), answered, color=COLOUR, label=texts("stats-with-answer"))
    axes.bar(range(len(days)), in_vain, bottom=answered, color=_PALE, label=texts("stats-in-vain"))
    prop = {"family": FONT, "size": POINTS}
    # Above the greatest bar there is room for the legend.
    axes.set_ylim(0, max(1, *asked) * 1.35)
    _put_numbers(axes, texts, integer=True)
    axes.legend(loc="upper left", ncols=2, frameon=False, prop=prop, **_CLOSE).set_in_layout(False)


def _draw_shares(axes: "Axes", days: "Days", texts: Texts) -> None:
    put_heading(axes, texts("stats-shares"))
    _draw_line(axes, [day.answered / day.asked if day else nan for day in days], COLOUR)
    axes.set_ylim(-0.06, 1.06)
    axes.set_yticks((0, 0.5, 1), [percent(share, texts) for share in (0, 0.5, 1)])


def _draw_times(axes: "Axes", days: "Days", texts: Texts) -> None:
    """In milliseconds, or in seconds where a day needed one."""
    longest = max((day.mean_ms for day in days if day), default=0)
    unit, factor = ("stats-mean-seconds", 1000) if longest >= 1000 else ("stats-mean-ms", 1)
    put_heading(axes, texts(unit))
    _draw_line(axes, [day.mean_ms / factor if day else nan for day in days], _OTHER)
    axes.set_ylim(0, longest / factor * 1.15 or 1)
    _put_numbers(axes, texts)


def _draw_line(axes: "Axes", values: Sequence[float], colour: str) -> None:
    """Broken where there is no value; a dot a day, as a lone one would not be seen otherwise."""
    places, size = range(len(values)), min(6, max(2, 200 / len(values)))
    axes.plot(places, values, color=colour, linewidth=2, marker="o", markersize=size, clip_on=False)


def _put_numbers(axes: "Axes", texts: Texts, *, integer: bool = False) -> None:
    from babel.numbers import format_decimal
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(3, integer=integer))
    axes.yaxis.set_major_formatter(lambda value, _: format_decimal(value, locale=texts.language))


def _tidy(axes: "Axes") -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=POINTS, labelfontfamily=FONT)


def _put_dates(axes: "Axes", dates: Sequence[Date], texts: Texts) -> None:
    shown = max(_FEWEST, len(dates))
    padding = (shown - len(dates)) / 2 + 0.6
    axes.set_xlim(-padding, len(dates) - 1 + padding)
    places = range(len(dates) - 1, -1, -ceil(shown / _LABELS))
    axes.set_xticks(places, [texts.date(dates[place], "date-pattern-chart") for place in places])
