"""The curve of query and indexing time over the size of the collection."""

from pathlib import Path

import numpy as np
from matplotlib import pyplot
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
        axis.grid(visible=True, which="major", alpha=0.3)
        axis.legend(frameon=False)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
    return slopes[0], slopes[1]
