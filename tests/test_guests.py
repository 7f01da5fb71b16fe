"""Who is let in by an invite, kept over restarts without anybody's id."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.state.conversations import Talk
from bot.state.guests import INVITE_LASTS
from bot.state.state import State

LAN, GROUP = 424_242_424, -1_009_876_543_210
NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def run(tmp_path: Path, clock: Clock) -> Callable[[Callable[[State], Awaitable[object]]], object]:
    """Does something with the state, which is opened anew each time."""

    async def opened(work: Callable[[State], Awaitable[object]]) -> object:
        state = await State.open(tmp_path / "state.db", clock=clock)
        try:
            return await work(state)
        finally:
            await state.close()

    return lambda work: asyncio.run(opened(work))


def test_an_invite_lets_in_one_and_only_one(run: Callable[..., object]) -> None:
    async def invited(state: State) -> tuple[bool, bool, bool, bool]:
        token = (await state.guests.invite("Lan")).token
        first, second = await state.guests.redeem(token, LAN), await state.guests.redeem(token, GROUP)
        return first, second, state.guests.admits(LAN), state.guests.admits(GROUP)

    assert run(invited) == (True, False, True, False)

    async def later(state: State) -> bool:
        return state.guests.admits(LAN)

    assert run(later) is True


def test_two_who_open_one_invite_at_the_same_time_do_not_both_get_in(run: Callable[..., object]) -> None:
    async def both(state: State) -> list[bool]:
        token = (await state.guests.invite("")).token
        return await asyncio.gather(*(state.guests.redeem(token, user) for user in range(1, 9)))

    assert sorted(run(both)) == [False] * 7 + [True]  # type: ignore[call-overload]


def test_an_invite_ends_by_time_or_when_it_is_withdrawn(run: Callable[..., object], clock: Clock) -> None:
    async def withdrawn(state: State) -> list[bool]:
        invite = await state.guests.invite("")
        gone = await state.guests.withdraw(invite.key)
        again = await state.guests.withdraw(invite.key)
        return [gone, again, await state.guests.redeem(invite.token, LAN)]

    assert run(withdrawn) == [True, False, False]

    async def old(state: State) -> list[object]:
        invite = await state.guests.invite("")
        clock.now += INVITE_LASTS
        return [
            await state.guests.redeem(invite.token, LAN),
            await state.guests.purge(),
            state.guests.admits(LAN),
        ]

    assert run(old) == [False, 1, False]


@pytest.mark.parametrize("token", ["", "x", "%", "' OR 1=1 --", "ă" * 30])
def test_a_token_that_nobody_made_lets_nobody_in(run: Callable[..., object], token: str) -> None:
    async def tried(state: State) -> bool:
        await state.guests.invite("")
        return await state.guests.redeem(token, LAN) or state.guests.admits(LAN)

    assert run(tried) is False


def test_access_can_be_ended_and_is_listed_by_label(run: Callable[..., object]) -> None:
    async def ended(state: State) -> list[object]:
        await state.guests.redeem((await state.guests.invite("Lan, ban quốc tế")).token, LAN)
        (guest,) = await state.guests.all()
        revoked = await state.guests.revoke(guest.name) is not None
        return [guest.label, guest.since, revoked, state.guests.admits(LAN), await state.guests.all()]

    assert run(ended) == ["Lan, ban quốc tế", NOW, True, False, []]


def test_a_group_keeps_its_access_under_its_new_id(run: Callable[..., object]) -> None:
    async def moved(state: State) -> list[bool]:
        await state.guests.redeem((await state.guests.invite("")).token, -55)
        await state.follow_chat(-55, GROUP)
        return [state.guests.admits(-55), state.guests.admits(GROUP)]

    assert run(moved) == [False, True]


def test_a_group_keeps_its_conversation_whichever_id_tells_of_the_change(run: Callable[..., object]) -> None:
    async def moved(state: State) -> object:
        await state.conversations.remember(Talk(-55, LAN), {"question": "Một?"})
        for _ in range(2):  # the old group tells of it, and the new one
            await state.follow_chat(-55, GROUP)
        return await state.conversations.last(Talk(GROUP, LAN), timedelta(hours=1))

    assert run(moved) == {"question": "Một?"}


def test_the_database_holds_neither_tokens_nor_ids_of_guests(
    run: Callable[..., object], tmp_path: Path
) -> None:
    tokens = []

    async def invited(state: State) -> None:
        tokens.extend([(await state.guests.invite("")).token, (await state.guests.invite("")).token])
        await state.guests.redeem(tokens[0], LAN)

    run(invited)
    with closing(sqlite3.connect(tmp_path / "state.db")) as database:
        written = "\n".join(database.iterdump())
    assert str(LAN) not in written and not any(token in written for token in tokens)


def test_a_digest_is_due_once_a_day_from_when_it_was_wanted(run: Callable[..., object], clock: Clock) -> None:
    async def wanted(state: State) -> list[object]:
        await state.digests.want(7)
        steps: list[object] = []
        for hours in (1, 22, 1, 1, 72, 1):
            clock.now += timedelta(hours=hours)
            steps.append(await state.digests.take_due())
        await state.digests.stop(7)
        clock.now += timedelta(days=2)
        return [*steps, await state.digests.take_due(), await state.digests.wanted(7)]

    assert run(wanted) == [[], [], [7], [], [7], [], [], False]
