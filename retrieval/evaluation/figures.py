"""The figures of outcomes: how often the right article and the answer are found, and refusals that are right."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from retrieval.evaluation.outcomes import Outcome

_FALSE_AT = 0.95
"""False answers are counted where this share of what the collection holds is answered."""

Figures = Mapping[str, float | None]
"""Name -> value; None where the set has no question to measure it on."""


def figures(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """The figures of some outcomes; shares lie in 0..1.

    `in excerpt`, `in reply` and `highlight` count the nearest excerpts of refusals too, so that they tell of the
    order alone; `shown` is what readers got, `at once` what they see of it before they ask for more, with so many
    excerpts and characters of text on average. `unsure` and `false and sure` tell what they were told of it.
    """
    there = [o for o in outcomes if o.question.answerable]
    absent = [o for o in outcomes if not o.question.answerable]
    answered = [o for o in outcomes if o.answered]
    excerpted = [o for o in there if o.in_excerpt]
    return {
        "questions": float(len(outcomes)),
        **_of_rankings(there),
        "in excerpt": _share(there, lambda o: o.in_excerpt),
        "in reply": _share(there, lambda o: o.in_reply),
        "highlight": _share(excerpted, lambda o: o.in_highlight),
        "answered": _share(there, lambda o: o.answered),
        "unsure": _share(there, lambda o: o.unsure),
        "shown": _share(there, lambda o: o.answered and o.in_reply),
        "shown at once": _share(there, lambda o: o.in_opening),
        "excerpts at once": _mean([float(len(o.opened)) for o in answered]),
        "text at once": _mean([float(sum(o.opened)) for o in answered]),
        "false answers": _share(absent, lambda o: o.answered),
        "false and sure": _share(absent, lambda o: o.answered and not o.unsure),
        "wrong answers": _share(answered, lambda o: not o.right),
        "auroc": auroc([o.confidence for o in there], [o.confidence for o in absent]),
        "false at 95%": false_at([o.confidence for o in there], [o.confidence for o in absent]),
        "calibration error": calibration_error(outcomes) if there and absent else None,
        "p50 ms": float(np.median([o.elapsed_ms for o in outcomes])) if outcomes else None,
    }


def _of_rankings(there: Sequence[Outcome]) -> dict[str, float | None]:
    """Recall of any right article and the mean reciprocal rank, as ir-measures (MacAvaney et al., 2022) has them."""
    import ir_measures
    from ir_measures import RR, Success

    named = {"recall@1": Success @ 1, "recall@5": Success @ 5, "recall@10": Success @ 10, "mrr@10": RR @ 10}
    if not there:
        return dict.fromkeys(named)
    numbered = [(str(number), outcome) for number, outcome in enumerate(there)]
    right = [ir_measures.Qrel(key, article, 1) for key, o in numbered for article in o.question.right]
    ranked = [
        ir_measures.ScoredDoc(key, article, -float(place))
        for key, o in numbered
        for place, article in enumerate(o.ranked)
    ]
    found = ir_measures.calc_aggregate(list(named.values()), right, ranked)
    return {name: float(found[measure]) for name, measure in named.items()}


def by_language(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float | None]]:
    """Language -> figures, in the order in which languages first appear, `all` last when there are several."""
    languages = list(dict.fromkeys(o.question.lang for o in outcomes))
    table = {lang: figures([o for o in outcomes if o.question.lang == lang]) for lang in languages}
    return table | ({"all": figures(outcomes)} if len(languages) > 1 else {})


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """The chance that a confidence from `inside` exceeds one from `outside`, ties counting half (Mann-Whitney)."""
    if not inside or not outside:
        return None
    ordered = np.sort(np.asarray(outside))
    below = np.searchsorted(ordered, inside, side="left")
    up_to = np.searchsorted(ordered, inside, side="right")
    return float((below + up_to).mean() / (2 * len(ordered)))


def false_at(inside: Sequence[float], outside: Sequence[float], answered: float = _FALSE_AT) -> float | None:
    """The share of `outside` that is answered at the threshold which answers `answered` of `inside`."""
    if not inside or not outside:
        return None
    threshold = np.quantile(inside, 1 - answered, method="lower")
    return float((np.asarray(outside) >= threshold).mean())


class Bin(NamedTuple):
    """Questions of about one confidence: how many, their mean confidence, and the share that is answerable."""

    questions: int
    confidence: float
    answerable: float


def reliability(outcomes: Sequence[Outcome], bins: int = 10) -> list[Bin]:
    """The filled ones of equal bins of confidence."""
    confidence = np.array([o.confidence for o in outcomes])
    truth = np.array([o.question.answerable for o in outcomes], dtype=float)
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    inside = [which == number for number in range(bins)]
    return [
        Bin(int(mask.sum()), float(confidence[mask].mean()), float(truth[mask].mean()))
        for mask in inside
        if mask.any()
    ]


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Expected calibration error over ten equal bins (Guo et al., On calibration of modern neural networks, 2017)."""
    found = reliability(outcomes)
    return sum(b.questions * abs(b.confidence - b.answerable) for b in found) / len(outcomes)


class Risk(NamedTuple):
    """Where the most confident share `coverage` of all questions is answered, the share `risk` of answers is wrong."""

    coverage: float
    risk: float


def risk_coverage(outcomes: Sequence[Outcome]) -> list[Risk]:
    """The curve over all thresholds (El-Yaniv and Wiener, 2010): wrong is a first excerpt of another article."""
    ordered = sorted(outcomes, key=lambda o: -o.confidence)
    wrong = np.cumsum([o.ranked[:1] == () or o.ranked[0] not in o.question.right for o in ordered])
    return [Risk((i + 1) / len(ordered), float(wrong[i]) / (i + 1)) for i in range(len(ordered))]


def _share(outcomes: Sequence[Outcome], is_so: Callable[[Outcome], bool]) -> float | None:
    return _mean([float(is_so(o)) for o in outcomes])


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None
