"""Many people who ask at once, and the account of who got what."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, closing, nullcontext
from pathlib import Path
from typing import TypeVar

from bot_process import new_chat
from fake_bot_api import Chat, FakeBotApi
from fake_bot_deliveries import Delivery
from rare_words import Rare, write_collection

from bot.bootstrap import build
from bot.conversation.examples import Examples
from bot.state.state import State
from config.settings import Settings
from retrieval.embedding.loading import LazyEmbedder
from retrieval.indexing.run import reindex

Result = TypeVar("Result")
Key = tuple[int, int]
"""A question: chat and message id."""
Collection = tuple[Path, list[Rare]]
"""A data directory, and what to ask of what it serves."""


def rare_data(folder: Path, count: int) -> Collection:
    """A data directory that serves a generated collection, and what to ask of it."""
    asked = write_collection(folder / "collection", count)
    return words_data(folder / "data", folder / "collection"), asked


def words_data(folder: Path, source: Path) -> Path:
    """A data directory that serves `source` with the model of words only, and where a bot has a state already."""
    reindex([source], folder, LazyEmbedder.of("hashed-words", folder / "models"))
    make_state(folder)
    return folder


def make_state(folder: Path) -> None:
    """An empty state, so that a bot need not make the tables."""

    async def make() -> None:
        await (await State.open(folder / "state.db")).close()

    asyncio.run(make())


def make_examples(folder: Path) -> None:
    """The example questions of what the bundled model serves, so that no bot makes them while it is asked others."""

    class AtOnce:
        def work(self) -> AbstractAsyncContextManager[None]:
            return nullcontext()

        async def compute(self, work: Callable[[], Result]) -> Result:
            return work()

    services = build(Settings(data_dir=folder))
    examples = Examples.of(services.serving, services.settings)
    asyncio.run(examples.make(services.serving.retriever(), AtOnce()))


_A_MOMENT_S = 2.0


def _at_hand(data_dir: Path) -> int:
    """How many updates the bot has not done with."""
    with closing(sqlite3.connect(f"file:{data_dir / 'state.db'}?mode=ro", uri=True)) as state:
        return int(state.execute("SELECT count(*) FROM updates WHERE stage != 'done'").fetchone()[0])


class Crowd:
    """Chats that share out `questions` evenly and ask them."""

    def __init__(self, api: FakeBotApi, questions: Sequence[Rare], chats: int) -> None:
        self._api = api
        self.chats = [new_chat(api) for _ in range(chats)]
        self._plan = [(self.chats[number % chats], rare) for number, rare in enumerate(questions)]
        self._asked: dict[Key, tuple[Rare, int | None]] = {}

    def ask(self, count: int | None = None) -> None:
        """The next `count` questions at once, else all that are left."""
        now = self._plan[:count]
        del self._plan[: len(now)]
        for chat, rare in now:
            sent = chat.send(rare.question)
            self._asked[chat.id, sent.message_id] = rare, sent.update_id

    @property
    def answers(self) -> list[Delivery]:
        """What the bot has sent so far that holds an excerpt, in order."""
        return [each for each in self._api.deliveries if each.quotes and each.question in self._asked]

    def unanswered(self, chats: Sequence[Chat] | None = None) -> set[Key]:
        """The questions of `chats`, else all, that have no answer yet."""
        ids = {chat.id for chat in (self.chats if chats is None else chats)}
        return {key for key in self._asked if key[0] in ids} - {each.question for each in self.answers}

    def wait_for_answers(self, *, timeout: float, chats: Sequence[Chat] | None = None) -> None:
        """Until each question of `chats`, else all, has an answer; returns after `timeout` seconds without."""
        deadline = time.monotonic() + timeout
        while self.unanswered(chats) and time.monotonic() < deadline:
            time.sleep(0.05)

    def wait_until_done(self, data_dir: Path, *, timeout: float = 60.0) -> None:
        """Until all are answered, or the bot has fetched and noted as done all that was asked; then a moment more."""
        deadline = time.monotonic() + timeout
        while self.unanswered() and time.monotonic() < deadline:
            if not self._api.pending_updates and not _at_hand(data_dir):
                self.wait_for_answers(timeout=_A_MOMENT_S)
                return
            time.sleep(0.05)

    @property
    def lost(self) -> set[int | None]:
        """The updates whose question has no answer."""
        return {self._asked[key][1] for key in self.unanswered()}

    @property
    def doubled(self) -> set[int | None]:
        """The updates whose question has several answers."""
        counts = Counter(each.question for each in self.answers)
        return {self._asked[key][1] for key, count in counts.items() if count > 1}

    @property
    def mistaken(self) -> list[Delivery]:
        """The answers whose first excerpt does not hold the word that was asked for."""
        return [each for each in self.answers if self._asked[each.question][0].word not in each.quotes[0]]

    @property
    def out_of_order(self) -> set[int]:
        """The chats whose answers came in another order than their questions."""
        orders: dict[int, list[int]] = {}
        for each in self.answers:
            orders.setdefault(each.chat_id, []).append(each.question_id)
        return {chat_id for chat_id, order in orders.items() if order != sorted(order)}
