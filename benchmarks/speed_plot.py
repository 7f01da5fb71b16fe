"""The curve of query and indexing time over the size of the collection."""

from pathlib import Path

import numpy as np
from matplotlib import pyplot
from matplotlib.ticker import NullFormatter
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def plot(passages: Numbers, answers_ms: Numbers, indexing_s: Numbers, path: Path) -> tuple[float, float]:
    """Draws both into `path`; the slopes of the lines through them, the powers of the collection's size."""
    figure, axes = pyplot.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    slopes = []
    for axis, values, title, unit in (
        (axes[0], answers_ms, "question to answer", "ms, median"),
        (axes[1], indexing_s, "indexing without embedding", "s"),
    ):
        slope, offset = np.polyfit(np.log(passages), np.log(values), 1)
        slopes.append(float(slope))
        axis.loglog(passages, values, "o-", color="#1f6f8b")
        fitted = np.exp(offset) * passages**slope
        axis.loglog(passages, fitted, "--", color="#999", label=f"passages^{slope:.2f}")
        axis.set(xlabel="passages", ylabel=unit, title=title)
        for side in (axis.xaxis, axis.yaxis):
            side.set_major_formatter("{x:,g}")
            side.set_minor_formatter(NullFormatter())
        axis.set_ylim(values.min() / 2, values.max() * 2)
        axis.set_yticks(_ticks(*axis.get_ylim()))
        axis.grid(visible=True, which="major", alpha=0.3)
        axis.legend(frameon=False)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
    return slopes[0], slopes[1]


def _ticks(low: float, high: float) -> list[float]:
    """1, 2, 5, 10, 20 ... within the axis."""
    steps = [step * 10.0**power for power in range(-2, 5) for step in (1, 2, 5)]
    return [step for step in steps if low <= step <= high]
