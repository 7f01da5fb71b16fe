"""An engine that compares every passage: the embedded index with the nearest vectors found without an approximation."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from retrieval.embedding.protocol import Vector
from retrieval.index.generation import Generation
from retrieval.index.generations import Generations
from retrieval.index.protocol import Index, Rows

_PART = 4096


@dataclass(frozen=True, kw_only=True)
class ExactGeneration(Generation):
    def nearest(self, vector: Vector, k: int) -> Rows:
        parts = np.array_split(np.arange(self.facts.passages), -(-self.facts.passages // _PART))
        products = np.concatenate([self.dense.vectors(part) @ vector for part in parts])
        return np.asarray(np.argsort(-products, kind="stable")[:k], np.int64)


class ExactIndex(Index[ExactGeneration]):
    def __init__(self, generations: Generations) -> None:
        self._generations = generations

    def current(self) -> str | None:
        return self._generations.current()

    def others(self) -> Iterator[str]:
        return self._generations.others()

    def pin(self, generation: str, model: str | None) -> ExactGeneration:
        opened = self._generations.pin(generation, model)
        return ExactGeneration(**{each.name: getattr(opened, each.name) for each in fields(opened)})
