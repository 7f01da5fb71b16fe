"""Answers given lately are not worked out again, and are those of the generation that serves."""

from collections.abc import Sequence
from pathlib import Path

from fake_embedder import FakeEmbedder
from small_index import fitted, index, open_index

from retrieval.embedding.protocol import Vectors
from retrieval.questions.query import analyse
from retrieval.recent import Remembered
from retrieval.retriever import Retriever

GOLD = {"id": "gold", "text": "Giá vàng tăng.", "lang": "vi"}
RICE = {"id": "rice", "text": "Giá gạo giảm.", "lang": "vi"}


class _Counting(FakeEmbedder):
    """Counts the questions that it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed_queries(texts)


def test_a_value_is_made_once_while_it_is_remembered() -> None:
    made: list[str] = []
    remembered: Remembered[str, int] = Remembered(most=2)

    def get(key: str) -> tuple[int, bool]:
        def make() -> int:
            made.append(key)
            return len(made)

        return remembered.get(key, make)

    assert [get("a"), get("a"), get("b"), get("a"), get("c")] == [
        (1, False), (1, True), (2, False), (1, True), (3, False),
    ]  # fmt: skip
    assert get("b") == (4, False)  # of the two that are kept, `a` was used later
    assert made == ["a", "b", "c", "b"]


def test_the_same_question_is_answered_alike_and_embedded_once(tmp_path: Path) -> None:
    index(tmp_path / "data", GOLD, RICE)
    embedder = _Counting()
    retriever = Retriever(open_index(tmp_path / "data"), embedder, fitted())
    first, again = retriever.answer(analyse("Giá vàng?")), retriever.answer(analyse("Giá vàng?"))
    assert again.excerpts == first.excerpts
    assert (again.confidence, again.generation) == (first.confidence, first.generation)
    assert set(again.elapsed_ms) == {"remembered", "total"}
    assert embedder.asked == ["Giá vàng?"]
    retriever.answer(analyse("Giá vàng?"), 1)
    assert len(embedder.asked) == 2


def test_another_generation_remembers_nothing_of_the_one_before(tmp_path: Path) -> None:
    index(tmp_path / "data", GOLD)
    before = Retriever(open_index(tmp_path / "data"), FakeEmbedder(), fitted()).answer(analyse("Giá gạo?"))
    index(tmp_path / "data", GOLD, RICE)
    after = Retriever(open_index(tmp_path / "data"), FakeEmbedder(), fitted()).answer(analyse("Giá gạo?"))
    assert before.generation != after.generation
    assert "rice" in {excerpt.citation.article_id for excerpt in (*after.excerpts, *after.nearest)}


def test_a_long_text_is_not_remembered(tmp_path: Path) -> None:
    index(tmp_path / "data", GOLD)
    embedder = _Counting()
    retriever = Retriever(open_index(tmp_path / "data"), embedder, fitted())
    for _ in range(2):
        retriever.answer(analyse("Giá vàng " * 60))
    assert len(embedder.asked) == 2
