"""The admin's page of answers that were voted down."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_bot_html import parse_html
from fake_embedder import FakeEmbedder
from small_index import fitted, index, open_index

from bot.conversation.replies.reply import Reply, Window
from bot.state.answers import Kept
from bot.state.feedback import DownVoted, Votes
from bot.telegram_html.admin.feedback import feedback_page
from bot.telegram_html.markup import MESSAGE_LENGTH, plain
from bot.texts import LANGUAGES, load_texts
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever

EN = load_texts("en")
QUESTION = "gold <b>price</b>"
LONG = "Gold has a price, and this sentence goes on and on about it. " * 30


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    index(
        tmp_path,
        {
            "id": "gold",
            "text": f"{LONG}\nGold <i>has</i> a price of 100.",
            "title": "<u>Gold</u>",
            "lang": "en",
        },
    )
    return Retriever(open_index(tmp_path), FakeEmbedder(), fitted())


def voted(retriever: Retriever, question: str = QUESTION, *, gone: int = 0) -> DownVoted:
    found = retriever.answer(analyse(question), 9).excerpts
    windows = tuple(map(Window.of, found))
    lost = tuple(
        Window(article_id="another", passage_id="p", start=0, end=5, digest="0" * 16) for _ in range(gone)
    )
    kept = Kept(
        chat_id=1,
        user_id=None,
        asked_in=5,
        question=question,
        searched=question,
        language="en",
        generation="g",
        replied_in=(6,),
        options=Reply(kind="answer", windows=(*windows, *lost)).options(),
    )
    return DownVoted(
        answer_id="abcdefghijkl",
        kept=kept,
        votes=Votes(1, 2),
        person="q7w8e9r0",
        last=datetime(2026, 3, 2, tzinfo=UTC),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_question_votes_and_the_excerpts_that_were_shown(retriever: Retriever, language: str) -> None:
    html, keyboard = feedback_page([voted(retriever)], 0, 90, retriever, load_texts(language))
    shown = plain(html)
    assert QUESTION in shown and "👍 1, 👎 2" in shown and "q7w8e9r0" in shown
    assert "<u>Gold</u>" in shown and "Gold has a price" in shown
    assert len(shown) <= MESSAGE_LENGTH and parse_html(html).entities and keyboard == ()


def test_where_questions_are_not_kept_none_is_shown(retriever: Retriever) -> None:
    html, _ = feedback_page([voted(retriever)], 0, 0, retriever, EN)
    assert QUESTION not in plain(html) and EN("feedback-question-hidden") in html


def test_what_does_not_stand_in_the_collection_any_more_is_said_so(retriever: Retriever) -> None:
    html, _ = feedback_page([voted(retriever, gone=2)], 0, 90, retriever, EN)
    assert EN("feedback-gone", count=2) in html


def test_there_is_one_answer_a_page(retriever: Retriever) -> None:
    answers = [voted(retriever, f"gold {n}") for n in range(3)]
    html, keyboard = feedback_page(answers, 1, 90, retriever, EN)
    assert "gold 1" in html and "gold 0" not in html
    assert [button.text for button in keyboard[0]] == [EN("button-back"), "2/3", EN("button-more")]
    assert feedback_page(answers, 99, 90, retriever, EN)[0].startswith("<b>gold 2</b>")


def test_no_vote_against_an_answer_is_good_news(retriever: Retriever) -> None:
    assert feedback_page([], 0, 90, retriever, EN) == (EN("feedback-none"), ())
