"""No admin loses the collection by a press, by a run that nobody watched, or by a restart."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bot_fixtures import fake_api
from bot_process import ADMIN, REPOSITORY, BotProcess, environment, fast_bot, trichdan
from crowd import words_data
from fake_bot_api import Chat, FakeBotApi, Message
from terminal_process import TerminalProcess

from bot.texts import load_texts
from retrieval.index.embedded.generations import Generations

EN = load_texts("en")


api = fake_api(presses=True)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Twelve articles in two folders."""
    for number in range(12):
        path = tmp_path / "mine" / ("north" if number % 2 else "south") / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Chuyện số {number}\n\nBài báo số {number} kể về làng chài thứ {number}.\n", "utf-8")
    return tmp_path / "mine"


@pytest.fixture
def data(sources: Path, tmp_path: Path) -> Path:
    """They are indexed by a run that named them, and no setting names them."""
    return words_data(tmp_path / "data", sources)


def bot(api: FakeBotApi, data: Path) -> BotProcess:
    return fast_bot(api, data, SOURCES="")


def served(data: Path) -> set[str]:
    with Generations(data).current_store() as store:
        assert store
        return set(store.digests())


def becomes(api: FakeBotApi, message: Message, beginning: str) -> None:
    api.wait_until(lambda: message.text.startswith(beginning), timeout=60, what=beginning)


def pressed(chat: Chat, message: Message, label: str) -> None:
    data = next(button["callback_data"] for button in message.buttons if button["text"] == label)
    chat.wait_for_answer(chat.press(message, data))


def added(api: FakeBotApi, admin: Chat, name: str) -> None:
    """A file is sent and taken up."""
    message = admin.send_document(name, f"Tin {name}\n\nTin gửi lên trong {name}.\n".encode())
    preview = admin.wait_for_message(timeout=20, predicate=lambda m: m.message_id > message.message_id)
    pressed(admin, preview, EN("button-add"))
    becomes(api, preview, "The collection is up to date")


@contextmanager
def written_again_and_again(path: Path) -> Iterator[None]:
    """Something changes every few seconds within this block."""
    ended = threading.Event()

    def write() -> None:
        while not ended.wait(2.5):  # longer than a watch waits for quiet
            path.write_text("Bài mới ở làng chài.", "utf-8")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def reindexed(data: Path, *options: str) -> int:
    return trichdan("reindex", *options, data_dir=data, MODEL="hashed-words").returncode


def test_adding_and_removing_in_chat_touch_only_what_they_name(
    api: FakeBotApi, data: Path, sources: Path
) -> None:
    before, admin = served(data), api.private_chat(ADMIN, language_code="en")
    (sources / "north" / "unseen.txt").write_text("Bài chưa ai đọc.", "utf-8")
    with bot(api, data):
        added(api, admin, "first.txt")
        assert served(data) == before | {"first.txt"}
        shutil.rmtree(sources)
    with bot(api, data):  # started anew, the sources gone
        added(api, admin, "second.txt")
        assert served(data) == before | {"first.txt", "second.txt"}
        question = admin.ask("/remove first.txt")
        pressed(admin, question, EN("button-remove"))
        becomes(api, question, "The collection is up to date: 13 articles")
        assert served(data) == before | {"second.txt"}


def test_a_run_that_would_take_out_much_asks_with_a_button(
    api: FakeBotApi, data: Path, sources: Path
) -> None:
    before, admin = served(data), api.private_chat(ADMIN, language_code="en")
    shutil.rmtree(sources / "north")
    with bot(api, data):
        question = admin.ask("/reindex")
        becomes(api, question, "This update would remove 6 of 12 articles")
        assert "north/11.txt" in question.text and served(data) == before
        pressed(admin, question, EN("button-loss-no"))
        becomes(api, question, EN("loss-kept"))
        assert served(data) == before and not question.buttons
        question = admin.ask("/reindex")
        becomes(api, question, "This update would remove 6 of 12 articles")
        pressed(admin, question, EN("button-loss-yes"))
        becomes(api, question, "The collection is up to date: 6 articles")
        assert len(served(data)) == 6


def test_a_yes_is_to_what_was_shown(api: FakeBotApi, data: Path, sources: Path) -> None:
    before, admin = served(data), api.private_chat(ADMIN, language_code="en")
    away = sources.with_name("away")
    (sources / "north").rename(away)
    with bot(api, data):
        old = admin.ask("/reindex")
        becomes(api, old, "This update would remove 6 of 12 articles")
        away.rename(sources / "north")
        shutil.rmtree(sources / "south")
        pressed(admin, old, EN("button-loss-yes"))
        becomes(api, old, "This update would remove 6 of 12 articles")
        api.wait_until(lambda: "south/" in old.text, timeout=30, what="the other articles")
        assert served(data) == before
        pressed(admin, old, EN("button-loss-yes"))
        becomes(api, old, "The collection is up to date: 6 articles")


def test_an_admin_hears_of_a_run_that_nobody_watched(api: FakeBotApi, data: Path, sources: Path) -> None:
    before, admin = served(data), api.private_chat(ADMIN, language_code="en")
    with bot(api, data):
        admin.ask("/start")
        shutil.rmtree(sources / "south")
        assert reindexed(data) == 1
        notice = admin.wait_for_message(timeout=20, predicate=lambda m: "6 of 12 articles" in m.text)
        assert notice.text.startswith(EN("loss-notice")) and "--yes" in notice.text
        assert served(data) == before
        assert reindexed(data, "--yes") == 0
    assert len(served(data)) == 6


def test_what_is_allowed_in_chat_waits_no_more(api: FakeBotApi, data: Path, sources: Path) -> None:
    admin = api.private_chat(ADMIN, language_code="en")
    shutil.rmtree(sources / "south")
    assert reindexed(data) == 1 and (data / "held.json").exists()
    with bot(api, data):
        question = admin.ask("/reindex")
        becomes(api, question, "This update would remove 6 of 12 articles")
        assert (data / "held.json").exists()
        pressed(admin, question, EN("button-loss-yes"))
        becomes(api, question, "The collection is up to date: 6 articles")
    assert not (data / "held.json").exists()


def test_whoever_sits_at_a_terminal_is_asked(data: Path, sources: Path) -> None:
    before = served(data)
    shutil.rmtree(sources / "north")
    command = [sys.executable, "-m", "bot", "--data-dir", str(data), "reindex"]
    env = environment(MODEL="hashed-words")
    for answer, code, left in (("\r", 1, 12), ("n\r", 1, 12), ("y\r", 0, 6)):
        with TerminalProcess(command, env, REPOSITORY) as terminal:
            terminal.wait_for("[y/N]")
            assert "6 of 12 articles" in terminal.screen.replace("\n", " ")
            terminal.type(answer)
            assert terminal.wait() == code
        assert len(served(data)) == left
    assert served(data) < before


def test_a_watched_source_that_shrinks_is_told_of_and_stays(data: Path, sources: Path) -> None:
    command = [sys.executable, "-m", "bot", "--data-dir", str(data), "reindex", "--watch"]
    with TerminalProcess(command, environment(MODEL="hashed-words"), REPOSITORY) as terminal:
        terminal.wait_for("Watching for changes")
        shutil.rmtree(sources / "north")
        new = sources / "south" / "new.txt"
        with written_again_and_again(new):  # the watch begins after it was told of
            terminal.wait_for("with --yes")
        assert len(served(data)) == 12
        new.write_text("Bài mới ở làng chài.", "utf-8")  # where the watch was quick, it was not written yet
        (sources / "north").mkdir()
        for number in range(5):
            (sources / "north" / f"{2 * number + 1}.txt").write_text(f"Bài số {number} trở lại.", "utf-8")
        terminal.wait_for("Added 1, changed 5, removed 1")
    assert len(served(data)) == 12
