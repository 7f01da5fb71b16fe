"""What counts as an attempt at an update that an earlier process left."""

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.chat.hand_over import HandOver, take_in_hand
from bot.chat.turns import Turns
from bot.state.journal import MOST_ATTEMPTS, Arrival
from bot.state.state import State

pytest_plugins = ("postgres_server",)

MOMENT_S = 0.05


async def left_by_an_earlier_process(state: State) -> HandOver:
    await state.journal.arrived([Arrival(1, 17, "question")])
    return HandOver(1, state.journal, resumed=True)


async def is_given_up(state: State) -> bool:
    return (await state.journal.resume(timedelta(hours=1))).given_up == (1,)


async def attempt(work: contextlib.AbstractAsyncContextManager[None]) -> None:
    async with work:
        await asyncio.Event().wait()


async def begin(work: contextlib.AbstractAsyncContextManager[None]) -> "asyncio.Task[None]":
    task = asyncio.create_task(attempt(work))
    await asyncio.sleep(MOMENT_S)
    return task


async def stop(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@pytest.mark.asyncio
async def test_what_every_sudden_end_finds_at_work_is_given_up(state: State) -> None:
    reply = await left_by_an_earlier_process(state)
    tasks = [await begin(reply.at_work()) for _ in range(MOST_ATTEMPTS)]
    assert await is_given_up(state)
    for task in tasks:
        await stop(task)


@pytest.mark.asyncio
async def test_a_stop_in_order_is_no_attempt(state: State) -> None:
    reply = await left_by_an_earlier_process(state)
    for _ in range(MOST_ATTEMPTS):
        await stop(await begin(reply.at_work()))
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
        tasks = [await begin(turns.work()) for _ in range(MOST_ATTEMPTS)]
        assert not await is_given_up(state)
        turns.begin()
        await asyncio.sleep(MOMENT_S)
        assert await is_given_up(state)
        for task in tasks:
            await stop(task)
