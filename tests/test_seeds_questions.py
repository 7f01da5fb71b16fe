"""Forty-five questions about the seed articles, written before they were first asked, with the real model."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from retrieval.article import Answer
from retrieval.embedding.loading import load_embedder
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import reindex
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever
from retrieval.text.forms import normalise

REPOSITORY = Path(__file__).resolve().parent.parent
SEEDS = REPOSITORY / "seeds"
QUESTIONS = REPOSITORY / "tests/data/seeds_questions.jsonl"

Asked = list[tuple[dict[str, Any], Answer]]


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Retriever:
    """Over the seeds, indexed anew."""
    data_dir = tmp_path_factory.mktemp("seeds")
    embedder = load_embedder("bundled", models_dir)
    reindex([SEEDS], data_dir, embedder)
    return Retriever(Generations(data_dir).open_current(embedder.fingerprint), embedder)


@pytest.fixture(scope="module")
def asked(retriever: Retriever) -> Asked:
    """Every question with its answer."""
    questions = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    return [(question, retriever.answer(analyse(question["question"]))) for question in questions]


@pytest.fixture(scope="module")
def answerable(asked: Asked) -> Asked:
    """The thirty that a seed article answers."""
    return [(question, answer) for question, answer in asked if question["answerable"]]


def best(answer: Answer) -> tuple[str | None, str]:
    """Article and text of the first excerpt; nothing for a refusal."""
    if not answer.excerpts:
        return None, ""
    return answer.excerpts[0].citation.article_id, answer.excerpts[0].text


def test_the_set_is_the_one_that_was_agreed(asked: Asked) -> None:
    assert sum(question["answerable"] for question, _ in asked) == 30
    assert sum(not question["answerable"] for question, _ in asked) == 15
    known = {path.name for path in SEEDS.iterdir()}
    assert all(set(question["article_ids"]) <= known for question, _ in asked)


def test_a_right_article_comes_first_for_27_of_30(answerable: Asked) -> None:
    wrong = [q["id"] for q, answer in answerable if best(answer)[0] not in q["article_ids"]]
    assert len(wrong) <= 3, wrong


def test_the_answer_stands_in_the_first_excerpt_for_24_of_30(answerable: Asked) -> None:
    without = [q["id"] for q, answer in answerable if not any(a in best(answer)[1] for a in q["answers"])]
    assert len(without) <= 6, without


def test_at_most_one_of_the_15_unanswerable_questions_is_answered(asked: Asked) -> None:
    answered = [q["id"] for q, answer in asked if not q["answerable"] and answer.answered]
    assert len(answered) <= 1, answered


def test_every_excerpt_stands_word_for_word_in_its_source_file(asked: Asked) -> None:
    sources = {path.name: one_line(path.read_text("utf-8-sig")) for path in SEEDS.iterdir()}
    shown = [excerpt for _, answer in asked for excerpt in (*answer.excerpts, *answer.nearest)]
    assert len(shown) > 100
    assert all(one_line(excerpt.text) in sources[excerpt.citation.article_id] for excerpt in shown)


def one_line(text: str) -> str:
    """After NFC and with white space made single blanks."""
    return " ".join(normalise(text).split())


def test_every_excerpt_passes_the_check_at_the_moment_of_sending(retriever: Retriever, asked: Asked) -> None:
    shown = [excerpt for _, answer in asked for excerpt in (*answer.excerpts, *answer.nearest)]
    assert all(map(retriever.is_verbatim, shown))
    for excerpt in shown:
        article = retriever.article(excerpt.citation.article_id)
        assert article is not None
        highlight = excerpt.highlights[0]
        line = [line for line in article.text.split("\n") if line.strip()][excerpt.citation.paragraph - 1]
        assert excerpt.text[highlight.start : highlight.end] in line


def test_asked_again_from_eight_threads_every_question_gets_the_same_answer(
    retriever: Retriever, asked: Asked
) -> None:
    with ThreadPoolExecutor(8) as pool:
        again = list(pool.map(lambda found: retriever.answer(analyse(found[0]["question"])), asked))
    assert [replace(answer, elapsed_ms={}) for answer in again] == [
        replace(answer, elapsed_ms={}) for _, answer in asked
    ]
