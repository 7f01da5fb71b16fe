"""How vectors and words add up, on three passages whose numbers are known.

Each passage has three words, the mean, so the BM25 of a word that stands in it once is its idf.
"""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from small_index import NO_WORDS, asked, centred, fitted, index, open_index

from retrieval.index.embedded.generation import Generation
from retrieval.questions.query import analyse
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.evidence import EVIDENCE
from retrieval.ranking.fitted import Fitted
from retrieval.ranking.fusion import Candidates, find, profile_of

GOLD = {"id": "gold", "text": "Giá vàng tăng.", "lang": "vi"}
RICE = {"id": "rice", "text": "Giá gạo giảm.", "lang": "vi"}
BRIDGE = {"id": "bridge", "text": "Gold bridge opens.", "lang": "en"}
IDF_GIA, IDF_VANG = math.log(1 + 1.5 / 2.5), math.log(1 + 2.5 / 1.5)


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    data_dir = tmp_path_factory.mktemp("fusion") / "data"
    index(data_dir, GOLD, RICE, BRIDGE)
    return open_index(data_dir)


def search(question: str, generation: Generation, numbers: Fitted | None = None) -> Candidates:
    chosen = numbers or fitted()
    terms = asked(question, generation, chosen)
    return find(terms, centred(question, generation, chosen), generation, chosen)


def lead(found: Candidates, row: int, other: int) -> float:
    """By how much the score of passage `row` is above that of passage `other`."""
    scores = dict(zip(found.rows.tolist(), found.score.tolist(), strict=True))
    return float(scores[row] - scores[other])


def test_without_words_the_score_is_the_cosine(generation: Generation) -> None:
    """(1, 1) / sqrt 2 against gold + price, price + rice, gold + bridge: 1, 1/2, 1/2; ties in row order."""
    found = search("giá vàng", generation)
    assert found.rows.tolist() == [0, 1, 2]
    assert found.evidence["dense"] == pytest.approx([1, 0.5, 0.5], abs=1e-6)
    assert lead(found, 0, 1) == pytest.approx(0.5, abs=1e-6)


def test_words_count_as_the_share_of_the_questions_idf_that_a_passage_holds(generation: Generation) -> None:
    """`giá` stands in two passages, `vàng` in one."""
    found = search("giá vàng", generation)
    share = IDF_GIA / (IDF_GIA + IDF_VANG)
    assert found.evidence["exact"] == pytest.approx([1, share, 0], abs=1e-6)
    assert found.evidence["bigram"] == pytest.approx([1, 0, 0], abs=1e-6)


def test_the_best_sentence_counts_beside_the_whole_passage(tmp_path: Path) -> None:
    """`giá vàng` is (1, 1): cosine 1 with one sentence of the first passage, 3 / sqrt 10 with all of it."""
    index(tmp_path / "data", {"id": "two", "text": "Giá vàng. Vàng.", "lang": "vi"})
    generation = open_index(tmp_path / "data")
    found = search("giá vàng", generation, fitted({"dense": 1.0, "sentence": 2.0}))
    assert found.evidence["dense"] == pytest.approx([3 / math.sqrt(10)], abs=1e-6)
    assert found.evidence["sentence"] == pytest.approx([1], abs=1e-4)
    assert found.score == pytest.approx([3 / math.sqrt(10) + 2], abs=1e-3)


def test_a_date_counts_whatever_its_writing(tmp_path: Path) -> None:
    texts = {"april": "Hội nghị ngày 2 tháng 4 năm 2025.", "may": "Hội nghị ngày 5 tháng 4 năm 2024."}
    index(tmp_path / "data", *({"id": name, "text": text, "lang": "vi"} for name, text in texts.items()))
    found = search("What was held on April 2, 2025?", open_index(tmp_path / "data"))
    values = dict(zip(found.rows.tolist(), found.evidence["value"].tolist(), strict=True))
    assert values[0] > 0.9 and values[1] == 0


def test_a_name_in_another_alphabet_and_case_is_evidence(tmp_path: Path) -> None:
    texts = {"lavrov": "Ông Lavrov phát biểu.", "other": "Ông Putin phát biểu."}
    index(tmp_path / "data", *({"id": name, "text": text, "lang": "vi"} for name, text in texts.items()))
    found = search("Что сказали Лаврову?", open_index(tmp_path / "data"))
    sounds = dict(zip(found.rows.tolist(), found.evidence["sound"].tolist(), strict=True))
    assert sounds[0] > 0.9 and sounds[1] == 0


def test_the_chance_of_the_first_is_the_softmax_of_the_scores(generation: Generation) -> None:
    found = search("giá vàng", generation)
    expected = math.exp(1.1) / (math.exp(1.1) + 2 * math.exp(0.6))
    assert found.chance == pytest.approx(expected, abs=1e-5)
    assert set(found.evidence) == set(EVIDENCE)


def test_each_view_adds_by_its_weight(generation: Generation) -> None:
    weights = {"dense": 1.0, "exact": 0.5, "folded": 0.25, "bigram": 1.0}
    share = IDF_GIA / (IDF_GIA + IDF_VANG)
    expected = (1 + 0.5 + 0.25 + 1) - (0.5 + 0.75 * share)
    found = search("giá vàng", generation, fitted(weights))
    assert lead(found, 0, 1) == pytest.approx(expected, abs=1e-5)


def test_a_question_in_another_language_weighs_words_by_the_language_of_the_passage(
    generation: Generation,
) -> None:
    """`gold` stands in the English passage: its word counts there, and nothing in the Vietnamese ones."""
    numbers = fitted()
    both = {**numbers.weights, "same": {**NO_WORDS, "exact": 0.8}}
    numbers = replace(numbers, weights=both)
    found = search("what is gold", generation, numbers)
    idf_gold, idf_unknown = math.log(1 + 2.5 / 1.5), math.log(1 + 3.5 / 0.5)
    assert found.rows.tolist()[0] == 2
    assert lead(found, 2, 0) == pytest.approx(0.8 * idf_gold / (idf_gold + idf_unknown), abs=1e-5)


def test_a_passage_of_the_wrong_country_comes_after_one_of_the_right_one(tmp_path: Path) -> None:
    texts = {"nga": "Giá gạo ở Nga tăng.", "nhật": "Giá gạo ở Nhật Bản tăng."}
    index(tmp_path / "data", *({"id": name, "text": text, "lang": "vi"} for name, text in texts.items()))
    found = search("Giá gạo tại Nhật Bản?", open_index(tmp_path / "data"))
    assert found.rows.tolist() == [1, 0]
    assert found.met.tolist() == [True, False]


def test_a_model_that_nothing_was_fitted_for_gets_fused_ranks(generation: Generation) -> None:
    """First by vectors and by words, then second by one of them; a place counts as its log-odds."""
    numbers = replace(fitted({"exact": 1.0}), calibrated=False)
    found = search("giá vàng", generation, numbers)
    assert found.rows.tolist() == [0, 1, 2]
    assert found.score == pytest.approx([-1.5 * math.log(place) for place in (1, 2, 3)], abs=1e-5)


def test_a_missing_mark_never_hurts_and_a_typed_mark_counts(tmp_path: Path) -> None:
    """`ma` finds má, mã and mà, đ is d; of the three, `mã` ranks its own first."""
    texts = ("Đứng đó má ơi.", "Đứng đó mã ơi.", "Đứng đó mà ơi.")
    index(tmp_path / "data", *({"id": text, "text": text, "lang": "vi"} for text in texts))
    generation = open_index(tmp_path / "data")
    weights = {"exact": 4.0, "folded": 2.0, "bigram": 3.0}
    unmarked = search("dung do ma oi", generation, fitted(weights))
    assert unmarked.evidence["folded"] == pytest.approx([1, 1, 1], abs=1e-5)
    for row, word in enumerate(("má", "mã", "mà")):
        assert search(f"đứng đó {word} ơi", generation, fitted(weights)).rows[0] == row


def test_centring_takes_the_means_out(generation: Generation) -> None:
    """A question that is nothing but the mean question has no direction left."""
    mean = FakeEmbedder().embed_queries(["giá vàng"])[0]
    numbers = replace(fitted(), query_means={"vi": mean})
    assert search("giá vàng", generation, numbers).evidence["dense"] == pytest.approx([0, 0, 0], abs=1e-5)


def test_the_same_question_gets_the_same_bytes(generation: Generation) -> None:
    first, second = (search("giá vàng", generation) for _ in range(2))
    assert first.score.tobytes() == second.score.tobytes()
    assert first.rows.tobytes() == second.rows.tobytes()


@pytest.mark.parametrize(
    "question", ["漢字", "x" * 4000, "9" * 100, "من", "a b c d e f g " * 200, "' OR 1=1"]
)
def test_any_question_gets_finite_scores_for_every_passage(generation: Generation, question: str) -> None:
    found = search(question, generation)
    assert len(found) == 3
    assert np.isfinite(found.score).all()


def test_a_long_text_is_looked_up_by_its_rarest_words(generation: Generation) -> None:
    query = analyse(" ".join(f"word{i}" for i in range(300)) + " giá")
    terms = AskedTerms.of(query, generation, None).words["folded"]
    assert len(terms) == 64
    assert "gia" not in terms


@pytest.mark.parametrize(
    ("question", "language", "profile"),
    [
        ("Giá vàng?", "en", "vi"),
        ("gia vang hom nay", "en", "vi-unmarked"),
        ("What is gold?", "en", "same"),
        ("What is gold?", "vi", "cross"),
        ("What is gold?", None, "cross"),
    ],
)
def test_the_weights_go_by_the_kind_of_question_and_the_language(
    question: str, language: str | None, profile: str
) -> None:
    assert profile_of(analyse(question), language) == profile
