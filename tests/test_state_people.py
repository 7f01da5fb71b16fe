"""What is kept of a person: preferences, answers, conversation, votes; and that all of it can be forgotten."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from asked_questions import GOLD

from bot.state.answers import Kept
from bot.state.conversations import Talk
from bot.state.db.opening import open_database
from bot.state.feedback import Votes
from bot.state.journal import Arrival
from bot.state.state import State

if TYPE_CHECKING:
    from postgres_server import Clock

pytest_plugins = ("postgres_server",)
pytestmark = pytest.mark.asyncio

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONG = timedelta(days=5000)
KEPT = Kept(
    chat_id=-1001234567890,
    user_id=7_000_000_000,
    asked_in=11,
    question="Còn năm 2021?",
    searched="Kim ngạch thương mại? Còn năm 2021?",
    language="vi",
    generation="0001",
    options={"order": "newest", "page": 2, "passages": ["a#1", "b#0"]},
)


async def test_a_language_is_set_changed_and_made_automatic_again(state: State) -> None:
    assert await state.preferences.language(1) is None
    await state.preferences.set_language(1, "vi")
    await state.preferences.set_language(2, "en")
    await state.preferences.set_language(1, "ru")
    assert await state.preferences.language(1) == "ru"
    await state.preferences.set_language(1, None)
    assert await state.preferences.language(1) is None
    await state.preferences.forget(2)
    assert await state.preferences.language(2) is None


async def test_an_answer_is_found_by_an_id_that_fits_a_button(state: State) -> None:
    ids = [await state.answers.keep(KEPT) for _ in range(20)]
    assert len(set(ids)) == 20
    assert all(re.fullmatch("[a-z2-7]{1,12}", each) for each in ids)
    assert await state.answers.get(ids[0]) == KEPT
    assert await state.answers.get("unknown") is None


async def test_an_answer_changes_field_by_field(state: State) -> None:
    answer = await state.answers.keep(KEPT)
    other = await state.answers.keep(KEPT)
    assert await state.answers.update(answer, replied_in=(12, 13), generation="0002")
    assert await state.answers.update(answer, options={"page": 3})
    changed = replace(KEPT, replied_in=(12, 13), generation="0002", options={"page": 3})
    assert await state.answers.get(answer) == changed
    assert await state.answers.get(other) == KEPT
    assert not await state.answers.update("unknown", generation="0002")


async def test_an_answer_without_a_person_is_kept(state: State) -> None:
    channel = replace(KEPT, user_id=None)
    assert await state.answers.get(await state.answers.keep(channel)) == channel


async def test_the_latest_answer_to_a_message_is_found(state: State, clock: "Clock") -> None:
    await state.answers.keep(KEPT)
    clock.move(HOUR)
    latest = await state.answers.keep(KEPT)
    await state.answers.keep(replace(KEPT, chat_id=1))
    assert await state.answers.to_message(KEPT.chat_id, KEPT.asked_in) == latest
    assert await state.answers.to_message(KEPT.chat_id, 404) is None


async def test_old_answers_are_purged(state: State, clock: "Clock") -> None:
    old = await state.answers.keep(KEPT)
    clock.move(HOUR)
    new = await state.answers.keep(KEPT)
    assert await state.answers.purge(HOUR) == 1
    assert await state.answers.get(old) is None
    assert await state.answers.get(new) == KEPT


async def test_what_each_person_talks_about_in_each_chat_and_topic_is_remembered(state: State) -> None:
    conversations, here = state.conversations, Talk(1, 5)
    await conversations.remember(here, {"question": "một"})
    await conversations.remember(here, {"question": "hai"})
    await conversations.remember(Talk(1, 6), {"question": "ba"})
    await conversations.remember(Talk(1, 5, thread_id=9), {"question": "bốn"})
    assert await conversations.last(here, HOUR) == {"question": "hai"}
    assert await conversations.last(Talk(1, 5, thread_id=9), HOUR) == {"question": "bốn"}
    assert await conversations.last(Talk(2, 5), HOUR) is None
    assert await conversations.forget(here)
    assert not await conversations.forget(here)
    assert await conversations.last(here, HOUR) is None
    assert await conversations.last(Talk(1, 6), HOUR)
    assert await conversations.last(Talk(1, 5, thread_id=9), HOUR)


async def test_a_conversation_of_long_ago_is_over(state: State, clock: "Clock") -> None:
    await state.conversations.remember(Talk(1, 5), {"question": "một"})
    clock.move(HOUR)
    assert await state.conversations.last(Talk(1, 5), HOUR) is None
    assert await state.conversations.purge(HOUR) == 1


async def test_a_person_has_one_vote_an_answer(state: State) -> None:
    answer, other = await state.answers.keep(KEPT), await state.answers.keep(KEPT)
    assert await state.feedback.vote(answer, 1, up=True)
    assert await state.feedback.vote(answer, 1, up=False)
    assert await state.feedback.vote(answer, 2, up=False)
    assert await state.feedback.vote(other, 1, up=True)
    assert [(each.answer_id, each.votes) for each in await state.feedback.downvoted(9)] == [
        (answer, Votes(up=0, down=2))
    ]
    assert await state.feedback.recent(DAY) == Votes(up=1, down=2)


async def test_a_vote_on_an_answer_that_is_gone_does_not_count(state: State) -> None:
    assert not await state.feedback.vote("unknown", 1, up=True)
    assert await state.feedback.recent(DAY) == Votes(0, 0)


async def test_answers_that_were_voted_down_are_listed_without_ids_of_people(
    state: State, clock: "Clock"
) -> None:
    first, second, praised = [await state.answers.keep(KEPT) for _ in range(3)]
    await state.feedback.vote(praised, 1, up=True)
    await state.feedback.vote(second, 1, up=False)
    await state.feedback.vote(second, 2, up=True)
    clock.move(HOUR)
    await state.feedback.vote(first, 1, up=False)
    found = await state.feedback.downvoted(10)
    assert [(each.answer_id, each.votes) for each in found] == [(first, Votes(0, 1)), (second, Votes(1, 1))]
    assert (found[0].kept, found[0].last) == (replace(KEPT, user_id=None), clock.now)
    assert found[0].person == state.people.name(7_000_000_000)
    assert "7000000000" not in repr(found)
    assert len(await state.feedback.downvoted(1)) == 1


async def test_a_persons_name_is_the_same_every_time_and_not_that_of_another(state: State) -> None:
    names = [state.people.name(user) for user in range(100)]
    assert names == [state.people.name(user) for user in range(100)]
    assert len(set(names)) == 100
    assert state.people.name(None) is None


async def fill(state: State, user: int) -> str:
    """Six rows of a person; the answer's id."""
    await state.preferences.set_language(user, "vi")
    await state.conversations.remember(Talk(-5, user), {"question": "một"})
    await state.conversations.remember(Talk(user, user), {"question": "hai"})
    await state.questions.add(replace(GOLD, user_id=user))
    answer = await state.answers.keep(replace(KEPT, user_id=user))
    await state.feedback.vote(answer, user, up=False)
    return answer


async def remains(state: State, user: int, answer: str) -> tuple[object, ...]:
    """All that is there of a person."""
    return (
        await state.preferences.language(user),
        await state.conversations.last(Talk(-5, user), HOUR),
        await state.conversations.last(Talk(user, user), HOUR),
        await state.answers.get(answer),
        [
            gap.question
            for gap in await state.questions.unanswered(DAY, 9)
            if state.people.name(user) in gap.askers
        ],
    )


async def test_forgetting_a_person_removes_everything_of_theirs_and_nothing_of_others(state: State) -> None:
    one, two = await fill(state, 1), await fill(state, 2)
    await state.feedback.vote(one, 2, up=True)
    before = await remains(state, 2, two)
    assert await state.forget(1) == 6
    assert await remains(state, 1, one) == (None, None, None, None, [])
    assert await state.feedback.recent(DAY) == Votes(up=1, down=1)
    assert await remains(state, 2, two) == before
    assert await state.forget(1) == 0


async def test_an_update_that_is_done_keeps_nothing_of_the_person(state: State, where: str) -> None:
    await state.journal.arrived([Arrival(1, 777, "secret")])
    await state.journal.done(1)
    database = await open_database(where)
    async with database.read() as connection:
        row = (await connection.exec_driver_sql("SELECT * FROM updates")).mappings().one()
    await database.close()
    assert (row["update_id"], row["chat_id"], row["payload"]) == (1, None, "")


@pytest.mark.parametrize(("keep_days", "answers_last"), [(90, 30), (10, 10), (0, 1)])
async def test_purging_keeps_texts_no_longer_than_the_setting_says(
    where: str, clock: "Clock", keep_days: int, answers_last: int
) -> None:
    state = await State.open(where, clock=clock, keep_questions_days=keep_days)
    answer = await fill(state, 1)
    clock.move(answers_last * DAY - HOUR)
    await state.purge()
    assert await state.answers.get(answer)
    clock.move(HOUR)
    await state.purge()
    assert await state.answers.get(answer) is None
    assert len(await state.questions.by_day(LONG)) == (1 if keep_days > answers_last else 0)
    clock.move(keep_days * DAY)
    await state.purge()
    assert await state.questions.by_day(LONG) == []
    assert await state.preferences.language(1) == "vi"
    assert await state.forget(1) == 1
    await state.close()
