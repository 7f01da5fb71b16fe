"""An index that answers far fewer of the known questions does not serve, and admins decide about it in chat."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bot_fixtures import fake_api
from bot_process import ADMIN, BotProcess, fast_bot, trichdan
from crowd import words_data
from fake_bot_api import Chat, FakeBotApi, Message

from bot.texts import load_texts
from retrieval.index.embedded.generations import Generations

EN = load_texts("en")
PLACES = ("Sapa", "Pleiku", "Kontum", "Vinh", "Hue")

api = fake_api(presses=True)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """An article about each place."""
    (folder := tmp_path / "mine").mkdir()
    for number, place in enumerate(PLACES):
        (folder / f"{place}.txt").write_text(f"Cầu {place} dài {number + 3} cây số và rất đẹp.\n", "utf-8")
    return folder


@pytest.fixture
def data(sources: Path, tmp_path: Path) -> Path:
    asked = [
        {"question": f"Cầu {place} dài mấy cây số?", "answers": [f"{number + 3} cây số"], "answerable": True}
        for number, place in enumerate(PLACES)
    ]
    (tmp_path / "asked.jsonl").write_text("\n".join(json.dumps(row) for row in asked), "utf-8")
    return words_data(tmp_path / "data", sources)


def bot(api: FakeBotApi, data: Path) -> BotProcess:
    return fast_bot(api, data, SOURCES="", SELF_CHECK=str(data.parent / "asked.jsonl"))


def spoil(sources: Path) -> None:
    for place in PLACES[:3]:
        (sources / f"{place}.txt").write_text("Trang này đang được cập nhật.\n", "utf-8")


def takes(admin: Chat, message: Message) -> None:
    (button,) = [each for each in message.buttons if each["text"] == EN("button-doubt-take")]
    admin.wait_for_answer(admin.press(message, button["callback_data"]))


def test_a_run_in_chat_says_what_is_no_longer_answered_and_its_index_serves_on_a_press(
    api: FakeBotApi, data: Path, sources: Path
) -> None:
    before, admin = Generations(data).current(), api.private_chat(ADMIN, language_code="en")
    spoil(sources)
    with bot(api, data):
        message = admin.ask("/reindex")
        api.wait_until(
            lambda: message.text.startswith("The new index answers 2 of 5"), timeout=60, what="doubt"
        )
        assert "Cầu Sapa dài mấy cây số?" in message.text and Generations(data).current() == before
        takes(admin, message)
        api.wait_until(lambda: message.text.startswith("The new index is in use"), timeout=20, what="taken")
        assert Generations(data).current() != before


def test_admins_hear_of_a_run_elsewhere(api: FakeBotApi, data: Path, sources: Path) -> None:
    before, admin = Generations(data).current(), api.private_chat(ADMIN, language_code="en")
    with bot(api, data):
        admin.ask("/start")
        spoil(sources)
        check = str(data.parent / "asked.jsonl")
        assert trichdan("reindex", data_dir=data, MODEL="hashed-words", SELF_CHECK=check).returncode == 1
        notice = admin.wait_for_message(
            timeout=30, predicate=lambda m: m.text.startswith("The new index answers")
        )
        assert Generations(data).current() == before
        takes(admin, notice)
        api.wait_until(lambda: notice.text.startswith("The new index is in use"), timeout=20, what="taken")
        assert Generations(data).current() != before
