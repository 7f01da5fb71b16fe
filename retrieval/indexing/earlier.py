"""The generation that serves while a new one is made, and what of it the new one may take over."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from retrieval.embedding.protocol import Embedder
from retrieval.errors import IndexUnusable
from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.generations import Generations
from retrieval.index.embedded.store.store import Store
from retrieval.sources.cleaning.page import CLEANING_VERSION


@dataclass(frozen=True)
class Earlier:
    """`generation` is None where all must be made anew; with `full`, nothing of it is taken over."""

    generation: Generation | None
    embedder: Embedder
    full: bool

    @property
    def store(self) -> Store | None:
        """Its articles."""
        return self.generation.store if self.generation else None

    @property
    def with_texts(self) -> Generation | None:
        """It, when what it made of an article's bytes would be made again."""
        known = self.generation and self.generation.manifest.cleaning_version == CLEANING_VERSION
        return self.generation if known and not self.full else None

    @property
    def with_vectors(self) -> Generation | None:
        """It, when its vectors are this model's as well."""
        before = self.with_texts
        return before if before and before.manifest.model == self.embedder.fingerprint else None


@contextmanager
def serving(generations: Generations) -> Iterator[Generation | None]:
    """The serving generation, that before a damaged one included; None where all must be made anew."""
    try:
        generation = generations.open_serving(None).generation
    except IndexUnusable:
        yield None
        return
    try:
        yield generation
    finally:
        generation.store.close()
