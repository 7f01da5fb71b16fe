"""What goes wrong around many questions, each in the right place: repeated, dropped in quiet, told once in the log."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bot_process import ADMIN, BotProcess, fast_bot, new_chat
from crowd import Crowd, rare_data
from fake_bot_api import FakeBotApi
from rare_words import Rare

Collection = tuple[Path, list[Rare]]
FAILURE = r"ERROR bot\.[\w.]+: An update could not be answered"


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return rare_data(tmp_path_factory.mktemp("faults"), 60)


@pytest.fixture
def data(collection: Collection, tmp_path: Path) -> Path:
    return Path(shutil.copytree(collection[0], tmp_path / "data"))


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    """A server that has taken all that the bot sent; that there were two pollers is not the bot's fault here."""
    with FakeBotApi() as server:
        yield server
        assert [each for each in server.violations if "Conflict" not in each] == []


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


@pytest.mark.parametrize("fault", ["flood", "bad_gateway"])
def test_a_storm_of_refusals_loses_and_doubles_nothing(
    api: FakeBotApi, bot: BotProcess, collection: Collection, fault: str
) -> None:
    crowd = Crowd(api, collection[1][:20], 10)
    api.fail_next("*", fault, times=15)  # type: ignore[arg-type]  # parametrize knows no Literal
    crowd.ask()
    crowd.wait_for_answers(timeout=90)
    assert_each_is_answered_once(crowd)
    assert lines_with(bot, FAILURE) == 0


@pytest.mark.parametrize("fault", ["drop", "lost_response"])
def test_of_replies_that_may_have_arrived_none_is_repeated_and_each_is_told_of_once(
    api: FakeBotApi, bot: BotProcess, collection: Collection, fault: str
) -> None:
    crowd = Crowd(api, collection[1][:20], 10)
    api.fail_next("sendMessage", fault, times=5)  # type: ignore[arg-type]  # parametrize knows no Literal
    crowd.ask()
    bot.wait_for_line(FAILURE, count=5)
    crowd.wait_until_quiet()
    assert len(crowd.lost) == (5 if fault == "drop" else 0)
    assert crowd.doubled == set() and api.faults_left == 0
    assert lines_with(bot, FAILURE) == 5


def test_a_reply_that_times_out_is_not_repeated(
    api: FakeBotApi, bot: BotProcess, collection: Collection
) -> None:
    crowd = Crowd(api, collection[1][:2], 1)
    api.fail_next("sendMessage", "slow", seconds=22)  # longer than the bot waits for an answer
    crowd.ask()
    bot.wait_for_line(f"{FAILURE}.*[Tt]imed out", timeout=40)
    crowd.wait_for_answers(timeout=90)
    assert (crowd.lost, crowd.doubled) == (set(), set())


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


def test_someone_who_blocks_the_bot_amid_their_questions_costs_a_line_each_and_may_come_back(
    api: FakeBotApi, bot: BotProcess, collection: Collection
) -> None:
    chat, questions = new_chat(api), [rare.question for rare in collection[1][:4]]
    with api.world.changed:
        for question in questions[:3]:
            chat.send(question)
        chat.block()
    bot.wait_for_line(f"{FAILURE}.*blocked", count=3)
    chat.unblock()
    assert collection[1][3].word in chat.ask(questions[3]).text
    assert lines_with(bot, FAILURE) == 3


def test_a_message_that_is_deleted_before_it_is_edited_is_dropped_in_quiet(
    api: FakeBotApi, bot: BotProcess, collection: Collection
) -> None:
    chat = new_chat(api)
    refusal = chat.ask("Công thức nấu phở bò ngon nhất là gì?")
    with api.hold(chat, "editMessageText"), api.hold(chat, "editMessageReplyMarkup"):
        press = chat.press(refusal, refusal.buttons[0]["callback_data"])
        edit = "editMessage(Text|ReplyMarkup)"
        api.wait_until(lambda: any(re.fullmatch(edit, call.method) for call in api.calls), what="an edit")
        chat.delete(refusal)
    chat.wait_for_answer(press)
    asked = chat.send(collection[1][0].question)
    chat.wait_for_message(predicate=lambda message: message.reply_to is asked)
    assert lines_with(bot, "ERROR") == 0
    assert_edit_was_refused(api)


def assert_edit_was_refused(api: FakeBotApi) -> None:
    """That a message is gone cannot be known before: such a refusal is no violation."""
    with api.world.changed:
        refused = [each for each in api.world.violations if "message to edit not found" in each]
        assert refused
        api.world.violations[:] = [each for each in api.world.violations if each not in refused]


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


def test_an_update_that_telegram_sends_again_is_answered_once(
    api: FakeBotApi, bot: BotProcess, collection: Collection
) -> None:
    crowd = Crowd(api, collection[1][:10], 5)
    api.fail_next("getUpdates", "lost_response", times=2)
    with api.world.changed:
        crowd.ask()
        again = list(api.world.updates)
    crowd.wait_for_answers(timeout=90)
    with api.world.changed:
        api.world.updates += again
        api.world.on_update()
    api.wait_until_acknowledged()
    new_chat(api).ask("/help")
    assert_each_is_answered_once(crowd)


def test_a_second_poller_is_told_of_once_and_questions_are_answered_all_the_same(
    api: FakeBotApi, bot: BotProcess, collection: Collection
) -> None:
    crowd = Crowd(api, collection[1][:20], 10)
    api.poll_as_a_rival()
    api.fail_next("getUpdates", "conflict", times=2)
    crowd.ask()
    crowd.wait_for_answers(timeout=90)
    assert_each_is_answered_once(crowd)
    assert lines_with(bot, "WARNING .*Conflict") == 1
    bot.wait_for_line("Telegram can be used again")


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
