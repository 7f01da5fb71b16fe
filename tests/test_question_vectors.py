"""Vectors of questions are made once, and only so many are remembered."""

from collections.abc import Sequence

import numpy as np
from fake_embedder import FakeEmbedder

from retrieval.embedding.protocol import Vectors
from retrieval.embedding.question_vectors import QuestionVectors


class Recording(FakeEmbedder):
    """Remembers the questions that it was asked to embed."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked.append(list(texts))
        return super().embed_queries(texts)


def test_each_text_has_its_vector_and_is_embedded_once() -> None:
    embedder = Recording()
    vectors = QuestionVectors(embedder)
    found = vectors.of(["gold", "price", "gold"])
    assert np.array_equal(found, FakeEmbedder().embed_queries(["gold", "price", "gold"]))
    assert np.array_equal(vectors.of(["rice", "price"]), FakeEmbedder().embed_queries(["rice", "price"]))
    assert embedder.asked == [["gold", "price"], ["rice"]]


def test_many_are_embedded_in_parts() -> None:
    embedder = Recording()
    texts = [f"gold {number}" for number in range(40)]
    assert QuestionVectors(embedder).of(texts).shape == (40, embedder.dimensions)
    assert [text for part in embedder.asked for text in part] == texts
    assert max(map(len, embedder.asked)) <= 16


def test_those_asked_for_last_are_remembered() -> None:
    embedder = Recording()
    vectors = QuestionVectors(embedder, most=2)
    vectors.of(["gold", "rice"])
    vectors.of(["gold"])
    vectors.of(["flood"])
    embedder.asked.clear()
    vectors.of(["gold", "flood"])
    assert embedder.asked == []
    vectors.of(["rice"])
    assert embedder.asked == [["rice"]]
