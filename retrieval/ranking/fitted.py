"""Fitted numbers, as data: fusion weights, means that centre the vectors, confidence coefficients.

They belong to one model, named by its fingerprint. Another model gets `UNCALIBRATED`: lexical and dense evidence
with equal say, and a confidence that is a guess and says so.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.questions.translation import Lexicon, load_lexicon

Vector = NDArray[np.float32]


Weights = Mapping[str, float]
"""Kind of evidence (see evidence.EVIDENCE) -> what a unit of it adds to the score; what is not named adds nothing."""


_FEW, _MANY = 150, 600
"""Passages of a small collection and of one that is not."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """Probability = 1 / (1 + exp(-(intercept + sum of coefficient * feature))).

    From `threshold` on a question is answered, from `sure` on without a doubt. `few` is the threshold of a collection
    of few passages: of many, some are near whatever is asked.
    """

    intercept: float
    coefficients: Mapping[str, float]
    threshold: float
    sure: float = 0.7
    few: float | None = None

    def shown_from(self, passages: int) -> float:
        """The threshold for a collection of so many passages: between few and many it rises with their logarithm."""
        if self.few is None:
            return self.threshold
        share = float(np.interp(np.log(max(passages, 1)), np.log([_FEW, _MANY]), [0.0, 1.0]))
        return self.few + share * (self.threshold - self.few)

    def probability(self, features: Mapping[str, float]) -> float:
        total = self.intercept + sum(c * features[name] for name, c in self.coefficients.items())
        return float(1 / (1 + np.exp(-np.clip(total, -30, 30))))


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """All fitted numbers of one model. Keys of `weights`: see `fusion.profile_of`; of `confidence`: `Query.profile`."""

    calibrated: bool
    weights: Mapping[str, Weights]
    query_means: Mapping[str, Vector]
    passage_mean: Vector | None
    confidence: Mapping[str, Logistic]
    reader: Weights = field(default_factory=dict)
    confidence_read: Mapping[str, Logistic] = field(default_factory=dict)
    lexicon: Callable[[str], Lexicon | None] = load_lexicon

    def reader_weight(self, profile: str, language: str) -> float:
        """What a unit of the reader's log-odds adds to a score, by kind of question."""
        return self.reader.get(f"{profile}-{language}", self.reader.get(profile, 0.0))

    def confidence_of(self, profile: str, language: str, *, is_read: bool) -> Logistic:
        """The logistic for a kind of question: that of its language where there is one; and where passages `is_read`,
        that for those, where there is one."""
        found = (is_read and self.confidence_read) or self.confidence
        return found.get(f"{profile}-{language}") or found.get(profile) or found["other"]


@cache
def load_fitted(fingerprint: str) -> Fitted:
    """The numbers fitted for the model `fingerprint`, else the uncalibrated ones."""
    folder = files("retrieval.ranking") / "data"
    for path in folder.iterdir():
        if path.name.startswith("fitted") and path.name.endswith(".json"):
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["model"] == fingerprint:
                return _read(data, calibrated=True)
    return _read(json.loads((folder / "uncalibrated.json").read_text(encoding="utf-8")), calibrated=False)


def _read(data: Mapping[str, Any], *, calibrated: bool) -> Fitted:
    mean = data.get("passage_mean")
    return Fitted(
        calibrated=calibrated,
        weights=data["weights"],
        query_means={
            name: np.asarray(values, np.float32) for name, values in data.get("query_means", {}).items()
        },
        passage_mean=None if mean is None else np.asarray(mean, np.float32),
        reader=data.get("reader", {}),
        confidence_read={
            name: Logistic(**values) for name, values in data.get("confidence_read", {}).items()
        },
        confidence={name: Logistic(**values) for name, values in data["confidence"].items()},
    )
