"""The seam between text and vectors. Tests hand in a fake; nobody patches."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (texts, dimensions), rows of unit length."""


Vector = NDArray[np.float32]
"""Shape (dimensions,), or (texts,) for a number a text."""


class Embedder(Protocol):
    """Turns questions and passages into unit vectors of one space.

    Prefixes or prompts that the model wants are added inside. `fingerprint` names the model's weights and
    prompts, not the runtime: vectors of equal fingerprint may be compared and cached.
    """

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...
