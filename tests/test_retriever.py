"""A question becomes an answer: the best passages, copies joined, or the nearest ones and a refusal."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_embedder import FakeEmbedder
from small_index import fitted, index, open_index

from retrieval.article import Answer
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever

WIRE = "Giá vàng trong nước hôm nay tăng mạnh theo giá thế giới, các công ty cho biết sáng nay."
ARTICLES: tuple[dict[str, Any], ...] = (
    {
        "id": "first",
        "text": WIRE,
        "lang": "vi",
        "title": "Vàng",
        "date": "2025-04-02",
        "url": "https://e.org/1",
    },
    {"id": "copy", "text": f"TTXVN: {WIRE}", "lang": "vi"},
    {"id": "rice", "text": "Giá gạo giảm. Cầu mới khánh thành hôm qua.", "lang": "vi"},
    {"id": "flood", "text": "Lũ trên sông.", "lang": "vi"},
    {"id": "again", "text": WIRE, "lang": "vi"},
)


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """Answers when the cosine is above one half."""
    data_dir = tmp_path_factory.mktemp("retriever") / "data"
    index(data_dir, *ARTICLES)
    return Retriever(open_index(data_dir), FakeEmbedder(), fitted(), worth_showing=9)


def found_in(answer: Answer) -> list[str]:
    return [excerpt.citation.article_id for excerpt in answer.excerpts]


def test_the_best_passage_comes_first_with_its_copies_joined(retriever: Retriever) -> None:
    answer = retriever.answer(analyse("Giá vàng?"))
    assert (answer.kind, answer.answered, answer.reason, answer.nearest) == ("question", True, None, ())
    best = answer.excerpts[0]
    assert {best.citation.article_id, *best.also_in} == {"first", "copy", "again"}
    assert found_in(answer)[1:] == ["rice", "flood"]
    assert not answer.excerpts[1].also_in


def test_the_excerpt_cites_what_the_source_tells(retriever: Retriever) -> None:
    best = retriever.answer(analyse("Giá vàng?")).excerpts[0]
    assert best.text == WIRE
    assert (best.citation.title, str(best.citation.date), best.citation.url) == (
        "Vàng",
        "2025-04-02",
        "https://e.org/1",
    )
    assert [best.text[s.start : s.end] for s in best.highlights] == [WIRE]


@pytest.mark.parametrize("limit", [1, 2, 3, 100, 10**30])
def test_there_are_at_most_as_many_excerpts_as_wanted(retriever: Retriever, limit: int) -> None:
    assert len(retriever.answer(analyse("Giá vàng?"), limit).excerpts) == min(limit, 3)


def test_many_copies_of_the_best_do_not_take_the_place_of_others(tmp_path: Path) -> None:
    """Three are wanted and twenty copies stand in front: the others still come."""
    copies = [{"id": f"copy{i}", "text": WIRE, "lang": "vi"} for i in range(20)]
    index(tmp_path / "data", *copies, *ARTICLES[2:4])
    answer = Retriever(open_index(tmp_path / "data"), FakeEmbedder(), fitted(), worth_showing=9).answer(
        analyse("Giá vàng?")
    )
    assert found_in(answer) == ["copy0", "rice", "flood"]
    assert len(answer.excerpts[0].also_in) == 19


def test_a_refusal_has_the_nearest_passages_and_no_excerpts(retriever: Retriever) -> None:
    answer = retriever.answer(analyse("Bóng đá đêm qua ra sao?"), limit=50)
    assert (answer.kind, answer.answered, answer.reason) == ("question", False, "refused")
    assert answer.excerpts == ()
    assert len(answer.nearest) == 3
    assert 0 < answer.confidence < 0.5


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("", "invalid", "blank"),
        (" \u200b", "invalid", "blank"),
        ("a" * 10_000, "invalid", "too_long"),
        ("xin chào", "chitchat", "greeting"),
        ("спасибо", "chitchat", "thanks"),
    ],
)
def test_what_is_no_question_is_not_searched(retriever: Retriever, text: str, kind: str, reason: str) -> None:
    answer = retriever.answer(analyse(text))
    assert (answer.question, answer.kind, answer.reason) == (text, kind, reason)
    assert (answer.answered, answer.confidence, answer.excerpts, answer.nearest) == (False, 0.0, (), ())
    assert answer.generation == retriever.generation.id


@pytest.mark.parametrize(
    "question", ["\ud800", "1/\U00011f51", "\x00giá\x00", "a" * 4096, "漢字 ไทย 🙂", "{}[]()*"]
)
def test_no_text_is_an_error(retriever: Retriever, question: str) -> None:
    assert retriever.answer(analyse(question)).question == question


def test_every_excerpt_is_verbatim_and_a_changed_one_is_not(retriever: Retriever) -> None:
    for excerpt in retriever.answer(analyse("Giá vàng?")).excerpts:
        assert retriever.is_verbatim(excerpt)
        assert not retriever.is_verbatim(replace(excerpt, text=f"{excerpt.text[:-1]}!"))
        elsewhere = replace(
            excerpt.citation, article_id="flood" if excerpt.text != "Lũ trên sông." else "rice"
        )
        assert not retriever.is_verbatim(replace(excerpt, citation=elsewhere))


def test_time_is_told_by_stage_and_in_total(retriever: Retriever) -> None:
    spent = retriever.answer(analyse("Giá vàng hôm nay?")).elapsed_ms
    assert {"analyse", "embed", "search", "judge", "excerpts"} < set(spent)
    assert list(spent)[-1] == "total"
    assert sum(value for stage, value in spent.items() if stage != "total") <= spent["total"] + 0.01
    assert list(retriever.answer(analyse(" ")).elapsed_ms) == ["analyse", "total"]


def test_words_pick_the_sentence_in_the_questions_language_and_vectors_in_another(
    retriever: Retriever,
) -> None:
    """No word of the English question stands in the passage: that `bridge` is `cầu` only the vectors know."""
    for question in ("Cầu mới ở đâu?", "where is the bridge"):
        (rice,) = (
            e for e in retriever.answer(analyse(question), 9).excerpts if e.citation.article_id == "rice"
        )
        (best,) = rice.highlights
        assert rice.text[best.start : best.end] == "Cầu mới khánh thành hôm qua."


def timeless(answer: Answer) -> Answer:
    return replace(answer, elapsed_ms={})


def test_eight_threads_get_the_answers_that_one_gets(retriever: Retriever) -> None:
    questions = ["Giá vàng?", "gia gao", "where is the bridge", "Bóng đá?", "xin chào", ""] * 20
    expected = [timeless(retriever.answer(analyse(question))) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(map(timeless, pool.map(retriever.answer, map(analyse, questions)))) == expected


def test_an_answer_does_not_depend_on_what_was_asked_before(retriever: Retriever) -> None:
    alone = timeless(
        Retriever(retriever.generation, FakeEmbedder(), fitted(), worth_showing=9).answer(analyse("Giá gạo?"))
    )
    retriever.answer(analyse("Giá vàng?"))
    assert timeless(retriever.answer(analyse("Giá gạo?"))) == alone


def test_a_model_without_fitted_numbers_still_answers_and_says_that_it_guesses(tmp_path: Path) -> None:
    index(tmp_path / "data", *ARTICLES)
    guessing = Retriever(open_index(tmp_path / "data"), FakeEmbedder())
    assert not guessing.calibrated
    assert found_in(guessing.answer(analyse("Giá vàng trong nước tăng?")))[0] in ("first", "copy", "again")


def test_an_excerpt_far_weaker_than_the_best_is_not_shown(tmp_path: Path) -> None:
    """Cosines of `gold price`: 1 with itself, 1/2 with `rice price`, 0 with the flood."""
    texts = {"both": "Giá vàng.", "half": "Giá gạo.", "none": "Lũ."}
    index(tmp_path / "data", *({"id": name, "text": text, "lang": "vi"} for name, text in texts.items()))
    retriever = Retriever(open_index(tmp_path / "data"), FakeEmbedder(), fitted(), worth_showing=0.6)
    assert found_in(retriever.answer(analyse("Giá vàng?"))) == ["both", "half"]
