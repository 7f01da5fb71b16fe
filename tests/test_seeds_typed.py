"""Four times 120 questions over the seed articles, typed as people type them, written without sight of the code.

They are answered with the real model and its reader. The floors lie a little below the first runs (docs/quality.md).
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retrieval.article import Answer
from retrieval.embedding.loading import LazyEmbedder
from retrieval.index.embedded.generations import Generations
from retrieval.questions.query import analyse
from retrieval.ranking.reading import SecondLook
from retrieval.retriever import Retriever

DATA = Path(__file__).resolve().parent / "data"
QUESTIONS = tuple(f"seeds_questions_{number}.jsonl" for number in (3, 4, 5, 6))
LANGUAGES = ("vi", "vi-nodia", "en", "ru")

Asked = list[tuple[dict[str, Any], Answer]]


@pytest.fixture(scope="module")
def asked(seeds_data: Path, bundled_embedder: LazyEmbedder) -> Asked:
    """Every question with its answer."""
    generation = Generations(seeds_data).open_current(bundled_embedder.fingerprint)
    second_look = SecondLook(reader=bundled_embedder.reader)
    retriever = Retriever(generation, bundled_embedder, second_look=second_look)
    lines = [line for name in QUESTIONS for line in (DATA / name).read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    return [(row, retriever.answer(analyse(row["question"]))) for row in rows]


def share(asked: Asked, wanted: Callable[[dict[str, Any], Answer], bool]) -> float:
    return sum(wanted(row, answer) for row, answer in asked) / len(asked)


def in_reply(row: dict[str, Any], answer: Answer) -> bool:
    return any(holds(excerpt.text, row) for excerpt in answer.excerpts)


def in_bold(row: dict[str, Any], answer: Answer) -> bool:
    if not answer.excerpts:
        return False
    first = answer.excerpts[0]
    return holds(" ".join(first.text[a:b] for a, b in first.highlights), row)


def holds(text: str, row: dict[str, Any]) -> bool:
    return any(plain(wanted) in plain(text) for wanted in row["answers"])


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


@pytest.mark.parametrize(
    ("lang", "reply", "bold"),
    [("vi", 0.89, 0.84), ("vi-nodia", 0.8, 0.75), ("en", 0.85, 0.68), ("ru", 0.88, 0.68)],
)
def test_most_of_what_the_articles_say_is_in_the_reply_and_highlighted(
    asked: Asked, lang: str, reply: float, bold: float
) -> None:
    mine = [(row, answer) for row, answer in asked if row["lang"] == lang and row["answerable"]]
    assert share(mine, in_reply) >= reply
    assert share(mine, in_bold) >= bold


def test_what_the_articles_do_not_say_is_hardly_ever_told_for_sure(asked: Asked) -> None:
    mine = [(row, answer) for row, answer in asked if not row["answerable"]]
    assert share(mine, lambda _, answer: answer.answered and not answer.unsure) <= 0.07
    assert share(mine, lambda _, answer: answer.answered) <= 0.41


def test_what_has_nothing_to_do_with_the_articles_is_refused(asked: Asked) -> None:
    mine = [(row, answer) for row, answer in asked if row["kind"] == "off-corpus"]
    assert share(mine, lambda _, answer: answer.answered) <= 0.1
