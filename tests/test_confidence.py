"""The probability of an answer, by hand: 1 / (1 + exp(1 - evidence)) with the intercept -1 of these tests."""

import math
from pathlib import Path

import pytest
from small_index import asked, centred, fitted, index, open_index

from retrieval.index.embedded.generation import Generation
from retrieval.ranking.confidence import (
    FEATURES,
    NOT_FOUND,
    OF_READING,
    Confidence,
    features,
    judge,
)
from retrieval.ranking.fitted import Fitted, Logistic, load_fitted
from retrieval.ranking.fusion import NO_CANDIDATES, Candidates, find

ARTICLES = (
    {"id": "gold", "text": "Giá vàng tăng.", "lang": "vi"},
    {"id": "rice", "text": "Giá gạo giảm.", "lang": "vi"},
    {"id": "flood", "text": "Lũ trên sông.", "lang": "vi"},
)


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    data_dir = tmp_path_factory.mktemp("confidence") / "data"
    index(data_dir, *ARTICLES)
    return open_index(data_dir)


def search(question: str, generation: Generation, numbers: Fitted) -> Candidates:
    return find(
        asked(question, generation, numbers), centred(question, generation, numbers), generation, numbers
    )


def verdict(question: str, generation: Generation, numbers: Fitted) -> Confidence:
    return judge(
        asked(question, generation, numbers), search(question, generation, numbers), {}, generation, numbers
    )


def features_of(question: str, generation: Generation) -> dict[str, float]:
    terms, found = asked(question, generation, fitted()), search(question, generation, fitted())
    return features(terms, found, {}, generation, fitted())


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_the_probability_is_that_of_the_logistic(generation: Generation) -> None:
    """Dense evidence 1 for the very words of a passage: 1 / (1 + exp(1 - 2))."""
    found = verdict("giá vàng", generation, fitted(dense=2.0))
    assert found.probability == pytest.approx(sigmoid(1), abs=1e-6)
    assert found.answered


def test_the_threshold_rises_with_the_passages_of_a_collection() -> None:
    logistic = Logistic(0.0, {}, threshold=0.3, few=0.1)
    assert [logistic.shown_from(n) for n in (0, 5, 150)] == pytest.approx([0.1, 0.1, 0.1])
    assert logistic.shown_from(300) == pytest.approx(0.2) and logistic.shown_from(10**6) == pytest.approx(0.3)
    assert Logistic(0.0, {}, threshold=0.3).shown_from(5) == 0.3


def test_letters_at_random_have_to_be_all_but_certain(generation: Generation) -> None:
    """Near a passage is anything; nothing that was typed stands in one, or is a word that is known."""
    numbers = fitted(threshold=0.01, dense=1.0)
    assert not verdict("qwerty zxcv", generation, numbers).answered
    assert verdict("qwerty vàng", generation, numbers).answered


@pytest.mark.parametrize(("threshold", "answered"), [(0.73, True), (0.74, False)])
def test_the_threshold_decides(generation: Generation, threshold: float, answered: bool) -> None:
    """1 / (1 + exp(-1)) is 0.7311."""
    assert verdict("giá vàng", generation, fitted(threshold=threshold, dense=2.0)).answered is answered


def test_the_features_of_a_question_whose_words_stand_in_one_passage(generation: Generation) -> None:
    found = features(
        asked("giá vàng", generation, fitted()),
        search("giá vàng", generation, fitted()),
        {},
        generation,
        fitted(),
    )
    assert tuple(found) == (*FEATURES, *OF_READING)
    assert found == pytest.approx(
        {
            **dict.fromkeys(OF_READING, 0),
            "dense": 1,
            "sentence": 1,
            "lead": 1,
            "sentence lead": 1,
            "exact": 1,
            "folded": 1,
            "bigram": 1,
            "value": 0,
            "sound": 0,
            "translated": 0,
            "covered": 1,
            "covered first": 1,
            "covered sentence": 1,
            "told": 1,
            "rarest": 1,
            "names": 1,
            "share": 1 / (1 + math.exp(-0.5) + math.exp(-1)),
            "agreement": 1,
            "spread": 0,
            "sentence spread": 0,
            "names seen": 1,
        },
        abs=1e-4,
    )


def test_words_that_nothing_holds_leave_their_idf_uncovered(generation: Generation) -> None:
    """`giá` stands in two of three passages, `kim` in none and so is the rarest."""
    found = features(
        asked("giá kim", generation, fitted()),
        search("giá kim", generation, fitted()),
        {},
        generation,
        fitted(),
    )
    idf_gia, idf_kim = math.log(1 + 1.5 / 2.5), math.log(1 + 3.5 / 0.5)
    assert found["covered"] == pytest.approx(idf_gia / (idf_gia + idf_kim), abs=1e-6)
    assert found["rarest"] == 0


def test_a_name_or_number_that_the_first_passage_lacks_is_told(generation: Generation) -> None:
    """Of `Vàng` and `5` the first passage holds the name alone; the first word of a question tells nothing."""
    question = "Giá Vàng 5"
    found = features(
        asked(question, generation, fitted()),
        search(question, generation, fitted()),
        {},
        generation,
        fitted(),
    )
    assert found["names"] == 0.5


def test_another_country_than_asked_for_is_hardly_an_answer(tmp_path: Path) -> None:
    index(tmp_path / "data", {"id": "a", "text": "Giá gạo ở Nga tăng.", "lang": "vi"})
    generation = open_index(tmp_path / "data")
    right = verdict("Giá gạo ở Nga?", generation, fitted())
    wrong = verdict("Giá gạo ở Nhật Bản?", generation, fitted())
    assert right.answered and not wrong.answered
    assert wrong.probability < right.probability / 4


def test_no_candidate_is_no_answer(generation: Generation) -> None:
    assert judge(asked("giá", generation, fitted()), NO_CANDIDATES, {}, generation, fitted()) == NOT_FOUND


@pytest.mark.parametrize("evidence", [-1e9, -50.0, 0.0, 50.0, 1e9])
def test_a_probability_lies_between_zero_and_one_whatever_the_evidence(evidence: float) -> None:
    found = Logistic(0.0, {"x": 1.0}, 0.5).probability({"x": evidence})
    assert 0 <= found <= 1
    assert (found > 0.5) is (evidence > 0)


def test_a_model_without_fitted_numbers_says_so() -> None:
    unknown = load_fitted("a-model-nobody-fitted")
    assert not unknown.calibrated
    assert unknown.passage_mean is None
    assert set(unknown.weights) == {"vi", "vi-unmarked", "same", "cross"}


def test_the_bundled_model_has_fitted_numbers_of_its_dimensions() -> None:
    from retrieval.embedding.bundled.model import DIMENSIONS, fingerprint

    known = load_fitted(fingerprint())
    assert known.calibrated
    assert known.passage_mean is not None and known.passage_mean.shape == (DIMENSIONS,)
    assert all(mean.shape == (DIMENSIONS,) for mean in known.query_means.values())
    for logistic in known.confidence.values():
        assert set(logistic.coefficients) <= set(FEATURES)
        assert 0 < logistic.threshold < 1
