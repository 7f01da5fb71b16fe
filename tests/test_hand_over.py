"""What counts as an attempt at an update that an earlier process left."""

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.on_telegram.outgoing.hand_over import HandOver, take_in_hand
from bot.on_telegram.updates.turns import Turns
from bot.state.journal import MOST_ATTEMPTS, Arrival
from bot.state.state import State

pytest_plugins = ("postgres_server",)

MOMENT_S = 0.05


async def left_by_an_earlier_process(state: State) -> HandOver:
    await state.journal.arrived([Arrival(1, 17, "question")])
    return HandOver(1, state.journal, resumed=True)


async def is_given_up(state: State) -> bool:
    return (await state.journal.resume(timedelta(hours=1))).given_up == (1,)


class Attempt:
    """Work that goes on until it is stopped."""

    def __init__(self, work: contextlib.AbstractAsyncContextManager[None]) -> None:
        self.at_work = asyncio.Event()
        self.task = asyncio.create_task(self._run(work))

    async def _run(self, work: contextlib.AbstractAsyncContextManager[None]) -> None:
        async with work:
            self.at_work.set()
            await asyncio.Event().wait()

    async def stop(self) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


async def begin(work: contextlib.AbstractAsyncContextManager[None]) -> Attempt:
    begun = Attempt(work)
    await begun.at_work.wait()
    return begun


@pytest.mark.asyncio
async def test_what_every_sudden_end_finds_at_work_is_given_up(state: State) -> None:
    reply = await left_by_an_earlier_process(state)
    begun = [await begin(reply.at_work()) for _ in range(MOST_ATTEMPTS)]
    assert await is_given_up(state)
    for each in begun:
        await each.stop()


@pytest.mark.asyncio
async def test_a_stop_in_order_is_no_attempt(state: State) -> None:
    reply = await left_by_an_earlier_process(state)
    for _ in range(MOST_ATTEMPTS):
        await (await begin(reply.at_work())).stop()
    assert not await is_given_up(state)


@pytest.mark.asyncio
async def test_a_stop_while_the_attempt_is_noted_is_none(state: State) -> None:
    reply = await left_by_an_earlier_process(state)
    for _ in range(MOST_ATTEMPTS):
        begun = Attempt(reply.at_work())
        await asyncio.sleep(0)
        assert not begun.at_work.is_set()
        await begun.stop()
    assert not await is_given_up(state)


@pytest.mark.asyncio
async def test_an_answer_that_fails_is_no_attempt(state: State) -> None:
    reply = await left_by_an_earlier_process(state)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(ValueError, match="wrong"):
            async with reply.at_work():
                raise ValueError("wrong")
    assert not await is_given_up(state)


@pytest.mark.asyncio
async def test_nothing_is_at_work_while_model_and_index_are_loaded(state: State) -> None:
    reply = await left_by_an_earlier_process(state)
    with ThreadPoolExecutor(1) as workers:
        turns = Turns(workers, MOST_ATTEMPTS)
        take_in_hand(reply)
        begun = [Attempt(turns.work()) for _ in range(MOST_ATTEMPTS)]
        await asyncio.sleep(MOMENT_S)
        assert not any(each.at_work.is_set() for each in begun) and not await is_given_up(state)
        turns.begin()
        for each in begun:
            await each.at_work.wait()
        assert await is_given_up(state)
        for each in begun:
            await each.stop()
