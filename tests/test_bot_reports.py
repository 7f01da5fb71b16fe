"""What an admin is shown of how the bot does, over the real bot process."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bot_fixtures import copied, fake_api, rare_collection
from bot_process import ADMIN, TRADE, BotProcess, fast_bot, new_chat, quotes
from crowd import Collection
from fake_bot_api import Chat, FakeBotApi

from bot.texts import load_texts

EN = load_texts("en")
UNKNOWN = "Công thức nấu phở bò ngon nhất là gì?"


api = fake_api(presses=True)
collection = rare_collection(5)


@pytest.fixture
def bot(api: FakeBotApi, data: Path) -> Iterator[BotProcess]:
    with fast_bot(api, data) as process:
        process.wait_for_line("Ready")
        yield process
    assert "Traceback" not in process.output


@pytest.fixture
def admin(api: FakeBotApi, bot: BotProcess) -> Chat:
    chat = api.private_chat(ADMIN, language_code="en")
    chat.ask("/start")
    return chat


def pressed(chat: Chat, label: str) -> None:
    message = next(each for each in reversed(chat.messages) if each.buttons)
    data = next(button["callback_data"] for button in message.buttons if button["text"] == label)
    chat.wait_for_answer(chat.press(message, data))


def test_figures_come_with_a_picture(api: FakeBotApi, admin: Chat, collection: Collection) -> None:
    assert not admin.ask("/stats").attachment  # nothing was asked yet
    reader = new_chat(api)
    for rare in collection[1]:
        reader.ask(rare.question)
    reader.ask(UNKNOWN)
    shown = admin.ask("/stats", timeout=30)
    assert shown.attachment is not None and shown.attachment.content.startswith(b"\x89PNG")
    assert f"Chuyện về {collection[1][0].word}" in shown.text and "6" in shown.text
    assert str(reader.id) not in shown.text


def test_a_digest_tells_of_the_last_day(api: FakeBotApi, admin: Chat, collection: Collection) -> None:
    reader = new_chat(api)
    reader.ask(collection[1][0].question)
    reader.ask(UNKNOWN)
    shown = admin.ask("/digest")
    assert EN("digest-questions", count=2, answered=1) in shown.text
    assert EN("digest-gaps", count=1, things=1) in shown.text and UNKNOWN not in shown.text


def test_a_digest_comes_every_day_when_it_is_wanted_and_not_when_it_is_not(
    api: FakeBotApi, data: Path
) -> None:
    admin = api.private_chat(ADMIN, language_code="en")
    with fast_bot(api, data):
        admin.ask("/digest", timeout=30)
        pressed(admin, EN("button-digest-on"))
        api.wait_until(lambda: admin.messages[-1].text == EN("digest-on"), what="digest on")
    a_day_passes(data)
    with fast_bot(api, data):
        assert admin.wait_for_message(timeout=30).text.startswith(EN("digest-heading"))
        assert EN("digest-is-on") in admin.ask("/digest").text
        pressed(admin, EN("button-digest-off"))
        api.wait_until(lambda: admin.messages[-1].text == EN("digest-off"), what="digest off")
    a_day_passes(data)
    with fast_bot(api, data) as bot:
        bot.wait_for_line("Ready")
        admin.expect_silence(1.0)


def a_day_passes(data: Path) -> None:
    with closing(sqlite3.connect(data / "state.db")) as state, state:
        state.execute("UPDATE digests SET next_at = next_at - 86400000000")


def test_admins_hear_of_an_error_without_what_was_written(
    api: FakeBotApi, admin: Chat, collection: Collection
) -> None:
    reader = new_chat(api)
    for _ in range(3):
        api.fail_next("sendMessage", "bad_request", description=f"refused {UNKNOWN}", chat=reader)
        reader.send(collection[1][0].question)
    notice = admin.wait_for_message(timeout=20)
    assert notice.text.splitlines()[1].startswith("• ")
    assert UNKNOWN not in notice.text and collection[1][0].word not in notice.text
    assert str(reader.id) not in notice.text
    admin.expect_silence(1.0)


def test_what_was_asked_in_vain_is_grouped_and_exported(
    api: FakeBotApi, seeds_data: Path, tmp_path: Path
) -> None:
    """With the real model over the seeds: four ways to ask one thing, two to ask another."""
    data = copied(seeds_data, tmp_path / "data")
    admin = api.private_chat(ADMIN, language_code="en")
    with BotProcess(api, data) as bot:
        bot.wait_for_line("Ready")
        for question in (
            "Giá vàng SJC hôm nay bao nhiêu?",
            "gia vang SJC hom nay bao nhieu",
            "How much is SJC gold today?",
            "Сколько стоит золото SJC сегодня?",
            UNKNOWN,
            "Cong thuc nau pho bo ngon nhat la gi?",
        ):
            new_chat(api).ask(question)
        new_chat(api).ask(TRADE)
        figures = admin.ask("/stats", timeout=30).text
        assert "“Vào chiều 2/4" in figures and ".txt" not in figures  # untitled: by its opening words
        page = admin.ask("/gaps")
        assert "Giá vàng SJC hôm nay bao nhiêu?" in page.text and UNKNOWN in page.text
        assert f"{EN('gaps-times', count=4)} · {EN('gaps-people', count=4)}" in page.text
        assert f"{EN('gaps-times', count=2)} · {EN('gaps-people', count=2)}" in page.text
        pressed(admin, EN("button-export"))
        (call,) = api.wait_until(lambda: api.calls_of("sendDocument"), what="file")
        rows = [json.loads(line) for line in call.params["document"].content.splitlines()]
        assert len(rows) == 6 and len({row["group"] for row in rows}) == 2


def test_a_gap_that_a_new_article_fills_is_marked(api: FakeBotApi, admin: Chat) -> None:
    question = "Zibaldone của Leopardi có bao nhiêu trang?"
    new_chat(api).ask(question)
    assert "✓" not in admin.ask("/gaps").text
    text = "Zibaldone của Leopardi có bao nhiêu trang? Nhật ký Zibaldone của Leopardi có 4526 trang viết tay."
    admin.send_document("zibaldone.txt", text.encode())
    preview = admin.wait_for_message(timeout=20)
    admin.wait_for_answer(admin.press(preview, preview.buttons[0]["callback_data"]))
    api.wait_until(lambda: "up to date" in preview.text, timeout=30, what="report")
    page = admin.ask("/gaps").text
    assert f"✓ {question}" in page and EN("gaps-answered-hint") in page


def test_an_answer_that_was_voted_down_is_shown_with_its_excerpts(
    api: FakeBotApi, admin: Chat, collection: Collection
) -> None:
    assert admin.ask("/feedback").text == EN("feedback-none")
    reader, rare = new_chat(api), collection[1][0]
    reply = reader.ask(rare.question)
    down = next(button["callback_data"] for button in reply.buttons if button["text"] == "👎")
    reader.wait_for_answer(reader.press(reply, down))
    shown = admin.ask("/feedback")
    assert rare.question in shown.text and "👎 1" in shown.text
    assert rare.word in quotes(shown)[0] and shown.entity_texts("bold")
    assert str(reader.id) not in shown.text


def test_where_no_questions_are_kept_none_are_shown(
    api: FakeBotApi, data: Path, collection: Collection
) -> None:
    admin = api.private_chat(ADMIN, language_code="en")
    reader, rare = new_chat(api), collection[1][0]
    with fast_bot(api, data, KEEP_QUESTIONS_DAYS="0"):
        reader.ask(UNKNOWN, timeout=30)
        assert admin.ask("/gaps").text == EN("gaps-not-kept")
        reply = reader.ask(rare.question)
        down = next(button["callback_data"] for button in reply.buttons if button["text"] == "👎")
        reader.wait_for_answer(reader.press(reply, down))
        shown = admin.ask("/feedback").text
        assert rare.question not in shown and EN("feedback-question-hidden") in shown
        assert not admin.ask("/stats").attachment
