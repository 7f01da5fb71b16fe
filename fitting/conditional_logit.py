"""Weights of evidence from questions with known answers: a conditional logit (McFadden, 1974).

The chance of each candidate is the softmax of its weighted evidence; the weights make the candidates that answer as
likely as possible. No weight is below its least, so that no evidence ever counts against a passage that has it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

L2 = 3e-4
"""Pulls the weights towards zero: of two kinds of evidence that say the same, both get a part."""

Matrix = NDArray[np.float64]


class Choice(NamedTuple):
    """One question: `evidence` (candidates, kinds), and which candidates answer it, `right` (candidates,)."""

    evidence: NDArray[np.float32]
    right: NDArray[np.bool_]


def fit_weights(choices: Sequence[Choice], least: Sequence[float]) -> list[float]:
    """A weight for each kind of evidence. Questions none of whose candidates answers tell nothing and are left out."""
    told = [choice for choice in choices if choice.right.any()]
    evidence, right, there = _padded(told)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        score = np.where(there, evidence @ weights, -np.inf)
        chance = np.exp(score - score.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        found = np.maximum((chance * right).sum(axis=1), 1e-12)
        pull = chance - chance * right / found[:, None]
        gradient = np.einsum("qc,qce->e", pull, evidence) / len(told) + 2 * L2 * weights
        return float(-np.log(found).mean() + L2 * weights @ weights), gradient

    bounds = [(floor, None) for floor in least]
    start = np.array([max(floor, 0.0) for floor in least])
    return [float(w) for w in minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x]


def _padded(choices: Sequence[Choice]) -> tuple[Matrix, Matrix, NDArray[np.bool_]]:
    widest = max(len(choice.right) for choice in choices)
    kinds = choices[0].evidence.shape[1]
    evidence = np.zeros((len(choices), widest, kinds))
    right, there = np.zeros((len(choices), widest)), np.zeros((len(choices), widest), bool)
    for i, choice in enumerate(choices):
        count = len(choice.right)
        evidence[i, :count], right[i, :count], there[i, :count] = choice.evidence, choice.right, True
    return evidence, right, there
