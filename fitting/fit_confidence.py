"""Fits what the reader's log-odds count for, and the confidence of answers whose passages were read.

Run, after fit_reader and fit_ranking: .venv/bin/python -m fitting.fit_confidence [--sample 400]

Writes `reader` and `confidence_read` of retrieval/ranking/data/fitted.bundled.json. The weight of the reader is the one
under which the passages that answer are likeliest to come first. One logistic a kind of question tells the chance that
the collection answers, on questions over collections of five articles to some hundreds (confidence_examples.py), with
near misses and questions on something else in the proportion that people ask them.

Two thresholds are chosen on these and on news by what mistakes cost: `threshold` loses hardly a question that is
answered; above `sure` few near misses are left, and hardly a question on something else.
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from fitting.confidence_examples import NEWS, Found, Search, found_over_all
from fitting.confidence_logit import fit_logistic
from fitting.development_data import ROOT
from fitting.known_questions import KnownQuestions
from fitting.known_readings import with_known_readings
from retrieval.embedding.loading import LazyEmbedder
from retrieval.evaluation.figures import auroc
from retrieval.ranking.confidence import FEATURES, NEAR_MISS, OF_READING, features
from retrieval.ranking.fitted import Fitted, Logistic, load_fitted
from retrieval.ranking.reading import MOST, SecondLook, reordered

NUMBERS = ROOT / "retrieval" / "ranking" / "data" / "fitted.bundled.json"
_WEIGHTS = np.round(np.arange(0.0, 2.05, 0.1), 2)
_SHARE = {"answer": 0.6, "near-miss": 0.2, "off-corpus": 0.2}
"""How people ask."""
_ANSWERED = 0.95
_ANSWERED_NEWS = 0.965
"""Of what is answered among the first three this share is shown, and of news at least the second."""
_NEAR_SURE, _OFF_SURE, _LEAST_SURE = 0.2, 0.02, 0.55
"""At most these shares of near misses and of other questions are told for sure, if that leaves the third share of what
is answered."""
_LEAST_SHOWN = 0.08
"""With less of a chance nothing is shown."""
_ANSWERED_FEW = 0.985
"""Of what is answered over five articles this share is shown: they hold hardly anything near something else."""
_SHOWN = 3
_FEW = 20
"""Questions of which shares tell little."""

Array = NDArray[np.float64]


def main() -> None:
    """Fits, tells how well, writes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sample", type=int, default=400, help="questions of each kind and language a collection"
    )
    sample = parser.parse_args().sample
    lazy = LazyEmbedder.of("bundled", ROOT / "data" / "models")
    embedder, reader = KnownQuestions(lazy), with_known_readings(SecondLook(reader=lazy.reader)).reader()
    assert reader is not None
    fitted = load_fitted(embedder.fingerprint)
    with tempfile.TemporaryDirectory() as work:
        found = list(found_over_all(Path(work), Search(embedder, reader, fitted), sample))
        print(f"{len(found)} questions: {dict(Counter((each.collection, each.kind) for each in found))}")
        fitting = [each for each in found if each.collection != NEWS]
        weights = {key: reader_weight(mine) for key, mine in _by_kind(fitting).items()}
        print("reader", weights)
        fitted = replace(fitted, reader=weights)
        confidence = {key: _logistic(key, mine, fitted) for key, mine in _by_kind(found).items()}
    _write(weights, confidence)


def key_of(found: Found) -> str:
    """As `Fitted.confidence_of` looks for it."""
    query = found.query
    return (
        f"other-{query.language}"
        if query.profile == "other" and query.language in ("en", "ru")
        else query.profile
    )


def _by_kind(found: Sequence[Found]) -> dict[str, list[Found]]:
    kinds = {key_of(each) for each in found} - {"other"}
    return {key: [each for each in found if key_of(each) == key] for key in sorted(kinds)}


def reader_weight(found: Sequence[Found]) -> float:
    """Of `_WEIGHTS`, with which the passages that answer are likeliest among those that are read."""
    cases = [
        (each.candidates.score[: len(each.read)], _answers(each), each.right[: len(each.read)] > 0)
        for each in found
        if each.right[:MOST].any() and not each.right[:MOST].all()
    ]
    likelihood = [
        sum(logsumexp((s + w * a)[right]) - logsumexp(s + w * a) for s, a, right in cases) for w in _WEIGHTS
    ]
    for w in (0.0, 0.5, 1.0):
        first = np.mean([right[int(np.argmax(s + w * a))] for s, a, right in cases])
        print(f"  {key_of(found[0])}: weight {w}: right first {first:.3f} of {len(cases)}")
    return float(_WEIGHTS[int(np.argmax(likelihood))])


def _answers(each: Found) -> Array:
    return np.array([reading.answers for reading in each.read.values()])


@dataclass(frozen=True, slots=True)
class _Case:
    """A question with what the logistic takes; `factor` is what is left of the chance it gives."""

    found: Found
    values: dict[str, float]
    factor: float


def _logistic(key: str, found: Sequence[Found], fitted: Fitted) -> Logistic:
    cases = [case for each in found if (case := _case(each, fitted))]
    fitting = [case for case in cases if case.found.collection != NEWS]
    share = Counter(case.found.kind for case in fitting)
    names = [*FEATURES, *OF_READING]
    x = np.array([[case.values[name] for name in names] for case in fitting])
    inside = np.array([case.found.kind == "answer" for case in fitting])
    weight = np.array([_SHARE[case.found.kind] / share[case.found.kind] for case in fitting])
    intercept, coefficients = fit_logistic(x, inside, weight / weight.mean())
    logistic = Logistic(intercept, dict(zip(names, coefficients, strict=True)), 0.5)
    chances: dict[tuple[str, str], list[float]] = defaultdict(list)
    for case in cases:
        chances[case.found.collection, case.found.kind].append(
            logistic.probability(case.values) * case.factor
        )
    return _with_thresholds(key, logistic, chances)


def _case(each: Found, fitted: Fitted) -> _Case | None:
    """None where an answer is not among the first: whether the question should be answered is then anybody's guess."""
    second = fitted.reader_weight(each.query.profile, each.query.language) * _answers(each)
    candidates, order = reordered(each.candidates, second.astype(np.float32))
    if each.kind == "answer" and not each.right[order][:_SHOWN].any():
        return None
    values = features(each.asked, candidates, each.read, each.generation, fitted)
    return _Case(each, values, 1.0 if candidates.met[0] else NEAR_MISS)


def _with_thresholds(
    key: str, logistic: Logistic, chances: Mapping[tuple[str, str], Sequence[float]]
) -> Logistic:
    """Means over collections of what each would have by itself."""

    def mean(kind: str, share: float) -> float:
        mine = [values for (_, other), values in chances.items() if other == kind and len(values) >= _FEW]
        return float(np.mean([np.quantile(values, share) for values in mine]))

    of_news = float(np.quantile(chances[NEWS, "answer"], 1 - _ANSWERED_NEWS))
    threshold = max(_LEAST_SHOWN, min(mean("answer", 1 - _ANSWERED), of_news))
    wanted = max(mean("near-miss", 1 - _NEAR_SURE), mean("off-corpus", 1 - _OFF_SURE))
    sure = max(threshold, min(wanted, mean("answer", 1 - _LEAST_SURE)))
    few = float(np.quantile(chances["small", "answer"], 1 - _ANSWERED_FEW))
    few = max(_LEAST_SHOWN, min(threshold, few))
    print(f"{key}: shown from {threshold:.3f}, of few articles from {few:.3f}, sure from {sure:.3f}")
    for (collection, kind), values in sorted(chances.items()):
        there = chances[collection, "answer"]
        area = auroc(there, values) if kind != "answer" else None
        least = few if collection == "small" else threshold
        shown, told = (float(np.mean(np.array(values) >= bound)) for bound in (least, sure))
        print(
            f"  {collection} {kind}: {len(values)}, shown {shown:.3f} sure {told:.3f}, AUROC {area or 0:.3f}"
        )
    return replace(logistic, threshold=threshold, sure=sure, few=few)


def _write(weights: dict[str, float], confidence: dict[str, Logistic]) -> None:
    data: dict[str, Any] = json.loads(NUMBERS.read_text(encoding="utf-8"))
    data["reader"] = weights
    data["confidence_read"] = {key: _rounded(each) for key, each in confidence.items()}
    other = [_rounded(confidence[key]) for key in ("other-en", "other-ru")]
    data["confidence_read"]["other"] = other[0]
    NUMBERS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _rounded(logistic: Logistic) -> dict[str, Any]:
    return {
        "intercept": round(logistic.intercept, 4),
        "coefficients": {name: round(value, 4) for name, value in logistic.coefficients.items()},
        "threshold": round(logistic.threshold, 4),
        "sure": round(logistic.sure, 4),
        "few": round(logistic.few or logistic.threshold, 4),
    }


if __name__ == "__main__":
    main()
