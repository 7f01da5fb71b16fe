"""The real bot process before a crowd of the fake Bot API's, for benchmarks/speed.py, which names the tests' folder."""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path

import numpy as np
from bot_process import REPOSITORY, SEEDS, BotProcess, new_chat
from fake_bot_api import Chat, FakeBotApi
from fake_bot_deliveries import Delivery

QUESTIONS = REPOSITORY / "tests" / "data"
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Capacity:
    """Answers a second, the 95th percentile of their times in seconds, and questions that got none."""

    rate: float
    p95: float
    lost: int


def capacity(answers: int, chats: int, messages_per_second: str) -> Capacity:
    """`chats` people ask at once, each again when answered, until there were `answers`; over the seeds."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        state = shutil.ignore_patterns("cache", "bench", "state*", "*.log")
        shutil.copytree(REPOSITORY / "data", data, ignore=state)
        limits = {"MESSAGES_PER_SECOND": messages_per_second, "QUESTIONS_PER_MINUTE": "0"}
        with FakeBotApi() as api, BotProcess(api, data, SEEDS, **limits) as bot:
            bot.wait_for_line("Ready", timeout=PATIENCE_S)
            _Crowd(api, [new_chat(api) for _ in range(chats)]).ask(2 * chats)  # what is slow once is over
            return _Crowd(api, [new_chat(api) for _ in range(chats)]).ask(answers)


def questions() -> Iterator[str]:
    """Those of the seeds, round and round, each time worded anew so that none is remembered."""
    rows = [
        json.loads(line)["question"]
        for name in ("seeds_questions", "seeds_questions_2")
        for line in (QUESTIONS / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    for round_ in count():
        for question in rows:
            yield f"{question} ({round_})" if round_ else question


@dataclass
class _Crowd:
    api: FakeBotApi
    chats: list[Chat]
    _open: dict[tuple[int, int], float] = field(default_factory=dict)

    def ask(self, answers: int) -> Capacity:
        asked, times, seen = questions(), [], len(self.api.deliveries)
        by_id = {chat.id: chat for chat in self.chats}
        started, left = time.monotonic(), answers
        for chat in self.chats:
            self._ask(chat, next(asked))
            left -= 1
        while self._open and time.monotonic() - started < PATIENCE_S:
            for delivery in self._news(seen):
                seen += 1
                if (sent := self._open.pop(delivery.question, None)) is not None:
                    times.append(time.monotonic() - sent)
                    if left > 0:
                        self._ask(by_id[delivery.chat_id], next(asked))
                        left -= 1
        return Capacity(
            len(times) / (time.monotonic() - started), float(np.percentile(times, 95)), len(self._open)
        )

    def _news(self, seen: int) -> list[Delivery]:
        """What was sent after the first so many; it waits without taking processor time from the bot."""
        world = self.api.world
        with world.changed:
            world.changed.wait_for(lambda: len(world.deliveries) > seen, timeout=1.0)
            return world.deliveries[seen:]

    def _ask(self, chat: Chat, question: str) -> None:
        self._open[chat.id, chat.send(question).message_id] = time.monotonic()


if __name__ == "__main__":
    print(json.dumps(asdict(capacity(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))))
