"""What goes wrong around many questions, each in the right place: repeated, dropped in quiet, told once in the log."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from bot_fixtures import fake_api, rare_collection, shared_bot, shared_data
from bot_process import BotProcess, new_chat
from crowd import Collection, Crowd
from fake_bot_api import FakeBotApi
from test_bot_faults_alone import assert_each_is_answered_once, assert_edit_was_refused, lines_with

FAILURE = r"ERROR bot\.[\w.]+: An update could not be answered"


# That there were two pollers is not the bot's fault here.
api = fake_api("module", forgiven=("Conflict",))
collection = rare_collection(60)
data = shared_data()
running = shared_bot(name="running")


@pytest.fixture
def bot(api: FakeBotApi, running: BotProcess) -> Iterator[BotProcess]:
    """One bot that listens; after each test no fault is left, and it has written no traceback."""
    running.begin_test()
    yield running
    assert "Traceback" not in running.output and api.faults_left == 0


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
    crowd.wait_until_done(bot.data_dir)
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
