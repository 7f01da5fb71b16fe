"""A bot whose state another program holds, or has spoilt, while people ask: they are answered all the same."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bot_fixtures import fake_api, rare_collection, shared_bot, shared_data
from bot_process import BotProcess, new_chat
from fake_bot_api import Chat, FakeBotApi
from rare_words import Rare

from bot.state.db.database import Database
from bot.state.db.errors import StateLocked
from bot.state.db.opening import open_database
from bot.texts import load_texts

EN = load_texts("en")
Collection = tuple[Path, list[Rare]]


api = fake_api("module")
collection = rare_collection(12)
data = shared_data()
bot = shared_bot()


@pytest.fixture
def chat(api: FakeBotApi) -> Chat:
    return new_chat(api, "en")


@pytest.fixture
def held(bot: BotProcess) -> Iterator[sqlite3.Connection]:
    """Nobody else may write until the test is over."""
    with closing(sqlite3.connect(bot.data_dir / "state.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        other.execute("ROLLBACK")


def test_questions_commands_presses_and_edits_are_answered(
    bot: BotProcess, chat: Chat, collection: Collection, held: sqlite3.Connection
) -> None:
    for rare in collection[1][:6]:
        assert rare.word in chat.ask(rare.question).text
    for command in ("/help", "/about", "/start", "/language"):
        assert chat.ask(command).text
    lines = bot.wait_for_line("ERROR .*database is locked.*end the other program")
    assert lines and not any(rare.word in bot.output for rare in collection[1])


def test_a_press_that_cannot_be_kept_is_told_so(bot: BotProcess, chat: Chat, collection: Collection) -> None:
    reply = chat.ask(collection[1][0].question)
    press = next(button["callback_data"] for button in reply.buttons if button["text"] == "👍")
    with closing(sqlite3.connect(bot.data_dir / "state.db", isolation_level=None)) as other:
        while not other.execute("SELECT 1 FROM answers WHERE chat_id = ?", [chat.id]).fetchone():
            time.sleep(0.02)
        other.execute("BEGIN IMMEDIATE")
        said = chat.wait_for_answer(chat.press(reply, press))
        assert said["text"] == EN("failed")
        other.execute("ROLLBACK")
    assert collection[1][1].word in chat.ask(collection[1][1].question).text


async def patience_of(database: Database) -> int:
    """How many milliseconds the next write would wait for another program."""
    async with database.write() as connection:
        return int((await connection.exec_driver_sql("PRAGMA busy_timeout")).scalar_one())


@pytest.mark.asyncio
async def test_one_write_waits_for_all(tmp_path: Path) -> None:
    """Those behind it ask with hardly any patience, until one gets through."""
    database = await open_database(tmp_path / "state.db")
    try:
        assert await patience_of(database) == 2000
        with closing(sqlite3.connect(tmp_path / "state.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StateLocked):
                async with database.write():
                    pass
            other.execute("ROLLBACK")
        assert await patience_of(database) == 50
        assert await patience_of(database) == 2000
    finally:
        await database.close()
