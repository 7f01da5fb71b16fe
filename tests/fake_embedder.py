"""An embedder that can be checked by hand: one dimension a concept, the direction of a text is its word counts.

`gold gold price` has the counts (2, 1): its vector is (2, 1, 0, ...) / sqrt(5). Words of three languages stand for
one concept, as a multilingual model would have it. Other words count for nothing; a text without any known word
lies in a dimension of its own, so that every vector has length one.
"""

from collections.abc import Sequence

import numpy as np

from retrieval.embedding.protocol import Vectors
from retrieval.text.forms import tokens

CONCEPTS = (
    ("gold", "vang", "золото"),
    ("price", "gia", "цена"),
    ("rice", "gao", "рис"),
    ("flood", "lu", "наводнение"),
    ("river", "song", "река"),
    ("bridge", "cau", "мост"),
)
NOTHING = len(CONCEPTS)
_CONCEPT_OF = {word: i for i, words in enumerate(CONCEPTS) for word in words}


class FakeEmbedder:
    """Remembers the passages that it was asked to embed."""

    def __init__(self, fingerprint: str = "fake-1") -> None:
        self.fingerprint = fingerprint
        self.dimensions = len(CONCEPTS) + 1
        self.embedded: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([_vector(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return self.embed_queries(texts)


class UntouchableEmbedder(FakeEmbedder):
    """Fails the test when anything is embedded."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"nothing should be embedded, but {list(texts)} was")


def _vector(text: str) -> Vectors:
    counts = np.zeros(NOTHING + 1, np.float32)
    for token in tokens(text):
        if token.folded in _CONCEPT_OF:
            counts[_CONCEPT_OF[token.folded]] += 1
    if not counts.any():
        counts[NOTHING] = 1
    return counts / np.float32(np.linalg.norm(counts))
