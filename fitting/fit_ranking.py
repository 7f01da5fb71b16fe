"""Fits the numbers of retrieval/ranking/data/fitted.bundled.json on development data, and writes the file.

Run: .venv/bin/python -m fitting.fit_ranking        (TRICHDAN_DEV_DATA names the data, default ../shared/data)
     with --model NAME for another model than the bundled one, a hub id or a folder

Fitted: the mean question of each language and the mean passage, which centre the vectors; the weights of evidence for
each kind of question (conditional_logit.py); one logistic a kind of question for the confidence. That one is fitted
over collections of 4 to 24 of the 32 documents, so that it holds for small and large ones: the questions on documents
left out, and those on nothing in the collection, should be refused. Words are translated by a lexicon that has not seen
the question's fold, as it will be for questions to come. Chosen by hand: the thresholds, and the least weights.
"""

import argparse
import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitting.conditional_logit import Choice, fit_weights
from fitting.confidence_logit import fit_logistic
from fitting.development_data import ROOT
from fitting.ranking_examples import Asked, Example, Numbers, choices, examples, unfitted
from retrieval.embedding.loading import LazyEmbedder
from retrieval.ranking.confidence import FEATURES
from retrieval.ranking.evidence import EVIDENCE, MET, NAMED
from retrieval.ranking.fitted import Fitted, Logistic, Weights

TARGETS = ROOT / "retrieval" / "ranking" / "data"
LEAST = {NAMED: 0.3, MET: 0.6}
"""Few questions of the development data name a country or a year; news is full of them."""
NEAR = 0.1
"""How much a question counts whose topic is there but whose fact is not: more of them would cost answers elsewhere."""
THRESHOLDS = {"vi": 0.33, "vi-unmarked": 0.35, "other-en": 0.36, "other-ru": 0.34, "other": 0.4}
PROFILES = {
    "vi": ("vi",),
    "vi-unmarked": ("vi-unmarked",),
    "same": ("same",),
    "cross": ("cross-en", "cross-ru"),
    "cross-en": ("cross-en",),
    "cross-ru": ("cross-ru",),
}
"""Kind of question and passage -> the kinds of examples that its weights are fitted on."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits fusion and confidence for a model.")
    parser.add_argument("--model", default="bundled", help="bundled, a hub id or a folder")
    model = parser.parse_args().model
    embedder = LazyEmbedder.of(model, ROOT / "data" / "models")
    with tempfile.TemporaryDirectory() as folder:
        whole = fitted_folds(embedder, Path(folder))[-1].fitted
    target = TARGETS / f"fitted.{re.sub(r'[^a-z0-9-]+', '-', model.lower()).strip('-')}.json"
    write(embedder.fingerprint, whole, target)
    print(f"written: {target.relative_to(ROOT)}")


def weights_of(found: Sequence[Asked]) -> dict[str, Weights]:
    """The weights for each kind of question and passage."""
    fitted: dict[str, Weights] = {}
    for profile, kinds in PROFILES.items():
        chosen = [Choice(each.evidence, each.right) for each in found if each.kind in kinds]
        values = fit_weights(chosen, [LEAST.get(name, 0.0) for name in EVIDENCE])
        fitted[profile] = {n: round(v, 3) for n, v in zip(EVIDENCE, values, strict=True)}
    return fitted


def confidence_of(found: Sequence[Example]) -> dict[str, Logistic]:
    """One logistic a kind of question; `other` is fitted on the questions of all foreign languages."""
    fitted = {}
    for profile, threshold in THRESHOLDS.items():
        chosen = [
            e for e in found if e.profile == profile or (profile == "other" and e.profile.startswith(profile))
        ]
        x, y = np.array([e.evidence for e in chosen]), np.array([e.inside for e in chosen])
        intercept, values = fit_logistic(x, y, np.array([NEAR if e.near else 1.0 for e in chosen]))
        coefficients = {name: round(value, 4) for name, value in zip(FEATURES, values, strict=True)}
        fitted[profile] = Logistic(round(intercept, 4), coefficients, threshold)
    return fitted


def fitted_folds(embedder: LazyEmbedder, work: Path) -> list[Numbers]:
    """For each fold all the numbers, fitted on the others; last those fitted on everything."""
    partial = unfitted(embedder, work)
    asked = list(choices(work, embedder, partial))
    weighted = [
        numbers.with_fitted(replace(numbers.fitted, weights=weights_of([a for a in asked if a.fold != fold])))
        for fold, numbers in enumerate(partial)
    ]
    found = list(examples(work, embedder, weighted))
    return [
        numbers.with_fitted(
            replace(numbers.fitted, confidence=confidence_of([e for e in found if e.fold != fold]))
        )
        for fold, numbers in enumerate(weighted)
    ]


def write(model: str, fitted: Fitted, target: Path) -> None:
    """Readable: one number list a line, everything else indented."""
    assert fitted.passage_mean is not None
    logistics = {
        name: {"intercept": c.intercept, "coefficients": c.coefficients, "threshold": c.threshold}
        for name, c in fitted.confidence.items()
    }
    queries = ",\n".join(f'  "{lang}": {_numbers(mean)}' for lang, mean in fitted.query_means.items())
    parts = {
        "model": json.dumps(model),
        "weights": _indented(fitted.weights),
        "confidence": _indented(logistics),
        "passage_mean": _numbers(fitted.passage_mean),
        "query_means": f"{{\n{queries}\n }}",
    }
    text = "{\n" + ",\n".join(f' "{name}": {part}' for name, part in parts.items()) + "\n}\n"
    json.loads(text)
    target.write_text(text, encoding="utf-8")


def _indented(values: Mapping[str, Any]) -> str:
    lines = [f'  "{name}": {json.dumps(value)}' for name, value in values.items()]
    return "{\n" + ",\n".join(lines) + "\n }"


def _numbers(values: NDArray[np.float32]) -> str:
    return json.dumps([round(float(value), 4) for value in values])


if __name__ == "__main__":
    main()
