"""The real bot process ends while many questions are on their way, and is started again: none is lost or doubled.

One window is open by design: a reply that was being handed to the network when the process was killed may or may not
have arrived, and is not sent again. The bot names these at its next start, and here they are counted apart.
"""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from bot_fixtures import rare_collection
from bot_process import BotProcess, fast_bot
from conftest import Chaos
from crowd import Collection, Crowd
from fake_bot_api import FakeBotApi

MOST = 1000
"""So many questions are asked in `make chaos`."""
STARTING_S = 1.5
SHARE_OF_STARTS = 0.3
"""A start takes about so long, and so many of the kills hit it."""
UNCERTAIN = re.compile(r"(\d+) updates .*may have their reply.*\(([\d, ]*)(…?)\)")
MOST_CAUGHT = 1 / 3
"""Between the note that a reply goes out and its first byte lie milliseconds, which few of the kills can hit."""
GIVEN_UP = "are given up"

collection = rare_collection(MOST)


@pytest.fixture
def chance(chaos: Chaos, request: pytest.FixtureRequest) -> random.Random:
    """Decides on the moments."""
    return chaos.random(request.node.name)


class Uncertain:
    """The updates that the bot said may have been answered, and were not answered again."""

    def __init__(self) -> None:
        self.count = 0
        self.named: set[int] = set()
        self.all_named = True

    def read(self, output: str) -> None:
        for count, numbers, more in UNCERTAIN.findall(output):
            self.count += int(count)
            self.named |= {int(number) for number in numbers.split(",") if number.strip()}
            self.all_named &= not more

    def explains(self, lost: set[int | None]) -> bool:
        return len(lost) <= self.count and (lost <= self.named or not self.all_named)


def wait_for_a_moment_of_the_start(chance: random.Random) -> None:
    time.sleep(chance.uniform(0, STARTING_S))


def wait_for_some_answers(api: FakeBotApi, crowd: Crowd, chance: random.Random, bot: BotProcess) -> None:
    """Returns when up to twenty more questions have an answer, or a little later."""
    enough = len(api.deliveries) + chance.randint(1, max(1, min(20, len(crowd.unanswered()))))
    deadline = time.monotonic() + 20
    while len(api.deliveries) < enough and time.monotonic() < deadline:
        assert bot.process.poll() is None, bot.output
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.05))


def test_none_is_lost_and_none_doubled_by_kills(
    chaos: Chaos, api: FakeBotApi, collection: Collection, data: Path, chance: random.Random
) -> None:
    kills, questions = chaos.rounds(9, 30), chaos.rounds(200, MOST)
    crowd, uncertain = Crowd(api, collection[1][:questions], questions // 10), Uncertain()
    for _ in range(kills):
        with fast_bot(api, data) as bot:
            crowd.ask(questions // kills)
            if chance.random() < SHARE_OF_STARTS:
                wait_for_a_moment_of_the_start(chance)
            else:
                wait_for_some_answers(api, crowd, chance, bot)
            bot.kill()
            uncertain.read(bot.output)
            assert "Traceback" not in bot.output and GIVEN_UP not in bot.output
    with fast_bot(api, data) as bot:
        crowd.ask()
        bot.wait_for_line("Ready", timeout=60)
        crowd.wait_until_done(data)
    uncertain.read(bot.output)
    print(f"{len(crowd.lost)} of {uncertain.count} uncertain replies had not arrived")
    assert crowd.doubled == set() and crowd.mistaken == []
    assert uncertain.explains(crowd.lost), (crowd.lost, uncertain.named)
    assert len(crowd.lost) <= kills * MOST_CAUGHT
    assert crowd.out_of_order == set()
    assert api.pending_updates == 0


def test_none_is_lost_and_none_doubled_by_orderly_restarts_amid_a_burst(
    chaos: Chaos, api: FakeBotApi, collection: Collection, data: Path, chance: random.Random
) -> None:
    questions = chaos.rounds(200, 500)
    crowd = Crowd(api, collection[1][:questions], questions // 5)
    for _ in range(3):
        with fast_bot(api, data) as bot:
            crowd.ask(questions * 3 // 10)
            wait_for_some_answers(api, crowd, chance, bot)
            assert bot.stop() == 0
            assert "Traceback" not in bot.output and not UNCERTAIN.search(bot.output)
    with fast_bot(api, data) as bot:
        crowd.ask()
        crowd.wait_for_answers(timeout=60)
    assert (crowd.lost, crowd.doubled, crowd.mistaken, crowd.out_of_order) == (set(), set(), [], set())
    assert api.pending_updates == 0
