"""The admin's page of what was asked in vain, and the file of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fake_bot_html import parse_html
from fake_embedder import FakeEmbedder
from small_index import fitted, index, open_index

from bot.state.questions import UnansweredQuestion
from bot.telegram_html.admin.gaps import PAGE, GapGroup, answered_since, gaps_page, grouped, questions_file
from bot.telegram_html.markup import MESSAGE_LENGTH, plain
from bot.texts import LANGUAGES, load_texts
from retrieval.evaluation.question_sets import read_questions
from retrieval.retriever import Retriever

EN = load_texts("en")
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def gap(
    question: str, times: int = 1, *askers: str, unaccented: bool = False, generation: str = "old"
) -> UnansweredQuestion:
    last = NOW + timedelta(hours=times)
    return UnansweredQuestion(
        question=question,
        language="vi",
        unaccented=unaccented,
        times=times,
        askers=frozenset(askers or {"a"}),
        last=last,
        generation=generation,
    )


def group(*gaps: UnansweredQuestion) -> GapGroup:
    return GapGroup(gaps)


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    index(tmp_path, {"id": "gold", "text": "Gold has a price of 100.", "lang": "en"})
    return Retriever(open_index(tmp_path), FakeEmbedder(), fitted())


def test_wordings_of_one_question_are_counted_together(retriever: Retriever) -> None:
    gaps = [gap("Giá gạo?", 3, "a", "b"), gap("Giá lũ?", 2, "c"), gap("gia gao", 1, "b", unaccented=True)]
    first, second = grouped(gaps, retriever)
    assert (first.question, first.variants, first.times, first.people) == ("Giá gạo?", ("gia gao",), 4, 2)
    assert first.last == NOW + timedelta(hours=3)
    assert (second.question, second.times) == ("Giá lũ?", 2)


def test_a_group_of_many_small_wordings_comes_before_a_frequent_one(retriever: Retriever) -> None:
    gaps = [gap("Giá lũ?", 3), gap("Giá gạo?", 2), gap("gia gao", 2, unaccented=True)]
    assert [each.question for each in grouped(gaps, retriever)] == ["Giá gạo?", "Giá lũ?"]


def test_what_the_collection_answers_by_now_is_told(retriever: Retriever) -> None:
    assert answered_since(group(gap("gold price")), retriever)
    assert not answered_since(group(gap("flood river bridge")), retriever)


def test_a_question_of_the_index_in_service_is_not_asked_again(retriever: Retriever) -> None:
    now = retriever.generation.id
    assert not answered_since(group(gap("gold price", generation=now)), retriever)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_shows_counts_and_wordings_and_is_one_message(language: str) -> None:
    texts = load_texts(language)
    hostile = "<b>x</b> & " + "dài lắm " * 200
    groups = [
        group(gap(hostile, 5, "a", "b"), *[gap(f"{hostile}{n}") for n in range(9)]) for _ in range(PAGE + 1)
    ]
    html, keyboard = gaps_page(groups, [True, *[False] * (PAGE - 1)], 0, 90, texts)
    assert parse_html(html) and len(plain(html)) <= MESSAGE_LENGTH
    assert texts("gaps-times", count=14) in plain(html) and "✓ <b>x</b>" in plain(html)
    assert texts("gaps-variants", count=7) in plain(html)
    labels = [button.text for row in keyboard for button in row]
    fill = [f"➕ {number}" for number in range(2, PAGE + 1)]  # the first one is answered by now
    assert labels == [*fill, "1/2", texts("button-more"), texts("button-export")]
    html, keyboard = gaps_page(groups, [False], 1, 90, texts)
    assert plain(html).count(texts("gaps-times", count=14)) == 1 and "✓" not in html


def test_a_follow_up_is_shown_with_what_was_searched_and_stands_for_that(retriever: Retriever) -> None:
    """What is asked again, compared and exported is the whole question, not the words of the follow-up."""
    when = replace(gap("When?"), searched="gold price")
    html, _ = gaps_page([group(when)], [False], 0, 90, EN)
    assert "1. When?" in plain(html) and EN("searched", question="gold price") in plain(html)
    assert answered_since(group(when), retriever)
    assert '"question": "gold price"' in questions_file([group(when)]).decode()
    other = replace(gap("When?"), searched="Giá lũ?")
    assert len(grouped([when, other], retriever)) == 2


def test_readers_who_say_that_the_articles_answer_are_shown() -> None:
    html, _ = gaps_page([group(replace(gap("Giá gạo?"), disputed=3))], [False], 0, 90, EN)
    assert EN("gaps-disputed", count=3) in plain(html)


def test_nothing_asked_in_vain_and_nothing_kept_are_told_apart() -> None:
    assert gaps_page([], [], 0, 30, EN) == (EN("gaps-none", days=30), ())
    assert gaps_page([], [], 0, 0, EN) == (EN("gaps-not-kept"), ())


def test_the_file_is_a_question_set(tmp_path: Path) -> None:
    groups = [group(gap('Giá "gạo"\n?', 2), gap("gia gao", unaccented=True)), group(gap("Giá lũ?"))]
    file = tmp_path / "gaps.jsonl"
    file.write_bytes(questions_file(groups))
    questions = read_questions(file)
    assert [question.text for question in questions] == ['Giá "gạo"\n?', "gia gao", "Giá lũ?"]
    assert [question.lang for question in questions] == ["vi", "vi-nodia", "vi"]
    assert not any(question.answerable for question in questions)
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [row["group"] for row in rows] == ["gap-0001", "gap-0001", "gap-0002"]


@pytest.mark.parametrize("strange", ["a\u2028b", "a\x85b", "a\u2029b", "a\ud800b", 'a"\\\n\tb', "a\0b"])
def test_whatever_is_asked_is_one_line_of_the_file(tmp_path: Path, strange: str) -> None:
    file = tmp_path / "gaps.jsonl"
    file.write_bytes(questions_file([group(gap(strange)), group(gap("Giá lũ?"))]))
    assert [question.text for question in read_questions(file)] == [strange, "Giá lũ?"]
