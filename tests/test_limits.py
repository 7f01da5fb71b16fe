"""How many questions one person may ask in a minute, by a clock that the test holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.on_telegram.people.rate_limit import RateLimit

PERSON, OTHER = 7_000_000_000, 2


class HandClock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def test_so_many_are_admitted_and_the_next_must_wait_for_the_first_to_be_a_minute_old(
    clock: HandClock,
) -> None:
    limit = RateLimit(2, clock)
    assert limit.admit(PERSON) is None
    clock.now += 10
    assert limit.admit(PERSON) is None
    clock.now += 20
    assert limit.admit(PERSON) == 30
    clock.now += 30
    assert limit.admit(PERSON) is None
    assert limit.admit(PERSON) == 10


def test_one_persons_haste_is_not_anothers(clock: HandClock) -> None:
    limit = RateLimit(1, clock)
    assert limit.admit(PERSON) is None
    assert limit.admit(OTHER) is None
    assert limit.admit(PERSON) == limit.admit(OTHER) == 60


def test_zero_is_no_limit(clock: HandClock) -> None:
    limit = RateLimit(0, clock)
    assert [limit.admit(PERSON) for _ in range(1000)] == [None] * 1000
    assert not limit.to_tell(PERSON)


def test_who_must_wait_is_told_once_until_admitted_again(clock: HandClock) -> None:
    limit = RateLimit(1, clock)
    for _ in range(2):
        assert limit.admit(PERSON) is None
        told = []
        for _ in range(3):
            assert limit.admit(PERSON) is not None
            told.append(limit.to_tell(PERSON))
        assert told == [True, False, False]
        clock.now += 60


def test_memory_is_bounded_and_the_hasty_of_now_are_remembered(clock: HandClock) -> None:
    limit = RateLimit(1, clock, most=3)
    for person in range(10):
        limit.admit(person)
        limit.admit(0)  # asks again and again
    assert limit.admit(0) is not None
    assert limit.admit(9) is not None
    assert limit.admit(8) is not None
    assert [limit.admit(person) for person in range(1, 8)] == [None] * 7  # were let go of


@given(
    per_minute=st.integers(1, 5),
    steps=st.lists(st.tuples(st.integers(1, 3), st.floats(0, 40)), max_size=80),
)
def test_no_minute_holds_more_than_the_limit_and_the_wait_is_exact(
    per_minute: int, steps: list[tuple[int, float]]
) -> None:
    """Whatever the rhythm: a refusal names the least wait, and one that has waited so long is admitted."""
    clock = HandClock()
    limit = RateLimit(per_minute, clock)
    admitted: dict[int, list[float]] = {}
    for person, pause in steps:
        clock.now += pause
        mine = admitted.setdefault(person, [])
        recent = [moment for moment in mine if clock.now - moment < 60]
        wait = limit.admit(person)
        if wait is None:
            assert len(recent) < per_minute
            mine.append(clock.now)
            continue
        assert len(recent) == per_minute
        assert 0 < wait <= 60
        clock.now += wait + 1e-6  # what floating point may have rounded away
        assert limit.admit(person) is None
        mine.append(clock.now)
