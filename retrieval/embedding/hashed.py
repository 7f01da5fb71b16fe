"""`hashed-words`: words instead of a model, for trying out and for tests. Nothing is downloaded, nothing is loaded.

Two texts are as close as the words they share, whatever their marks; of meaning it knows nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from retrieval.embedding.protocol import Vector, Vectors
from retrieval.text.forms import tokens

NAME = "hashed-words"
FINGERPRINT = "hashed-words-1"
"""Change it when the same text gets another vector."""
DIMENSIONS = 256


class HashedWords:
    """An `Embedder`: a signed bag of folded words (feature hashing, Weinberger et al., 2009), tf = 1 + ln(count)."""

    fingerprint = FINGERPRINT
    dimensions = DIMENSIONS

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (texts, dimensions)."""
        return np.stack([_vector(text) for text in texts]) if texts else np.zeros((0, DIMENSIONS), np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """As questions: words have one kind of vector."""
        return self.embed_queries(texts)


def _vector(text: str) -> Vector:
    vector = np.zeros(DIMENSIONS, np.float32)
    for word, count in Counter(token.folded for token in tokens(text)).items():
        place, sign = _place(word)
        vector[place] += sign * (1 + np.log(count))
    length = float(np.linalg.norm(vector))
    if not length:  # no words, or words that cancel each other out: a direction all the same
        vector[0] = length = 1.0
    return np.asarray(vector / length, np.float32)


@lru_cache(maxsize=1 << 16)
def _place(word: str) -> tuple[int, float]:
    """A word's dimension and sign, the same in every process."""
    digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "big") % DIMENSIONS, 1.0 if digest[0] & 1 else -1.0
