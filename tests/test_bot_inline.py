"""Inline mode: cards offered in any chat, over the real bot process."""

from __future__ import annotations

import pytest
from bot_fixtures import fake_api, shared_bot, shared_data
from bot_process import SEEDS, TRADE, TRADE_ANSWER, UNANSWERABLE, BotProcess, new_chat, quotes, stands_in
from fake_bot_api import FakeBotApi, InlineQuery, User
from fake_bot_html import parse_html

from bot.texts import load_texts

EN = load_texts("en")


api = fake_api("module")
data = shared_data("seeds_data")
bot = shared_bot(BotProcess)


def asked(api: FakeBotApi, query: str, offset: str = "", sender: User | None = None) -> InlineQuery:
    return api.wait_for_inline_answer(api.inline_query(query, offset=offset, sender=sender))


def html_of(query: InlineQuery) -> str:
    return str(query.results[0]["input_message_content"]["message_text"])


@pytest.mark.parametrize("question", [TRADE, "kim ngach thuong mai viet nga 11 thang nam 2024"])
def test_cards_show_title_date_and_excerpt(api: FakeBotApi, question: str) -> None:
    found = asked(api, question)
    first = found.results[0]
    assert first["title"] and TRADE_ANSWER in first["description"]
    assert TRADE_ANSWER in html_of(found)
    assert found.answer is not None and found.answer["is_personal"]


def test_a_card_posts_the_excerpt_that_the_bot_shows(api: FakeBotApi) -> None:
    shown = quotes(new_chat(api).ask(TRADE))[0]
    posted = parse_html(html_of(asked(api, TRADE)))
    assert shown in posted.text and stands_in(SEEDS, shown)


def test_a_card_leads_back_to_its_passage(api: FakeBotApi) -> None:
    found = asked(api, TRADE)
    (button,) = found.results[0]["reply_markup"]["inline_keyboard"][0]
    payload = button["url"].partition("?start=")[2]
    reply = new_chat(api).ask(f"/start {payload}")
    assert quotes(reply)[0] in parse_html(html_of(found)).text


def test_cards_come_in_pages(api: FakeBotApi) -> None:
    question = "Quan hệ Việt Nam và Liên bang Nga phát triển thế nào?"
    first = asked(api, question)
    assert first.answer is not None
    assert len(first.results) == 10
    second = asked(api, question, offset=str(first.answer["next_offset"]))
    ids = [{result["id"] for result in query.results} for query in (first, second)]
    assert ids[1] and not ids[0] & ids[1]
    assert second.answer is not None and not second.answer.get("next_offset")


@pytest.mark.parametrize("query", ["", "k", "  k ", "?"])
def test_a_letter_offers_nothing(api: FakeBotApi, query: str) -> None:
    found = asked(api, query)
    assert found.results == [] and "button" not in (found.answer or {})


@pytest.mark.parametrize("query", [UNANSWERABLE, "xin chào"])
def test_what_has_no_answer_offers_the_way_to_the_bot(api: FakeBotApi, query: str) -> None:
    found = asked(api, query, sender=User(77, "An", "en"))
    assert found.results == [] and found.answer is not None
    assert found.answer["button"]["text"] == EN("inline-none")


def test_whoever_types_on_gets_an_answer_to_the_last_query(api: FakeBotApi) -> None:
    typist = User(88, "An", "vi")
    queries = [api.inline_query(TRADE[:end], sender=typist) for end in range(5, len(TRADE) + 1, 4)]
    queries.append(api.inline_query(TRADE, sender=typist))
    assert TRADE_ANSWER in html_of(api.wait_for_inline_answer(queries[-1]))


def test_an_offset_beyond_the_last_card_offers_none(api: FakeBotApi) -> None:
    assert asked(api, TRADE, offset="99999999").results == []


@pytest.mark.parametrize("offset", ["-1", "x", "²"])
def test_an_offset_that_nobody_gave_is_the_first_page(api: FakeBotApi, offset: str) -> None:
    assert asked(api, TRADE, offset=offset).results == asked(api, TRADE).results != []
