"""Reindexing around a running bot: from the chat, from another process, and with no index at all."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from bot_fixtures import copied, words_seeds
from bot_process import ADMIN, SEEDS, TRADE, TRADE_ANSWER, BotProcess, fast_bot, new_chat, trichdan
from fake_bot_api import Chat, FakeBotApi, Message

from bot.texts import load_texts

VI, EN = load_texts("vi"), load_texts("en")
WOMBAT = "Wombat Barnaby của vườn thú Ballarat sống đến năm 2017, thọ ba mươi mốt tuổi."
WOMBAT_QUESTION = "Wombat Barnaby của vườn thú Ballarat thọ bao nhiêu tuổi?"

SECOND_ADMIN = 9002
COUNTS = dict.fromkeys(("articles", "passages", "added", "changed", "removed", "unchanged"), 1)


data = words_seeds()


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "collection"))


def bot_over(api: FakeBotApi, data: Path, collection: Path, **settings: str) -> BotProcess:
    return fast_bot(api, data, SOURCES=str(collection), **settings)


@contextmanager
def embedding_held_up(data: Path) -> Iterator[None]:
    """Within this block indexing cannot store a vector, so it gets as far as embedding and waits."""
    with closing(sqlite3.connect(data / "cache" / "embeddings.sqlite", isolation_level=None)) as cache:
        cache.execute("BEGIN IMMEDIATE")
        yield
        cache.execute("ROLLBACK")


def wait_for_report(api: FakeBotApi, message: Message, beginning: str) -> None:
    api.wait_until(lambda: message.text.startswith(beginning), timeout=60, what=f"{beginning!r}")


def progress_of(message: Message) -> list[str]:
    return [revision.content.text for revision in message.revisions]


def admin_chat(api: FakeBotApi) -> Chat:
    return api.private_chat(ADMIN, language_code="en")


def test_questions_are_answered_while_an_admin_reindexes(
    api: FakeBotApi, seeds_data: Path, tmp_path: Path, collection: Path
) -> None:
    """With the real model."""
    data = copied(seeds_data, tmp_path / "data")
    (collection / "wombat.txt").write_text(f"Chuyện về Barnaby\n\n{WOMBAT}\n", encoding="utf-8")
    admin, reader = admin_chat(api), new_chat(api)
    with BotProcess(api, data, collection):
        with embedding_held_up(data):
            report = admin.ask("/reindex", timeout=30)
            assert report.text == EN("reindex-started")
            admin.wait_for_edit(report)
            assert "31" not in reader.ask(WOMBAT_QUESTION).text
            assert WOMBAT not in reader.messages[-1].text
            assert TRADE_ANSWER in admin.ask(TRADE).text
            assert admin.ask("/reindex").text == EN("reindex-running")
        wait_for_report(api, report, "The collection is up to date: 6 articles")
        assert "Added 1, changed 0, removed 0, unchanged 5." in report.text
        assert any(text.startswith("Processing passages: ") for text in progress_of(report))
        assert WOMBAT in reader.ask(WOMBAT_QUESTION).text
        assert admin.ask("/reindex").text == EN("reindex-started")


def test_an_admin_cancels_and_the_index_stays(api: FakeBotApi, data: Path, collection: Path) -> None:
    (collection / "wombat.txt").write_text(WOMBAT, encoding="utf-8")
    before = (data / "current").read_bytes()
    admin = admin_chat(api)
    with bot_over(api, data, collection):
        with embedding_held_up(data):
            report = admin.ask("/reindex", timeout=30)
            admin.wait_for_edit(report)
            (cancel,) = report.buttons
            admin.wait_for_answer(admin.press(report, cancel["callback_data"]))
            wait_for_report(api, report, EN("reindex-cancelled"))
        assert (data / "current").read_bytes() == before and not report.buttons
        admin.wait_for_answer(admin.press(report, cancel["callback_data"], stale=True))
        assert admin.wait_for_message().text == EN("reindex-nothing")
        wait_for_report(api, admin.ask("/reindex"), "The collection is up to date: 6 articles")


def test_what_one_admin_adds_is_taken_up_though_another_cancels(
    api: FakeBotApi, data: Path, collection: Path
) -> None:
    first, second = admin_chat(api), api.private_chat(SECOND_ADMIN, language_code="vi")
    with bot_over(api, data, collection, ADMIN_IDS=f"{ADMIN},{SECOND_ADMIN}"):
        with embedding_held_up(data):
            (collection / "wombat.txt").write_text(WOMBAT, encoding="utf-8")
            report = first.ask("/reindex", timeout=30)
            first.wait_for_edit(report)
            second.send_document("thu.txt", WOMBAT.replace("Barnaby", "Patrick").encode())
            preview = second.wait_for_message(timeout=30)
            second.wait_for_answer(second.press(preview, preview.buttons[0]["callback_data"]))
            wait_for_report(api, preview, VI("reindex-next"))
            first.wait_for_answer(first.press(report, report.buttons[0]["callback_data"]))
            wait_for_report(api, report, EN("reindex-cancelled"))
        wait_for_report(api, preview, VI("reindex-report", **COUNTS)[:20])
        assert "Patrick" in second.ask(WOMBAT_QUESTION.replace("Barnaby", "Patrick")).text


def test_a_bot_without_an_index_says_so_and_works_after_reindexing(
    api: FakeBotApi, models_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "models").symlink_to(models_dir, target_is_directory=True)
    admin, reader = admin_chat(api), new_chat(api)
    with BotProcess(api, tmp_path) as bot:
        assert reader.ask(TRADE, timeout=30).text == VI("not-ready")
        assert VI("not-ready") in reader.ask("/start").text
        assert admin.ask(TRADE).text == EN("not-ready-admin") and "/reindex" in EN("not-ready-admin")
        api.fail_next("editMessageText", "drop")
        report = admin.ask("/reindex")
        wait_for_report(api, report, "The collection is up to date: 5 articles")
        assert TRADE_ANSWER in reader.ask(TRADE).text
        assert "Traceback" not in bot.output


def test_what_another_process_publishes_is_served_without_a_restart(
    api: FakeBotApi, data: Path, collection: Path
) -> None:
    reader = new_chat(api)
    with bot_over(api, data, collection) as bot:
        assert WOMBAT not in reader.ask(WOMBAT_QUESTION, timeout=30).text
        (collection / "wombat.txt").write_text(WOMBAT, encoding="utf-8")
        assert trichdan("reindex", collection, data_dir=data, MODEL="hashed-words").returncode == 0
        bot.wait_for_line("A new index is in service")
        assert WOMBAT in reader.ask(WOMBAT_QUESTION).text


def test_a_failed_reindex_is_reported_and_the_old_index_serves(
    api: FakeBotApi, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    admin = admin_chat(api)
    with bot_over(api, data, tmp_path / "empty"):
        report = admin.ask("/reindex", timeout=30)
        wait_for_report(api, report, EN("reindex-failed", reason="")[:40])
        assert TRADE_ANSWER in admin.ask(TRADE).text


def test_a_stop_breaks_off_reindexing_and_leaves_the_index_alone(
    api: FakeBotApi, data: Path, collection: Path
) -> None:
    (collection / "wombat.txt").write_text(WOMBAT, encoding="utf-8")
    before = (data / "current").read_bytes()
    admin = admin_chat(api)
    with bot_over(api, data, collection) as bot:
        with embedding_held_up(data):
            report = admin.ask("/reindex", timeout=30)
            admin.wait_for_edit(report)
            bot.process.terminate()
            bot.wait_for_line("Application is stopping")
        assert bot.wait() == 0
    assert report.text == EN("reindex-stopped")
    assert (data / "current").read_bytes() == before
