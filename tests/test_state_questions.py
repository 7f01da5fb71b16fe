"""The log of questions, what admins see of it, and that any text can be kept."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from asked_questions import GOLD, TRADE
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.state.answers import Kept
from bot.state.conversations import Talk
from bot.state.db.columns import storable
from bot.state.journal import Arrival
from bot.state.state import State

if TYPE_CHECKING:
    from postgres_server import Clock

pytest_plugins = ("postgres_server",)

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)

any_text = st.text(st.characters(codec=None), max_size=60)  # NUL and lone surrogates as well
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.asyncio
async def test_what_is_logged_is_told_without_ids_of_people(state: State, clock: "Clock") -> None:
    for asked in (GOLD, replace(GOLD, user_id=2), replace(GOLD, user_id=None)):
        await state.questions.add(asked)
    (found,) = await state.questions.unanswered(WEEK, 10)
    assert (found.question, found.language, found.unaccented) == (GOLD.question, GOLD.language, False)
    assert found.askers == {state.people.name(1), state.people.name(2)}
    assert found.last == clock.now


@pytest.mark.asyncio
async def test_nothing_is_logged_when_nothing_is_to_be_kept(where: str) -> None:
    state = await State.open(where, keep_questions_days=0)
    await state.questions.add(GOLD)
    assert await state.questions.by_day(WEEK) == []
    await state.close()


@pytest.mark.asyncio
async def test_questions_asked_in_vain_are_counted_the_most_frequent_first(
    state: State, clock: "Clock"
) -> None:
    await state.questions.add(replace(GOLD, question="Quá lâu rồi?"))
    clock.move(WEEK)
    for asked in (GOLD, replace(GOLD, user_id=2), replace(GOLD, question="Khác?"), GOLD, TRADE):
        await state.questions.add(asked)
        clock.move(HOUR)
    found = await state.questions.unanswered(WEEK, 10)
    assert [(gap.question, gap.times, len(gap.askers)) for gap in found] == [
        ("Giá vàng?", 3, 2),
        ("Khác?", 1, 1),
    ]
    assert found[0].last == clock.now - 2 * HOUR
    assert len(await state.questions.unanswered(WEEK, 1)) == 1


@pytest.mark.asyncio
async def test_each_day_has_its_counts(state: State, clock: "Clock") -> None:
    for asked in (GOLD, TRADE, replace(TRADE, user_id=1)):
        await state.questions.add(asked)
    clock.move(13 * HOUR)  # 23:30
    await state.questions.add(GOLD)
    clock.move(HOUR)
    await state.questions.add(TRADE)
    clock.move(24 * HOUR)
    await state.questions.add(TRADE)
    first, second, third = await state.questions.by_day(WEEK)
    assert (first.day, first.asked, first.answered, first.people) == (date(2026, 5, 4), 4, 2, 2)
    assert first.mean_ms == pytest.approx((10 + 30.5 + 30.5 + 10) / 4)
    assert (second.day, second.asked, second.answered, second.people) == (date(2026, 5, 5), 1, 1, 1)
    assert (third.day, third.asked, third.answered, third.mean_ms) == (date(2026, 5, 6), 1, 1, 30.5)


@pytest.mark.asyncio
async def test_old_questions_are_purged(state: State, clock: "Clock") -> None:
    await state.questions.add(GOLD)
    clock.move(HOUR)
    await state.questions.add(TRADE)
    assert await state.questions.purge(HOUR) == 1
    assert [(day.asked, day.answered) for day in await state.questions.by_day(WEEK)] == [(1, 1)]


@pytest.fixture
def kept_open(where: str) -> Iterator[tuple[asyncio.Runner, State]]:
    with asyncio.Runner() as runner:
        state = runner.run(State.open(where))
        yield runner, state
        runner.run(state.close())


@given(text=any_text, options=st.dictionaries(any_text, json_values, max_size=3))
@example(text="a\0b\ud800c", options={"a\0b": "\ud800"})
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_any_text_comes_back_but_for_what_no_database_can_hold(
    kept_open: tuple[asyncio.Runner, State], text: str, options: dict[str, Any]
) -> None:
    runner, state = kept_open

    async def there_and_back() -> None:
        here = storable(text)
        answer = await state.answers.keep(
            Kept(
                chat_id=1,
                user_id=1,
                asked_in=1,
                question=text,
                searched=text,
                language=text,
                generation=text,
                options=options,
            )
        )
        assert await state.answers.get(answer) == Kept(
            chat_id=1,
            user_id=1,
            asked_in=1,
            question=here,
            searched=here,
            language=here,
            generation=here,
            options=options,
        )
        await state.preferences.set_language(1, text)
        assert await state.preferences.language(1) == here
        await state.conversations.remember(Talk(1, 1), {"question": text})
        assert await state.conversations.last(Talk(1, 1), HOUR) == {"question": text}
        await state.journal.purge(timedelta(0))
        await state.journal.arrived([Arrival(1, 1, text)])
        assert (await state.journal.resume(HOUR)).payloads == (here,)

    runner.run(there_and_back())


@given(any_text)
def test_only_what_cannot_be_stored_is_replaced(text: str) -> None:
    result = storable(text)
    assert len(result) == len(text)
    result.encode()
    for before, after in zip(text, result, strict=True):
        assert after == ("\ufffd" if before == "\0" or "\ud800" <= before <= "\udfff" else before)
