"""The bot over a long time, with a twentieth of its calls failing: memory, files, threads and what waits do not grow
with what was asked. `make soak` is the long part: 100,000 questions."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from bot_fixtures import rare_collection
from bot_process import BotProcess, fast_bot
from conftest import Chaos
from crowd import Collection, Crowd
from fake_bot_api import FakeBotApi

A_ROUND = 250
CHATS = 25
GROWTH = 0.05
FEW_MB = 4.0
"""Of a small process 5 % is less than what a garbage collector leaves lying about."""

collection = rare_collection(A_ROUND)


class Standing(NamedTuple):
    """What the answering process holds: memory in MB, open files, threads; and updates that are not done."""

    memory_mb: float
    files: int
    threads: int
    waiting: int


def standing(bot: BotProcess, data: Path) -> Standing:
    process = Path(f"/proc/{bot.child}")
    lines = (process / "status").read_text().splitlines()
    told = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    with closing(sqlite3.connect(f"file:{data / 'state.db'}?mode=ro", uri=True)) as state:
        (waiting,) = state.execute("SELECT count(*) FROM updates WHERE stage != 'done'").fetchone()
    memory = int(told["VmRSS"].split()[0]) / 1024
    return Standing(memory, len([*(process / "fd").iterdir()]), int(told["Threads"]), waiting)


def test_nothing_grows_with_what_was_asked(
    chaos: Chaos, api: FakeBotApi, collection: Collection, data: Path
) -> None:
    rounds, chance = chaos.rounds(5, 400), chaos.random("soak")
    told: list[Standing] = []
    with fast_bot(api, data) as bot:
        api.wait_until_polled()
        for _ in range(rounds):
            api.fail_next("sendMessage", "flood", times=chance.randint(1, A_ROUND // 25))
            api.fail_next("sendMessage", "bad_gateway", times=chance.randint(1, A_ROUND // 25))
            api.fail_next("getUpdates", "drop")
            crowd = Crowd(api, collection[1], CHATS)
            crowd.ask()
            crowd.wait_for_answers(timeout=120)
            assert (crowd.lost, crowd.doubled, crowd.mistaken) == (set(), set(), [])
            time.sleep(0.5)
            told.append(standing(bot, data))
            print(told[-1])
        assert "Traceback" not in bot.output
    settled, last = told[1], told[-1]  # the first round fills caches
    assert last.memory_mb < settled.memory_mb * (1 + GROWTH) + FEW_MB, told
    assert last.files <= settled.files + 4 and last.threads <= settled.threads + 2, told
    assert last.waiting == 0
