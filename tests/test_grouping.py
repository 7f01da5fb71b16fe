"""Questions that ask the same are one group, however they are typed; those that only look alike are not."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder

from retrieval.embedding.loading import LazyEmbedder
from retrieval.index.embedded.generations import Generations
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever
from retrieval.same_question.groups import grouped
from retrieval.same_question.groups import groups as groups_of
from retrieval.text.forms import fold

VARIANTS = Path(__file__).parent / "data" / "question_variants.jsonl"

SAME = {
    "with and without marks": (
        "Ai là đại sứ Liên bang Nga tại Việt Nam?",
        "ai la dai su lien bang nga tai viet nam",
    ),
    "punctuation and case": ("Giá vàng hôm nay?", "giá vàng hôm nay"),
    "English": (
        "Có bao nhiêu sinh viên Việt Nam đang học ở Nga?",
        "How many Vietnamese students are studying in Russia?",
    ),
    "Russian": (
        "Có bao nhiêu sinh viên Việt Nam đang học ở Nga?",
        "Сколько вьетнамских студентов учится в России?",
    ),
    "English and Russian": (
        "How many Vietnamese students are studying in Russia?",
        "Сколько вьетнамских студентов учится в России?",
    ),
}
APART = {
    "years": ("Kim ngạch thương mại Việt - Nga năm 2019?", "Kim ngạch thương mại Việt - Nga năm 2021?"),
    "countries": ("Kim ngạch thương mại với Nga?", "Kim ngạch thương mại với Nhật Bản?"),
    "countries across languages": ("Kim ngạch thương mại với Nga?", "What is the trade with Japan?"),
    "topics": ("Ai là đại sứ Nga tại Việt Nam?", "Giá vàng hôm nay bao nhiêu?"),
    "who is where": (
        "Ai là Đại sứ Nga tại Việt Nam?",
        "Ai là Đại sứ Việt Nam tại Nga?",
    ),
    "who is where without marks": ("ai la dai su nga tai viet nam", "ai la dai su viet nam tai nga"),
    "names": ("Tổng thống Putin thăm Việt Nam khi nào?", "Tổng thống Lukashenko thăm Việt Nam khi nào?"),
    "names across languages": (
        "Когда президент Лукашенко посетил Вьетнам?",
        "When did President Putin visit Vietnam?",
    ),
    "marks": ("Giá cá hôm nay?", "Giá cà hôm nay?"),
    "when and where": ("Bão số 3 đổ bộ khi nào?", "Bão số 3 đổ bộ ở đâu?"),
    "what is asked": ("Ai là đại sứ Nga tại Việt Nam?", "Đại sứ quán Nga tại Việt Nam ở đâu?"),
}


@pytest.fixture(scope="module")
def retriever(seeds_data: Path, bundled_embedder: LazyEmbedder) -> Retriever:
    return Retriever(Generations(seeds_data).open_current(bundled_embedder.fingerprint), bundled_embedder)


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_variants_of_a_question_are_one_group(retriever: Retriever, pair: tuple[str, str]) -> None:
    assert groups_of(retriever, pair) == [[0, 1]]


@pytest.mark.parametrize("pair", APART.values(), ids=APART)
def test_questions_that_ask_something_else_are_two(retriever: Retriever, pair: tuple[str, str]) -> None:
    assert groups_of(retriever, pair) == [[0], [1]]


def test_a_heap_of_variants_is_sorted_out(retriever: Retriever) -> None:
    heap = [
        "Có bao nhiêu sinh viên Việt Nam đang học ở Nga?",
        "Giá vàng SJC hôm nay bao nhiêu?",
        "co bao nhieu sinh vien viet nam dang hoc o nga",
        "How many Vietnamese students are studying in Russia?",
        "gia vang sjc hom nay bao nhieu",
        "Сколько вьетнамских студентов учится в России?",
    ]
    assert groups_of(retriever, heap) == [[0, 2, 3, 5], [1, 4]]


def test_no_question_is_no_group(retriever: Retriever) -> None:
    assert groups_of(retriever, []) == []


def test_news_in_four_writings_is_grouped_and_what_differs_in_one_thing_is_not(retriever: Retriever) -> None:
    """More than sixty questions, most with a neighbour about another year, country, name or thing; the figures by
    kinds are those of benchmarks/gap_grouping.py."""
    rows = [json.loads(line) for line in VARIANTS.read_text("utf-8").splitlines()]
    rows += [{**row, "question": fold(row["question"])} for row in rows if row["kind"] == "vi"]
    groups = groups_of(retriever, [row["question"] for row in rows])
    joined = [pair for group in groups for pair in combinations(group, 2)]
    right = sum(rows[i]["group"] == rows[j]["group"] for i, j in joined)
    assert right / len(joined) >= 0.95
    assert right >= 250


def test_each_question_joins_the_one_that_is_most_like_it() -> None:
    """Vectors by hand: the third is nearer to the second than to the first, and asks the same as either."""
    queries = [analyse(text) for text in ("gold price today", "gold price now", "gold price")]
    vectors = np.array([[1, 0, 0], [0.6, 0.8, 0], [0.8, 0.6, 0]], np.float32)
    means = {"en": np.zeros(3, np.float32), "other": np.zeros(3, np.float32)}
    assert grouped(queries, vectors, means) == [[0], [1, 2]]


def test_a_model_without_known_means_goes_by_words() -> None:
    queries = [analyse(text) for text in ("Giá vàng?", "gia vang", "Giá gạo?")]
    vectors = FakeEmbedder().embed_queries([query.text for query in queries])
    assert grouped(queries, vectors, {}) == [[0, 1], [2]]
