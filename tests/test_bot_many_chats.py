"""A thousand questions from a hundred chats at once: none lost, none doubled, in order; no chat waits for another."""

from __future__ import annotations

from pathlib import Path

from bot_fixtures import rare_collection
from bot_process import fast_bot
from crowd import Collection, Crowd
from fake_bot_api import FakeBotApi

CHATS, EACH = 100, 10

collection = rare_collection(CHATS * EACH)


def assert_all_is_well(crowd: Crowd) -> None:
    assert (crowd.lost, crowd.doubled, crowd.mistaken, crowd.out_of_order) == (set(), set(), [], set())


def test_a_thousand_questions_at_once_are_each_answered_once_and_in_order(
    api: FakeBotApi, collection: Collection, data: Path
) -> None:
    crowd = Crowd(api, collection[1], CHATS)
    with fast_bot(api, data) as bot:
        api.wait_until_polled()
        crowd.ask()
        crowd.wait_for_answers(timeout=120)
    assert_all_is_well(crowd)
    assert api.pending_updates == 0
    assert "Traceback" not in bot.output


def test_other_chats_are_answered_while_a_reply_to_one_is_held_up(
    api: FakeBotApi, collection: Collection, data: Path
) -> None:
    crowd = Crowd(api, collection[1][:100], 20)
    held, *others = crowd.chats
    with fast_bot(api, data) as bot:
        api.wait_until_polled()
        with api.hold(held):
            crowd.ask()
            crowd.wait_for_answers(timeout=18, chats=others)
            assert crowd.unanswered(others) == set()
            assert held.messages == []
        crowd.wait_for_answers(timeout=60)
    assert_all_is_well(crowd)
    assert "Traceback" not in bot.output
