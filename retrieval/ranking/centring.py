"""Comparing vectors after what all of them share was taken out.

The cosines of this family of models all lie between 0.7 and 1, because all texts share a large common part, and those
of one language share another. The mean question of a language and the mean passage are subtracted before vectors are
compared; what is left is what the question is about.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.ranking.fitted import Fitted, Vector

_PRIOR_PASSAGES = 50
"""The fitted passage mean counts as much as this many passages of the collection."""


@dataclass(frozen=True)
class Centred:
    """A question's centred unit vector (dimensions,) and the mean passage, None where there is none to take out."""

    question: Vector
    mean: Vector | None

    def cosines(self, vectors: NDArray[np.floating[Any]]) -> Vector:
        """The centred cosine of each row of `vectors` (rows, dimensions), whose lengths do not matter."""
        unit_length = unit(vectors)
        if self.mean is None:
            return unit_length @ self.question
        products = unit_length @ np.stack([self.question, self.mean], axis=1)
        centred_length = np.sqrt(np.maximum(1 - 2 * products[:, 1] + self.mean @ self.mean, 1e-9))
        return np.asarray((products[:, 0] - self.mean @ self.question) / centred_length, np.float32)


def centre(language: str, vector: Vector, passages: Vector, count: int, fitted: Fitted) -> Centred:
    """The question `vector` in `language`, over `count` passages with the mean `passages`."""
    means = fitted.query_means
    mean = means.get(language, means.get("other"))
    question = vector if mean is None else unit(vector - mean)
    if fitted.passage_mean is None:
        return Centred(question, None)
    total = passages * count + fitted.passage_mean * _PRIOR_PASSAGES
    return Centred(question, np.asarray(total / (count + _PRIOR_PASSAGES), np.float32))


def unit(vectors: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """The rows at length one."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)
