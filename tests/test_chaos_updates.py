"""Whatever Telegram sends: the bot goes on, answers what is asked of it, and writes nothing of it into its log."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bot_process import ADMIN, BotProcess, fast_bot, new_chat
from conftest import Chaos
from crowd import rare_data
from fake_bot_api import Chat, FakeBotApi
from fake_bot_objects import CallbackQuery, InlineQuery, Message
from generated_updates import CANARY, Generated, Updates

_BATCH = 500
NO_LIMITS = {"GROUP_QUESTIONS_PER_MINUTE": "0", "LOG_LEVEL": "debug"}


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi(can_read_all_group_messages=True) as server:
        yield server


@pytest.fixture
def bot(api: FakeBotApi, tmp_path: Path) -> Iterator[BotProcess]:
    """A bot without limits that says all it ever says, and tells its admin of errors."""
    data, _ = rare_data(tmp_path, 5)
    with fast_bot(api, data, **NO_LIMITS) as process:
        process.wait_for_line("Ready")
        yield process
    assert "Traceback" not in process.output and CANARY not in process.output


@pytest.fixture
def admin(api: FakeBotApi, bot: BotProcess) -> Chat:
    chat = api.private_chat(ADMIN, language_code="en")
    chat.ask("/start")
    return chat


class Sent:
    """Generated updates on their way, and what the bot did about each that asks something."""

    def __init__(self, api: FakeBotApi) -> None:
        self._api = api
        self._asking: dict[int, Generated] = {}

    def send(self, number: int, generated: Generated) -> None:
        """In a private chat and a group of its own; what it presses and queries is known to the server."""
        world = self._api.world
        with world.changed:
            self._api.private_chat(5_000_000 + number).state.opened = True
            self._api.group_chat(-1_005_000_000_000 - number)
            for kind in ("callback_query", "inline_query"):
                held = generated.body.get(kind)
                if isinstance(held, dict) and isinstance(held.get("id"), str):
                    self._know(kind, held["id"], 5_000_000 + number)
            world.inject(generated.body)
            if generated.asks:
                self._asking[number] = generated

    def dropped(self) -> list[Generated]:
        """Those that ask something, and got nothing yet: no message, no edit, no answer to press or query."""
        world = self._api.world
        with world.changed:
            answered = {each.chat_id for each in world.deliveries}
            answered_queries = {
                key
                for known in (world.callbacks, world.inline_queries)
                for key, each in known.items()
                if each.answer
            }
            return [
                each
                for each in self._asking.values()
                if each.where not in answered and each.query not in answered_queries
            ]

    def wait(self, *, timeout: float) -> None:
        """Until nothing is dropped; returns after `timeout` seconds if something is."""
        with contextlib.suppress(TimeoutError):
            self._api.wait_until(lambda: not self.dropped(), timeout=timeout, what="reactions")

    def _know(self, kind: str, which: str, chat: int) -> None:
        world = self._api.world
        if kind == "inline_query":
            world.inline_queries[which] = InlineQuery(which, "")
        else:
            pressed = Message(chat, 1, world.bot, [])
            world.callbacks[which] = CallbackQuery(which, pressed, "")


def test_generated_updates_end_nothing_and_none_that_asks_is_dropped(
    api: FakeBotApi, bot: BotProcess, admin: Chat, chaos: Chaos
) -> None:
    updates, sent = Updates(chaos.random("updates")), Sent(api)
    for number in range(chaos.rounds(300, 10_000)):
        sent.send(number, updates.make(number))
        if number % _BATCH == _BATCH - 1:
            api.wait_until_acknowledged(timeout=120)
    sent.wait(timeout=chaos.rounds(20, 120))
    dropped = sent.dropped()
    assert not dropped, (Counter(each.asks for each in dropped), json.dumps(dropped[0].body))
    assert bot.process.poll() is None
    assert new_chat(api, "en").ask("/help").text
    assert not any(CANARY in message.text for message in admin.messages)
    assert "could not be handled" not in bot.output


STRANGE_NUMBERS: list[dict[str, Any]] = [
    {"update_id": None}, {"update_id": "abc"}, {"update_id": -5}, {"update_id": 0}, {"update_id": 1.5},
    {"update_id": 2**70}, {"update_id": [1]}, {"update_id": True},
]  # fmt: skip


def test_what_has_no_number_costs_no_other(api: FakeBotApi, bot: BotProcess) -> None:
    """Elements that are no objects, and numbers that are none, between questions."""
    chats = [new_chat(api, "en") for _ in range(len(STRANGE_NUMBERS) + 4)]
    with api.world.changed:
        for chat, strange in zip(chats, STRANGE_NUMBERS, strict=False):
            api.world.inject({"poll": {"question": CANARY}}, **strange)
            chat.send(f"/help {CANARY}")
        for chat, element in zip(
            chats[len(STRANGE_NUMBERS) :], [None, 5, "x" + CANARY, [CANARY]], strict=True
        ):
            api.world.inject(element)
            chat.send("/help")
    for chat in chats:
        assert chat.wait_for_message(timeout=40).text


def test_numbers_may_come_in_any_order_far_apart_and_again(api: FakeBotApi, bot: BotProcess) -> None:
    chats = [new_chat(api, "en") for _ in range(6)]
    with api.world.changed:
        for chat in chats[:4]:
            chat.send("/help")
        api.world.updates.reverse()
        api.world.updates.append(dict(api.world.updates[0]))
    for chat in chats[:4]:
        assert chat.wait_for_message().text
    with api.world.changed:
        chats[4].send("/help")
        api.world.updates[-1]["update_id"] = 2**40
    assert chats[4].wait_for_message().text
    api.wait_until_acknowledged()
    assert chats[5].ask("/help", timeout=40).text
    assert [len(chat.messages) for chat in chats] == [1] * 6
