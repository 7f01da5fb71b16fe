"""The figures that admins are shown, on both databases: what counts, from when on, and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from asked_questions import GOLD, TRADE

from bot.state.answers import Kept
from bot.state.db.opening import open_database
from bot.state.questions import Asked
from bot.state.state import State
from bot.state.statistics import Cited, Figures, nearest_rank

if TYPE_CHECKING:
    from postgres_server import Clock

pytest_plugins = ("postgres_server",)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


async def ask(state: State, *asked: Asked) -> None:
    for each in asked:
        await state.questions.add(each)


@pytest.mark.asyncio
async def test_what_was_asked_within_the_period_counts(state: State, clock: "Clock") -> None:
    await ask(state, replace(TRADE, user_id=9, article_id="old", language="en"))
    clock.move(HOUR)
    await ask(state, GOLD, TRADE)
    clock.move(WEEK - HOUR)
    await ask(state, TRADE, replace(GOLD, user_id=None))
    found = await state.statistics.of(WEEK)
    assert (found.until, found.period, found.keep_days) == (clock.now, WEEK, 90)
    assert (found.questions, found.answered, found.people) == (4, 2, 2)
    assert [(day.day, day.asked) for day in found.days] == [(date(2026, 5, 4), 2), (date(2026, 5, 11), 2)]
    assert found.writings == {"vi": 2, "vi-bare": 2}
    assert found.cited == (Cited("seeds/a.txt", 2),)
    assert (found.p50_ms, found.p95_ms) == (10.0, 30.5)


@pytest.mark.asyncio
async def test_thirty_days_unless_another_period_is_named(state: State, clock: "Clock") -> None:
    await ask(state, GOLD)
    clock.move(30 * DAY - HOUR)
    assert (await state.statistics.of()).questions == 1
    clock.move(HOUR)
    assert (await state.statistics.of()).questions == 0


@pytest.mark.asyncio
async def test_ways_of_writing_are_told_apart_the_most_frequent_first(state: State) -> None:
    written = [
        ("vi", False),
        ("en", False),
        ("vi", True),
        ("ru", False),
        ("fr", False),
        ("vi", True),
        ("und", True),
    ]
    await ask(state, *(replace(GOLD, language=language, unaccented=bare) for language, bare in written))
    found = await state.statistics.of(WEEK)
    assert list(found.writings.items()) == [("other", 2), ("vi-bare", 2), ("en", 1), ("ru", 1), ("vi", 1)]


@pytest.mark.asyncio
async def test_the_five_articles_that_answered_most_often_the_latest_first_among_equals(
    state: State, clock: "Clock"
) -> None:
    for article in "abcdefgaabba":
        await ask(state, replace(TRADE, article_id=article))
        clock.move(HOUR)
    await ask(state, *[replace(TRADE, article_id="g", answered=False)] * 9, replace(TRADE, article_id=None))
    found = await state.statistics.of(WEEK)
    assert [(cited.article_id, cited.times) for cited in found.cited] == [
        *[("a", 4), ("b", 3)],
        *[("g", 1), ("f", 1), ("e", 1)],
    ]


@pytest.mark.asyncio
async def test_response_times_are_ranked_by_size(state: State) -> None:
    await ask(state, *(replace(GOLD, elapsed_ms=float(ms)) for ms in (9, 100, *range(11, 29))))
    found = await state.statistics.of(WEEK)
    assert (found.p50_ms, found.p95_ms) == (19.0, 28.0)


@pytest.mark.asyncio
async def test_response_times_are_those_of_the_latest_questions(
    state: State, where: str, clock: "Clock"
) -> None:
    for ms in (90.0, 20.0, 10.0):
        await ask(state, replace(GOLD, elapsed_ms=ms))
        clock.move(HOUR)
    database = await open_database(where, clock)
    two = Figures(database, state.questions, state.feedback, 90, times_read=2)
    found = await two.of(WEEK)
    await database.close()
    assert (found.questions, found.p50_ms, found.p95_ms) == (3, 10.0, 20.0)
    assert (await state.statistics.of(WEEK)).p95_ms == 90.0


@pytest.mark.asyncio
async def test_votes_of_the_period_are_counted(state: State, clock: "Clock") -> None:
    answer = await state.answers.keep(
        Kept(chat_id=1, user_id=1, asked_in=1, question="q", searched="q", language="vi", generation="0001")
    )
    await state.feedback.vote(answer, 1, up=True)
    clock.move(WEEK)
    await state.feedback.vote(answer, 2, up=True)
    await state.feedback.vote(answer, 3, up=True)
    await state.feedback.vote(answer, 4, up=False)
    found = await state.statistics.of(WEEK)
    assert (found.up, found.down) == (2, 1)


@pytest.mark.asyncio
async def test_there_are_figures_when_nothing_was_asked(state: State) -> None:
    found = await state.statistics.of(WEEK)
    assert (found.questions, found.answered, found.people, found.up, found.down) == (0, 0, 0, 0, 0)
    assert (found.days, found.cited, dict(found.writings)) == ((), (), {})
    assert (found.p50_ms, found.p95_ms) == (None, None)


@pytest.mark.asyncio
@pytest.mark.parametrize(("keep_days", "period"), [(2, 2 * DAY), (7, WEEK), (90, WEEK), (0, WEEK)])
async def test_a_period_is_no_longer_than_questions_are_kept(
    where: str, clock: "Clock", keep_days: int, period: timedelta
) -> None:
    state = await State.open(where, clock=clock, keep_questions_days=keep_days)
    await ask(state, GOLD)
    found = await state.statistics.of(WEEK)
    assert (found.period, found.keep_days) == (period, keep_days)
    assert found.questions == (1 if keep_days else 0)
    await state.close()


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        *[([], 0.5, None), ([7], 0.5, 7), ([7], 0.95, 7), ([2, 1], 0.5, 1), ([3, 1, 2], 0.5, 2)],
        *[(range(1, 21), 0.95, 19), (range(1, 101), 0.95, 95), (range(1, 20), 0.95, 19), ([1, 5], 1.0, 5)],
    ],
)
def test_nearest_rank(values: Sequence[float], share: float, expected: float | None) -> None:
    assert nearest_rank(values, share) == expected
