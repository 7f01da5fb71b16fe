"""What goes wrong around many questions and concerns the whole bot: its end, its data folder, its journal."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bot_fixtures import fake_api, rare_collection
from bot_process import ADMIN, BotProcess, fast_bot
from crowd import Collection, Crowd
from fake_bot_api import FakeBotApi

# That there were two pollers is not the bot's fault here.
api = fake_api(forgiven=("Conflict",))
collection = rare_collection(60)


@pytest.fixture
def bot(api: FakeBotApi, data: Path) -> Iterator[BotProcess]:
    """A bot that listens; at its end it has written no traceback."""
    with fast_bot(api, data) as process:
        api.wait_until_polled()
        yield process
    assert "Traceback" not in process.output


def assert_each_is_answered_once(crowd: Crowd) -> None:
    assert (crowd.lost, crowd.doubled, crowd.mistaken, crowd.out_of_order) == (set(), set(), [], set())


def lines_with(bot: BotProcess, pattern: str) -> int:
    return len(re.findall(pattern, bot.output))


def assert_edit_was_refused(api: FakeBotApi) -> None:
    """That a message is gone cannot be known before: such a refusal is no violation."""
    with api.world.changed:
        refused = [each for each in api.world.violations if "message to edit not found" in each]
        assert refused
        api.world.violations[:] = [each for each in api.world.violations if each not in refused]


def test_a_long_flood_wait_of_one_chat_holds_up_neither_the_others_nor_the_end_and_outlives_it(
    api: FakeBotApi, data: Path, collection: Collection
) -> None:
    crowd = Crowd(api, collection[1][:20], 10)
    unlucky, *others = crowd.chats
    with fast_bot(api, data) as bot:
        api.wait_until_polled()
        api.fail_next("sendMessage", "flood", retry_after=900, chat=unlucky)
        crowd.ask()
        crowd.wait_for_answers(timeout=30, chats=others)
        assert crowd.unanswered(others) == set()
        assert lines_with(bot, "Telegram asks to wait 900 s") == 1
        assert bot.stop() == 0
    with fast_bot(api, data):
        crowd.wait_for_answers(timeout=90)
    assert_each_is_answered_once(crowd)


def test_a_report_whose_message_was_deleted_comes_in_a_new_one(
    api: FakeBotApi, bot: BotProcess, collection: Collection
) -> None:
    admin = api.private_chat(ADMIN)
    with api.hold(admin, "editMessageText"):
        progress = admin.ask("/reindex")
        api.wait_until(lambda: api.calls_of("editMessageText"), timeout=30, what="an edit")
        admin.delete(progress)
    assert admin.wait_for_message(timeout=30).message_id > progress.message_id
    assert lines_with(bot, "ERROR") == 0
    assert_edit_was_refused(api)


def test_two_processes_with_one_data_directory_answer_each_question_once(
    api: FakeBotApi, bot: BotProcess, data: Path, collection: Collection
) -> None:
    crowd = Crowd(api, collection[1], 10)
    crowd.ask(30)
    with fast_bot(api, data) as second:
        second.wait_for_line("Telegram knows this bot")
        crowd.ask()
        crowd.wait_for_answers(timeout=60)
    assert_each_is_answered_once(crowd)
    assert "Traceback" not in second.output


def test_while_the_journal_cannot_be_written_questions_are_answered_all_the_same(
    api: FakeBotApi, bot: BotProcess, data: Path, collection: Collection
) -> None:
    crowd = Crowd(api, collection[1][:10], 5)
    with closing(sqlite3.connect(data / "state.db", isolation_level=None)) as state:
        state.execute("ALTER TABLE updates RENAME TO lost_by_accident")
    crowd.ask()
    crowd.wait_for_answers(timeout=90)
    assert_each_is_answered_once(crowd)
    assert lines_with(bot, "ERROR .*without having been noted") >= 1
