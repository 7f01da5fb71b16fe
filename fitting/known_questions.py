"""Questions that are embedded once, however often they are asked."""

from collections.abc import Sequence

import numpy as np

from retrieval.embedding.protocol import Embedder, Vector, Vectors


class KnownQuestions:
    """An `Embedder` that keeps the vector of every question; passages are those of another one where it is given."""

    def __init__(self, questions: Embedder, passages: Embedder | None = None) -> None:
        self._questions, self._passages = questions, passages or questions
        self._known: dict[str, Vector] = {}
        self.fingerprint, self.dimensions = self._passages.fingerprint, self._passages.dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, dimensions); those that are not known yet are embedded together."""
        if missing := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known.update(zip(missing, self._questions.embed_queries(missing), strict=True))
        return np.stack([self._known[text] for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._passages.embed_passages(texts)
