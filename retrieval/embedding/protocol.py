"""The seam between text and vectors. Tests hand in a fake; nobody patches."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (texts, dimensions), rows of unit length."""


Vector = NDArray[np.float32]
"""Shape (dimensions,), or (texts,) for a number a text."""


class Readable(NamedTuple):
    """A passage to be read: the title of its article, "" for none, and its sentences in order."""

    title: str
    sentences: Sequence[str]


class Readings(NamedTuple):
    """What reading passages told.

    answers: the log-odds that each answers; here: by how much, as log-odds, an answer that stands in it is likelier
    than none; both of shape (passages,). chances: for each passage the chance of each of its sentences that the answer
    starts in it, shape (sentences,), together 1.
    """

    answers: Vector
    here: Vector
    chances: Sequence[Vector]


class Reader(Protocol):
    """Reads a question and passages together. Any number of threads may use it."""

    def read(self, question: str, passages: Sequence[Readable]) -> Readings:
        """Whether each of the passages answers, and where."""


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
