"""Files that are cut under the running bot: it comes back on the generation before, and answers what was asked."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from bot_process import ADMIN, fast_bot, new_chat, trichdan
from crowd import words_data
from fake_bot_api import Chat, FakeBotApi
from rare_words import Rare, write_collection

MODEL = "hashed-words"


@pytest.fixture
def asked(tmp_path: Path) -> list[Rare]:
    """What to ask of a collection that was indexed twice, the second time with one more article."""
    collection = tmp_path / "collection"
    found = write_collection(collection, 30)
    words_data(tmp_path / "data", collection)
    (collection / "new.txt").write_text("Wombat Barnaby thọ ba mươi mốt tuổi.\n", encoding="utf-8")
    words_data(tmp_path / "data", collection)
    return found


def serving(data: Path) -> Path:
    return data / "generations" / (data / "current").read_text().strip()


def cut(folder: Path) -> None:
    """Every array is emptied: whatever is looked up next in what is mapped ends the process."""
    for path in folder.glob("*.npy"):
        os.truncate(path, 0)


def wait_for_messages(api: FakeBotApi, chat: Chat, count: int) -> None:
    api.wait_until(lambda: len(chat.messages) >= count, timeout=60, what=f"{count} messages")


def test_a_bot_whose_index_is_cut_comes_back_on_the_one_before(
    api: FakeBotApi, asked: list[Rare], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    admin = api.private_chat(ADMIN, language_code="en")
    with fast_bot(api, data) as bot:
        assert admin.ask("/start", timeout=30).text
        chats = [new_chat(api) for _ in range(4)]
        assert asked[0].word in chats[0].ask(asked[0].question, timeout=30).text
        cut(serving(data))
        for chat, rare in zip(chats, asked[1:5], strict=True):
            chat.send(rare.question)
        for number, (chat, rare) in enumerate(zip(chats, asked[1:5], strict=True)):
            wanted = 2 if number == 0 else 1
            wait_for_messages(api, chat, wanted)
            assert rare.word in chat.messages[-1].text
        bot.wait_for_line("SIGBUS has ended the bot.*It starts again")
        bot.wait_for_line("The index is damaged; the one before it, made .* answers until then")
        wait_for_messages(api, admin, 2)
        notice = admin.messages[-1].text
        assert "The index is damaged; the one before it" in notice or "has been started again" in notice
        assert trichdan("reindex", tmp_path / "collection", data_dir=data, MODEL=MODEL).returncode == 0
        bot.wait_for_line("A new index is in service")
        assert "Barnaby" in chats[0].ask("Wombat Barnaby thọ mấy tuổi?", timeout=30).text


def test_every_command_answers_from_the_index_before_a_damaged_one(asked: list[Rare], tmp_path: Path) -> None:
    data = tmp_path / "data"
    os.truncate(serving(data) / "dense.faiss", 10)
    found = trichdan("ask", "--json", asked[0].question, data_dir=data, MODEL=MODEL)
    assert json.loads(found.stdout)["answered"] and found.returncode == 0
    assert found.stderr.startswith("The index is damaged; the one before it, made ")
    assert "trichdan reindex" in found.stderr
    shown = trichdan("show", "a0", data_dir=data, MODEL=MODEL)
    assert asked[0].word in shown.stdout and "The index is damaged" in shown.stderr
    said = trichdan("doctor", data_dir=data, MODEL=MODEL, SOURCES=str(tmp_path / "collection"))
    problem = next(line for line in said.stdout.splitlines() if line.startswith("PROBLEM  index"))
    assert "trichdan reindex" in problem and "with 30 articles" in problem and said.returncode == 1
    mended = trichdan("reindex", tmp_path / "collection", "--json", data_dir=data, MODEL=MODEL)
    report = json.loads(mended.stdout.splitlines()[-1])
    assert (report["added"], report["unchanged"]) == (1, 30)
    assert "PROBLEM  index" not in trichdan("doctor", data_dir=data, MODEL=MODEL).stdout


def test_a_bot_that_is_killed_alone_is_started_again(
    api: FakeBotApi, asked: list[Rare], tmp_path: Path
) -> None:
    chat = new_chat(api)
    with fast_bot(api, tmp_path / "data") as bot:
        assert asked[0].word in chat.ask(asked[0].question, timeout=30).text
        os.kill(bot.child, signal.SIGKILL)
        bot.wait_for_line("SIGKILL has ended the bot")
        assert asked[1].word in chat.ask(asked[1].question, timeout=30).text
