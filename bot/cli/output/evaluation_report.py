"""The figures of question sets as one HTML page that needs nothing else: tables, risk and coverage, reliability."""

import base64
import io
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from retrieval.evaluation.figures import reliability, risk_coverage
from retrieval.evaluation.outcomes import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .8rem;text-align:right}"
    "th:first-child,td:first-child{text-align:left}tr:nth-child(even){background:#f4f4f4}img{max-width:100%}"
)
_SMALL = 20
"""A curve begins where this many questions are answered: shares of fewer jump about."""


def page(table: Mapping[str, Mapping[str, str]], outcomes: Sequence[Outcome]) -> str:
    """`table`: language -> name of a figure -> its value as shown."""
    names = list(next(iter(table.values())))
    head = "".join(f"<th>{escape(language)}</th>" for language in ("", *table))
    body = "".join(
        f"<tr><td>{escape(name)}</td>"
        + "".join(f"<td>{escape(values[name])}</td>" for values in table.values())
        + "</tr>"
        for name in names
    )
    picture = base64.b64encode(png(outcomes)).decode()
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Trichdan: evaluation</title><style>{_STYLE}</style><h1>Evaluation</h1>"
        f"<p>{len(outcomes)} questions.</p><table><tr>{head}</tr>{body}</table>"
        f"<img alt='Risk and coverage; reliability' src='data:image/png;base64,{picture}'>\n"
    )


def png(outcomes: Sequence[Outcome]) -> bytes:
    """Two diagrams side by side, a line a language."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 4.5), layout="constrained")
    draw(figure, outcomes)
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=120)
    return target.getvalue()


def draw(figure: "Figure", outcomes: Sequence[Outcome]) -> None:
    """Risk and coverage on the left, reliability on the right."""
    left, right = figure.subplots(1, 2)
    for language in dict.fromkeys(o.question.lang for o in outcomes):
        mine = [o for o in outcomes if o.question.lang == language]
        _draw_risk(left, language, mine)
        _draw_reliability(right, language, mine)
    left.set(xlabel="share of questions answered", ylabel="share of answers that are wrong", ylim=(0, None))
    left.set_title("Risk and coverage")
    right.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle=":")
    right.set(xlabel="confidence", ylabel="share that the collection answers", xlim=(0, 1), ylim=(0, 1))
    right.set_title("Reliability")
    left.legend()


def _draw_risk(axes: "Axes", language: str, outcomes: Sequence[Outcome]) -> None:
    curve = risk_coverage(outcomes)[min(_SMALL, len(outcomes)) - 1 :]
    (line,) = axes.plot([p.coverage for p in curve], [p.risk for p in curve], label=language)
    answered = [o for o in outcomes if o.answered]
    if len(answered) >= _SMALL:
        shipped = risk_coverage(outcomes)[len(answered) - 1]
        axes.plot([shipped.coverage], [shipped.risk], marker="o", color=line.get_color())


def _draw_reliability(axes: "Axes", language: str, outcomes: Sequence[Outcome]) -> None:
    bins = [b for b in reliability(outcomes) if b.questions >= _SMALL]
    axes.plot([b.confidence for b in bins], [b.answerable for b in bins], marker=".", label=language)
