"""What admins did, what a document is wanted for, what readers say against a refusal; and the tables of before."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config
from asked_questions import GOLD, TRADE
from sqlalchemy import Connection, inspect, text

from bot.state.admin_log import KEPT, Action, Admin
from bot.state.answers import Kept
from bot.state.db import migrating
from bot.state.db.opening import open_database
from bot.state.state import State
from bot.state.wanted import WAITS

if TYPE_CHECKING:
    from postgres_server import Clock

pytest_plugins = ("postgres_server",)
pytestmark = pytest.mark.asyncio

WEEK = timedelta(days=7)
LAN = Admin(1, "Lan")


async def test_what_admins_did_is_told_the_latest_first(state: State, clock: "Clock") -> None:
    for action in Action:
        await state.admin_log.note(action, f"“{action}”", LAN)
        clock.move(timedelta(minutes=1))
    first, second = await state.admin_log.page(0, 2)
    assert (first.action, first.subject, first.name) == (Action.REVOKED, "“revoked”", "Lan")
    assert second.at < first.at < clock.now
    assert await state.admin_log.count() == len(Action)
    assert [each.action for each in await state.admin_log.page(6, 9)] == [Action.ADDED]


async def test_it_is_kept_for_a_year(state: State, clock: "Clock") -> None:
    await state.admin_log.note(Action.ADDED, "old", LAN)
    clock.move(KEPT - timedelta(hours=1))
    await state.admin_log.note(Action.ADDED, "new", LAN)
    await state.purge()
    assert await state.admin_log.count() == 2
    clock.move(timedelta(hours=2))
    await state.purge()
    assert [each.subject for each in await state.admin_log.page(0, 9)] == ["new"]


async def test_what_a_forgotten_admin_did_stays_without_their_name(state: State) -> None:
    await state.admin_log.note(Action.ADDED, "a", LAN)
    await state.admin_log.note(Action.ADDED, "b", Admin(2, "Minh"))
    assert await state.forget(1) == 1
    assert [(each.subject, each.name) for each in await state.admin_log.page(0, 9)] == [
        ("b", "Minh"),
        ("a", ""),
    ]


async def test_a_document_answers_the_question_that_was_chosen_last_and_once(
    state: State, clock: "Clock"
) -> None:
    await state.wanted.want(1, "A?")
    await state.wanted.want(1, "B?")
    await state.wanted.want(2, "C?")
    assert (await state.wanted.take(1), await state.wanted.take(1)) == ("B?", None)
    clock.move(WAITS)
    assert await state.wanted.take(2) is None


async def test_follow_ups_of_the_same_words_are_told_apart_by_what_was_searched(state: State) -> None:
    for searched in ("Khi nào ông Putin thăm Việt Nam?", "Khi nào ký hiệp định?", "Khi nào ký hiệp định?"):
        await state.questions.add(replace(GOLD, question="Khi nào?", searched=searched))
    first, second = await state.questions.unanswered(WEEK, 10)
    assert (first.question, first.meaning, first.times) == ("Khi nào?", "Khi nào ký hiệp định?", 2)
    assert (second.meaning, second.times) == ("Khi nào ông Putin thăm Việt Nam?", 1)


async def test_people_who_say_that_the_articles_answer_are_counted_once_each(state: State) -> None:
    for question in (GOLD, replace(GOLD, user_id=2), TRADE):
        kept = Kept(chat_id=1, user_id=1, asked_in=1, question="", searched="", language="vi", generation="")
        answer = await state.answers.keep(kept)
        await state.questions.add(replace(question, answer_id=answer))
        for user_id in (5, 6):
            await state.feedback.vote(answer, user_id, up=False)
        await state.feedback.vote(answer, 7, up=True)
    (gap,) = await state.questions.unanswered(WEEK, 10)
    assert (gap.question, gap.times, gap.disputed) == (GOLD.question, 2, 2)


async def test_a_state_of_the_schema_before_is_brought_up_to_date_with_what_it_holds(where: str) -> None:
    database = await open_database(where)
    try:
        async with database.write() as connection:
            await connection.run_sync(_as_of_0002)
    finally:
        await database.close()
    state = await State.open(where)
    try:
        (gap,) = await state.questions.unanswered(timedelta(days=40_000), 10)
        assert (gap.question, gap.searched, gap.disputed) == ("Giá vàng?", None, 0)
        await state.admin_log.note(Action.ADDED, "a", LAN)
        assert await state.admin_log.count() == 1
        await state.questions.add(replace(GOLD, searched="Khác?", answer_id="abc"))
    finally:
        await state.close()


def _as_of_0002(connection: Connection) -> None:
    """The tables as the program before had them, with a question in them."""
    for table in inspect(connection).get_table_names():
        connection.execute(text(f"DROP TABLE {table}"))
    config = Config(attributes={"connection": connection})
    folder = str(migrating.__file__).replace("migrating.py", "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    command.upgrade(config, "0002")
    assert "admin_log" not in inspect(connection).get_table_names()
    assert "searched" not in {column["name"] for column in inspect(connection).get_columns("questions")}
    connection.execute(
        text(
            "INSERT INTO questions (question, language, unaccented, answered, confidence, elapsed_ms,"
            " chat_kind, at) VALUES ('Giá vàng?', 'vi', false, false, 0.1, 2.0, 'private', 1)"
        )
    )
