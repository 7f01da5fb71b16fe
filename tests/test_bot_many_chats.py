"""A thousand questions from a hundred chats at once: none lost, none doubled, in order; no chat waits for another."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_process import fast_bot
from crowd import Crowd, rare_data
from fake_bot_api import FakeBotApi
from rare_words import Rare

CHATS, EACH = 100, 10
Collection = tuple[Path, list[Rare]]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """A data directory with an article for each question."""
    return rare_data(tmp_path_factory.mktemp("many-chats"), CHATS * EACH)


@pytest.fixture
def data(collection: Collection, tmp_path: Path) -> Path:
    return Path(shutil.copytree(collection[0], tmp_path / "data"))


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi() as server:
        yield server
        assert server.violations == []


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
