"""What an admin is shown of how the bot does, over the real bot process."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bot_process import ADMIN, BotProcess, fast_bot, new_chat
from crowd import rare_data
from fake_bot_api import Chat, FakeBotApi
from rare_words import Rare

from bot.texts import load_texts

EN = load_texts("en")
UNKNOWN = "Công thức nấu phở bò ngon nhất là gì?"
Collection = tuple[Path, list[Rare]]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return rare_data(tmp_path_factory.mktemp("reports"), 5)


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi() as server:
        yield server
        assert server.violations == [] and server.unanswered_callbacks == []


@pytest.fixture
def data(collection: Collection, tmp_path: Path) -> Path:
    return Path(shutil.copytree(collection[0], tmp_path / "data"))


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
    assert EN("digest-gaps", count=1) in shown.text and UNKNOWN not in shown.text


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
