"""Updates on their way in: taken down as they came, read one by one, known when they come again."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from telegram import Bot

from bot.on_telegram.updates.inbox import Inbox
from bot.state.state import State

pytest_plugins = ("postgres_server",)

PERSON = {"id": 7, "is_bot": False, "first_name": "An"}
CHAT = {"id": 7, "type": "private", "first_name": "An"}
POLL = {"id": "1", "question": "canary", "options": [], "total_voter_count": 0}
"""As older servers send it: without what newer ones always have."""


class AsBot:
    """What updates ask of the bot that they came to."""

    id, token, username, base_url = 1, "1:x", "trichdan_bot", "http://127.0.0.1/bot1:x"


BOT = cast(Bot, AsBot())


def asked(number: int, text: str = "Ai?", **fields: Any) -> dict[str, Any]:
    message = {"message_id": number, "date": 1_700_000_000, "chat": CHAT, "from": PERSON, "text": text}
    return {"update_id": number, "message": message | fields}


async def taken(inbox: Inbox, *bodies: dict[str, Any]) -> list[int]:
    return [update.update_id for update in await inbox.take(bodies, BOT)]


@pytest.mark.asyncio
async def test_one_that_cannot_be_read_is_named_by_number_and_kind_and_costs_no_other(
    state: State, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    broken = {"update_id": 12, "message": {"text": "canary"}}
    inbox = Inbox(state.journal)
    assert await taken(inbox, asked(10), {"update_id": 11, "poll": POLL}, broken, asked(13)) == [10, 13]
    assert "Update 11 (poll)" in caplog.text and "Update 12 (message)" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.asyncio
async def test_what_comes_again_is_known_in_one_batch_and_in_the_next(state: State) -> None:
    inbox = Inbox(state.journal)
    assert await taken(inbox, asked(12), asked(11), asked(12)) == [12, 11]
    again = json.loads(json.dumps(dict(reversed(asked(11).items()))))
    assert await taken(inbox, again, asked(13)) == [13]


@pytest.mark.asyncio
async def test_what_is_taken_down_is_the_update_as_it_came(state: State) -> None:
    inbox = Inbox(state.journal)
    await taken(inbox)
    await taken(inbox, asked(21, of_tomorrow={"x": [1]}, poll=POLL))
    later = Inbox(state.journal)
    (left,) = await later.take([], BOT)
    assert left.message is not None and left.message.text == "Ai?"
    assert later.hand_over(21).resumed


@pytest.mark.asyncio
async def test_what_was_left_is_taken_up_when_the_state_may_be_used_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Meanwhile what comes is answered without being noted, and what Telegram sends again is answered once."""
    file = tmp_path / "state.db"
    state = await State.open(file)
    try:
        before = Inbox(state.journal)
        await taken(before)
        await taken(before, asked(31), asked(32))
        inbox = Inbox(state.journal)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert await taken(inbox) == []
            assert await taken(inbox, asked(32), asked(33)) == [32, 33]
            other.execute("ROLLBACK")
        assert await taken(inbox) == [31]
        assert await taken(inbox, asked(34)) == [34]
        assert "2 updates are answered without having been noted" in caplog.text
    finally:
        await state.close()
