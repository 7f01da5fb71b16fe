"""A message that asks twice is answered twice, in one answer."""

from pathlib import Path
from typing import Any

import pytest
from fake_embedder import FakeEmbedder
from small_index import fitted, index, open_index

from retrieval.follow_ups.context import Context
from retrieval.follow_ups.in_context import answer_in_context
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever

ARTICLES: tuple[dict[str, Any], ...] = (
    {"id": "gold", "text": "Gold has a price of 100.", "lang": "en", "title": "Gold"},
    {"id": "rice", "text": "Rice is grown by the river.", "lang": "en"},
)
GOLD, RICE = "What price has gold?", "Where is rice grown?"
OTHER = "Who won the football cup?"


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    index(tmp_path / "data", *ARTICLES)
    return Retriever(open_index(tmp_path / "data"), FakeEmbedder(), fitted(threshold=0.3))


def found(retriever: Retriever, message: str, limit: int = 3) -> list[str]:
    answer = retriever.answer(analyse(message), limit)
    return [excerpt.citation.article_id for excerpt in answer.excerpts]


def test_the_best_of_each_comes_first_and_none_twice(retriever: Retriever) -> None:
    assert found(retriever, f"{GOLD} {RICE}") == ["gold", "rice"]
    assert found(retriever, f"Hello! {RICE} {GOLD} Thanks") == ["rice", "gold"]
    assert found(retriever, f"{GOLD} {RICE}", limit=1) == ["gold"]


def test_one_answer_is_as_sure_as_its_best_and_keeps_what_was_asked(retriever: Retriever) -> None:
    message = f"{GOLD} {OTHER}"
    answer, alone = retriever.answer(analyse(message)), retriever.answer(analyse(GOLD))
    assert (answer.answered, answer.question, answer.nearest) == (True, message, ())
    assert answer.confidence == alone.confidence
    scores = [excerpt.score for excerpt in answer.excerpts]
    assert scores == sorted(scores, reverse=True)


def test_where_none_is_answered_the_nearest_of_each_are_told(retriever: Retriever) -> None:
    answer = retriever.answer(analyse(f"{OTHER} Why do cats sleep so long?"))
    assert (answer.answered, answer.reason, answer.excerpts) == (False, "refused", ())
    assert 1 <= len(answer.nearest) <= 3


def test_behind_another_question_both_are_answered_as_well(retriever: Retriever) -> None:
    turn = answer_in_context(retriever, analyse(f"{GOLD} {RICE}"), Context.of(OTHER))
    assert {excerpt.citation.article_id for excerpt in turn.answer.excerpts} == {"gold", "rice"}
    assert turn.answer.question == f"{GOLD} {RICE}"


def test_whoever_asks_which_articles_there_are_is_told(retriever: Retriever) -> None:
    answer = retriever.answer(analyse("Which articles do you have?"))
    assert answer.holdings is not None and (answer.kind, answer.reason) == ("chitchat", "articles")
    assert answer.holdings.articles == 2
    assert retriever.answer(analyse(GOLD)).holdings is None
