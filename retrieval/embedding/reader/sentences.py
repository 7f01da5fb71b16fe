"""From where an answer starts, token by token, to the sentence that it starts in."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.protocol import Vector


def chances(starts: Vector, sentences: Sequence[int], count: int) -> Vector:
    """The chance of each of `count` sentences that the answer starts in it, shape (count,), together 1.

    `starts` are the logits of tokens, shape (tokens,); `sentences` the number of each token's sentence, -1 for none.
    """
    of_token: NDArray[np.int64] = np.array(sentences)
    inside = of_token >= 0
    if not inside.any():
        return np.full(count, 1 / max(count, 1), np.float32)
    logits = starts[: len(of_token)][inside]
    found = np.bincount(of_token[inside], np.exp(logits - logits.max()), minlength=count)
    return np.asarray(found / found.sum(), np.float32)
