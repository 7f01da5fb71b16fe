"""The core conversations once more, against a stand-in for the Bot API that others wrote."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from bot_fixtures import rare_collection, shared_bot, shared_data
from crowd import Collection
from emulator import Done, Emulator

from bot.texts import load_texts

VI = load_texts("vi")
UNKNOWN = "Công thức nấu phở bò ngon nhất là gì?"


collection = rare_collection(10)
data = shared_data()
bot = shared_bot()


@pytest.fixture(scope="module")
def api() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(autouse=True)
def nothing_was_refused(api: Emulator) -> Iterator[None]:
    """After every test: it has taken all that the bot sent."""
    yield
    assert api.refusals == []


def quotes(done: Done) -> list[str]:
    found = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", str(done.fields.get("text")), re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", quote)) for quote in found]


def buttons(done: Done) -> list[dict[str, str]]:
    rows = (done.fields.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def shows_excerpts(done: Done) -> bool:
    return done.method in ("sendMessage", "editMessageText") and bool(quotes(done))


def test_start_is_a_greeting(api: Emulator) -> None:
    assert api.reply_to(api.say("/start")).fields["text"].startswith("Xin chào")


def test_a_question_gets_a_cited_excerpt(api: Emulator, collection: Collection) -> None:
    rare = collection[1][3]
    reply = api.reply_to(api.say(rare.question))
    assert rare.word in quotes(reply)[0]
    assert f"Chuyện về {rare.word}" in reply.fields["text"]
    assert reply.fields["parse_mode"] == "HTML"


def test_a_refusal_shows_the_nearest_on_request(api: Emulator) -> None:
    asked = api.say(UNKNOWN)
    refusal = api.reply_to(asked)
    assert not quotes(refusal)
    nearest = next(button for button in buttons(refusal) if button["text"] == VI("button-nearest"))
    before = api.count
    query = api.press(refusal, nearest["callback_data"], asked=asked)
    answered = api.wait_for(
        "answer to the press", lambda done: done.method == "answerCallbackQuery", after=before
    )
    assert answered.fields["callback_query_id"] == query
    assert api.wait_for("nearest passages", shows_excerpts, after=before)


def test_an_edited_question_changes_the_reply(api: Emulator, collection: Collection) -> None:
    first, second = collection[1][:2]
    asked = api.say(first.question)
    reply, before = api.reply_to(asked), api.count
    api.edit(asked, second.question)
    edited = api.wait_for("edited reply", lambda done: done.method == "editMessageText", after=before)
    assert int(edited.fields["message_id"]) == reply.result["message_id"]
    assert second.word in quotes(edited)[0]


def test_a_button_under_an_answer_changes_its_message(api: Emulator, collection: Collection) -> None:
    asked = api.say(collection[1][5].question)
    reply = api.reply_to(asked)
    before = api.count
    query = api.press(reply, buttons(reply)[-1]["callback_data"], asked=asked)
    edited = api.wait_for("edit", lambda done: done.method.startswith("editMessage"), after=before)
    assert int(edited.fields["message_id"]) == reply.result["message_id"]
    answered = api.wait_for(
        "answer to the press", lambda done: done.method == "answerCallbackQuery", after=before
    )
    assert answered.fields["callback_query_id"] == query


def test_a_question_in_a_group_gets_a_cited_excerpt(api: Emulator, collection: Collection) -> None:
    rare = collection[1][2]
    reply = api.reply_to(api.say_in_group(f"/ask {rare.question}"))
    assert rare.word in quotes(reply)[0]


def test_inline_mode_offers_the_excerpt_that_the_bot_shows(api: Emulator, collection: Collection) -> None:
    rare = collection[1][4]
    shown = quotes(api.reply_to(api.say(rare.question)))[0]
    results = api.type_inline(rare.question).fields["results"]
    posted = results[0]["input_message_content"]["message_text"]
    assert shown in html.unescape(re.sub(r"<[^>]+>", "", posted))


def test_a_shared_link_opens_its_passage(api: Emulator, collection: Collection) -> None:
    asked = api.say(collection[1][6].question)
    reply = api.reply_to(asked)
    if further := [button for button in buttons(reply) if button["text"] == "⋯"]:
        before = api.count
        api.press(reply, further[0]["callback_data"], asked=asked)
        reply = api.wait_for(
            "further buttons", lambda done: done.method.startswith("editMessage"), after=before
        )
    shared = next(button["url"] for button in buttons(reply) if "url" in button)
    payload = unquote(shared).partition("?start=")[2]
    assert quotes(api.reply_to(api.say(f"/start {payload}")))[0] == quotes(reply)[0]


def test_admins_commands_are_not_for_others(api: Emulator) -> None:
    for command in ("/reindex", "/gaps", "/stats", "/invite x"):
        assert api.reply_to(api.say(command)).fields["text"] == VI("admin-only")
