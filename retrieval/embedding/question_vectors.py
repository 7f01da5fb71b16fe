"""Vectors of questions that are compared again and again: a turned page embeds nothing anew."""

from collections.abc import Sequence

import numpy as np

from retrieval.embedding.protocol import Embedder, Vector, Vectors
from retrieval.recent import Remembered

_MOST = 4096
_TOGETHER = 16


class QuestionVectors:
    """Those asked for last. Threads may share it."""

    def __init__(self, embedder: Embedder, most: int = _MOST) -> None:
        self._embedder = embedder
        self._known: Remembered[str, Vector] = Remembered(most)

    def of(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimensions); of one text at least."""
        found = self._known.known(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        for at in range(0, len(missing), _TOGETHER):
            # A part at a time: questions that are asked meanwhile do not wait for all of them.
            part = missing[at : at + _TOGETHER]
            found.update(zip(part, self._embedder.embed_queries(part), strict=True))
        self._known.keep(found)
        return np.stack([found[text] for text in texts])
