"""A second look at what was found: its order, its sentences, its say in the confidence."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from small_index import fitted, index, open_index

from retrieval.article import Answer
from retrieval.embedding.protocol import Readable, Reader, Readings
from retrieval.questions.query import analyse
from retrieval.ranking.fitted import Fitted, Logistic
from retrieval.ranking.reading import FAR, MOST, SecondLook
from retrieval.retriever import Retriever

ARTICLES = (
    {"id": "gold", "title": "Chợ", "text": "Giá vàng tăng. Hôm nay là thứ hai.", "lang": "vi"},
    {"id": "rice", "title": "Chợ", "text": "Giá gạo giảm. Hôm nay là thứ ba.", "lang": "vi"},
)


class Finds(Reader):
    """A reader for which the answer stands where a word does; remembers what it read."""

    def __init__(self, word: str) -> None:
        self._word = word
        self.read_passages: list[Readable] = []

    def read(self, question: str, passages: Sequence[Readable]) -> Readings:
        self.read_passages += passages
        held = [[self._word in sentence for sentence in passage.sentences] for passage in passages]
        odds = np.array([5.0 if any(each) else -5.0 for each in held], np.float32)
        return Readings(odds, odds, [np.array(each, np.float32) for each in held])


def numbers(weight: float = 1.0, *, read: Logistic | None = None) -> Fitted:
    found = fitted({"dense": 1.0})
    kinds = dict.fromkeys(("vi", "vi-unmarked", "other"), weight)
    return Fitted(
        calibrated=found.calibrated,
        weights=found.weights,
        query_means={},
        passage_mean=None,
        confidence=found.confidence,
        reader=kinds,
        confidence_read={"other": read} if read else {},
    )


def answer(data_dir: Path, reader: Reader | None, known: Fitted | None = None) -> Answer:
    if not data_dir.exists():
        index(data_dir, *ARTICLES)
    second = SecondLook(reader=lambda: reader)
    return Retriever(open_index(data_dir), FakeEmbedder(), known or numbers(), second_look=second).answer(
        analyse("giá vàng"), 10
    )


def order(found: Answer) -> list[str]:
    return [excerpt.citation.article_id for excerpt in found.excerpts]


def test_what_is_read_to_answer_comes_first(tmp_path: Path) -> None:
    assert order(answer(tmp_path / "data", None)) == ["gold", "rice"]
    assert order(answer(tmp_path / "data", Finds("gạo"))) == ["rice", "gold"]


def test_the_reader_counts_for_what_was_fitted(tmp_path: Path) -> None:
    assert order(answer(tmp_path / "data", Finds("gạo"), numbers(0.0))) == ["gold", "rice"]


def test_title_and_sentences_are_read_of_the_first_candidates(tmp_path: Path) -> None:
    reader = Finds("vàng")
    answer(tmp_path / "data", reader)
    assert reader.read_passages[0] == Readable("Chợ", ["Giá vàng tăng.", "Hôm nay là thứ hai."])
    assert len(reader.read_passages) == 2 <= MOST


@pytest.mark.parametrize(("weight", "read"), [(1.0, ["Chợ", "Chợ"]), (40 * FAR, ["Chợ"])])
def test_candidates_far_behind_the_first_are_not_read(tmp_path: Path, weight: float, read: list[str]) -> None:
    """The more the vectors count, the farther behind is the second."""
    index(tmp_path / "data", *ARTICLES)
    reader, generation = Finds("vàng"), open_index(tmp_path / "data")
    second = SecondLook(reader=lambda: reader)
    known = replace(numbers(), weights=fitted({"dense": weight}).weights)
    Retriever(generation, FakeEmbedder(), known, second_look=second).answer(analyse("giá vàng"), 10)
    assert [passage.title for passage in reader.read_passages] == read


def test_the_sentence_that_is_read_to_answer_is_highlighted(tmp_path: Path) -> None:
    found = answer(tmp_path / "data", Finds("thứ hai")).excerpts[0]
    assert "Hôm nay là thứ hai." in [found.text[a:b] for a, b in found.highlights]


def test_what_was_read_has_a_confidence_of_its_own(tmp_path: Path) -> None:
    """Two logistics: one for passages that were read, which the reader's log-odds decide."""
    known = numbers(read=Logistic(-5.0, {"answers": 10.0}, 0.5, 0.9))
    assert answer(tmp_path / "data", Finds("vàng"), known).confidence > 0.9
    assert not answer(tmp_path / "data", Finds("bạc"), known).answered
    assert answer(tmp_path / "data", None, known).confidence == answer(tmp_path / "data", None).confidence


def test_an_answer_below_the_second_threshold_is_unsure(tmp_path: Path) -> None:
    sure, unsure = (numbers(read=Logistic(0.0, {"answers": 1.0}, 0.5, least)) for least in (0.6, 0.99))
    assert not answer(tmp_path / "data", Finds("vàng"), sure).unsure
    found = answer(tmp_path / "data", Finds("vàng"), unsure)
    assert found.answered and found.unsure


def test_what_tells_no_such_time_as_is_asked_for_comes_behind_and_is_less_likely_to_answer(
    tmp_path: Path,
) -> None:
    visits = (
        {"id": "visit", "text": "Lũ trên sông Hồng dâng cao. Trận lũ gây thiệt hại lớn.", "lang": "vi"},
        {"id": "days", "text": "Lũ trên sông Hồng kéo dài từ ngày 2 đến 4/9.", "lang": "vi"},
    )
    index(tmp_path / "data", *visits)
    reader, known = Finds("Lũ"), numbers(read=Logistic(0.0, {"here": 4.0}, 0.5, 0.97))
    retriever = Retriever(
        open_index(tmp_path / "data"),
        FakeEmbedder(),
        known,
        second_look=SecondLook(reader=lambda: reader),
    )
    found = retriever.answer(analyse("Lũ trên sông Hồng từ ngày nào đến ngày nào?"), 10)
    assert order(found)[0] == "days"
    priced = retriever.answer(analyse("Lũ trên sông Hồng giá bao nhiêu?"), 10)
    assert found.confidence > priced.confidence
