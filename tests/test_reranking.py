"""A second look reorders the first candidates where the first look is unsure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from small_index import fitted, index, open_index

from retrieval.embedding.loading import LazyReranker
from retrieval.embedding.protocol import Vector
from retrieval.errors import ModelError
from retrieval.questions.query import analyse
from retrieval.ranking.reading import SecondLook
from retrieval.retriever import Retriever

ARTICLES = (
    {"id": "gold", "text": "Giá vàng tăng.", "lang": "vi"},
    {"id": "rice", "text": "Giá gạo giảm.", "lang": "vi"},
)


@dataclass
class Prefers:
    """A reranker that prefers passages with one word, and remembers what it was asked."""

    word: str
    asked: list[tuple[str, list[str]]] = field(default_factory=list)

    def scores(self, question: str, passages: Sequence[str]) -> Vector:
        self.asked.append((question, list(passages)))
        return np.array([5.0 if self.word in passage else -5.0 for passage in passages], np.float32)


def order(data_dir: Path, reranker: Prefers | None, dense: float = 1.0) -> list[str]:
    index(data_dir, *ARTICLES)
    retriever = Retriever(
        open_index(data_dir),
        FakeEmbedder(),
        fitted({"dense": dense}),
        second_look=SecondLook(reranker=reranker),
    )
    return [excerpt.citation.article_id for excerpt in retriever.answer(analyse("giá vàng"), 10).excerpts]


def test_the_second_look_decides_where_the_first_is_unsure(tmp_path: Path) -> None:
    reranker = Prefers("gạo")
    assert order(tmp_path / "a", None) == ["gold", "rice"]
    assert order(tmp_path / "b", reranker) == ["rice", "gold"]
    assert reranker.asked == [("giá vàng", ["Giá vàng tăng.", "Giá gạo giảm."])]


def test_where_the_first_look_is_sure_there_is_no_second(tmp_path: Path) -> None:
    """Cosines 1 and 1/2 times 20: the first is the right one with a chance of 0.99995."""
    reranker = Prefers("gạo")
    assert order(tmp_path / "data", reranker, dense=20.0)[0] == "gold"
    assert reranker.asked == []


def test_any_cross_encoder_of_sentence_transformers_can_be_the_reranker(tmp_path: Path) -> None:
    folder = write_tiny_cross_encoder(tmp_path / "reranker", labels=1)
    scores = LazyReranker(str(folder)).scores("river", ["river bridge", "market", "rice"])
    assert scores.shape == (3,) and scores.dtype == np.float32
    assert len(set(scores.tolist())) == 3


def test_a_classifier_of_pairs_is_refused_with_a_sentence(tmp_path: Path) -> None:
    folder = write_tiny_cross_encoder(tmp_path / "reranker", labels=3)
    with pytest.raises(ModelError, match="gives 3 numbers for a passage, one is expected"):
        LazyReranker(str(folder)).scores("river", ["rice"])


def test_a_folder_that_is_no_model_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="TRICHDAN_RERANKER"):
        LazyReranker(str(tmp_path)).scores("river", ["rice"])


def write_tiny_cross_encoder(folder: Path, labels: int) -> Path:
    """A cross-encoder of a few kilobytes with random weights."""
    import torch
    from tiny_model import WORDS, write_tokenizer
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.5,
    )
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    write_tokenizer(folder)
    return folder
