"""No update is lost and none is taken twice, whatever happens in between."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.state.journal import MOST_ATTEMPTS, Arrival
from bot.state.state import State

if TYPE_CHECKING:
    from postgres_server import Clock

pytest_plugins = ("postgres_server",)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
STEPS = ("arrived", "sending", "done")


async def arrive(state: State, *numbers: int, payload: str = "{}") -> list[int]:
    return await state.journal.arrived([Arrival(number, 17, payload) for number in numbers])


async def left(state: State, younger_than: timedelta = HOUR) -> tuple[str, ...]:
    """What would be answered by the next process."""
    return (await state.journal.resume(younger_than)).payloads


@pytest.mark.asyncio
async def test_an_update_is_news_once(state: State) -> None:
    assert await arrive(state, 5) == [5]
    assert await arrive(state, 5) == []
    await state.journal.done(5)
    assert await arrive(state, 5) == []
    assert await left(state) == ()


@pytest.mark.asyncio
async def test_of_a_batch_only_the_news_are_named_once_and_in_order(state: State) -> None:
    await arrive(state, 3)
    assert await arrive(state, 4, 2, 3, 4) == [2, 4]
    assert await arrive(state) == []
    assert await left(state) == ("{}",) * 3


@pytest.mark.asyncio
async def test_a_known_number_with_other_content_is_news(state: State) -> None:
    await arrive(state, 1, 2)
    await state.journal.done(1)
    await state.journal.sending(2)
    assert await arrive(state, 1, 2, payload="numbered anew") == [1, 2]
    assert await left(state) == ("numbered anew",) * 2


@pytest.mark.asyncio
async def test_a_payload_comes_back_as_it_went(state: State) -> None:
    big = 2**52
    await state.journal.arrived([Arrival(big, -big, "Còn năm 2021? 😀"), Arrival(big + 1, None, "")])
    assert await left(state) == ("Còn năm 2021? 😀", "")


@pytest.mark.asyncio
async def test_an_update_goes_from_stage_to_stage_once(state: State) -> None:
    journal = state.journal
    await arrive(state, 1)
    assert await journal.sending(1) and not await journal.sending(1)
    assert await journal.done(1) and not await journal.done(1)
    assert not await journal.sending(1)


@pytest.mark.asyncio
async def test_a_reply_that_may_have_been_sent_is_not_sent_again(state: State) -> None:
    await arrive(state, 1, 2)
    await state.journal.sending(1)
    resumed = await state.journal.resume(HOUR)
    assert resumed.uncertain == (1,) and len(resumed.payloads) == 1
    assert not await state.journal.sending(1)
    assert (await state.journal.resume(HOUR)).uncertain == ()


@pytest.mark.asyncio
async def test_a_reply_that_was_certainly_not_sent_may_be_sent_again(state: State) -> None:
    await arrive(state, 1)
    assert not await state.journal.unsent(1)
    await state.journal.sending(1)
    assert await state.journal.unsent(1)
    assert await left(state) == ("{}",)
    assert await state.journal.sending(1)


@pytest.mark.asyncio
async def test_what_is_not_known_does_not_move(state: State) -> None:
    journal = state.journal
    for move in (journal.sending, journal.unsent, journal.done):
        assert not await move(404)


@pytest.mark.asyncio
async def test_what_was_at_hand_at_many_ends_is_given_up_and_what_waited_is_not(state: State) -> None:
    await arrive(state, 1, payload="poison")
    await arrive(state, 2, payload="waits")
    for _ in range(MOST_ATTEMPTS):
        assert await left(state) == ("poison", "waits")
        await state.journal.at_work(1)
        await state.journal.at_work(2)
        await state.journal.worked_on(2)
    resumed = await state.journal.resume(HOUR)
    assert resumed.payloads == ("waits",) and resumed.given_up == (1,)


@pytest.mark.asyncio
async def test_what_is_too_old_is_not_answered_any_more(state: State, clock: "Clock") -> None:
    await arrive(state, 1, payload="old")
    clock.move(HOUR)
    await arrive(state, 2, payload="new")
    resumed = await state.journal.resume(HOUR)
    assert resumed.payloads == ("new",) and resumed.late == (1,)


@pytest.mark.asyncio
async def test_the_updates_of_another_bot_are_forgotten_and_ours_are_not(state: State) -> None:
    await state.journal.belongs_to("11")
    await arrive(state, 1)
    await state.journal.belongs_to("11")
    assert await arrive(state, 1) == []
    await state.journal.belongs_to("12")
    assert await arrive(state, 1) == [1]


@pytest.mark.asyncio
async def test_old_updates_are_purged(state: State, clock: "Clock") -> None:
    await arrive(state, 1, 2)
    await state.journal.done(1)
    clock.move(HOUR)
    await arrive(state, 3, payload="new")
    assert await state.journal.purge(HOUR) == 2
    assert await left(state) == ("new",)
    assert await arrive(state, 1) == [1]


@pytest.mark.asyncio
async def test_a_burst_of_a_thousand_loses_nothing(state: State) -> None:
    burst = [Arrival(number, number % 100, f"câu hỏi {number}") for number in range(1000)]
    assert await state.journal.arrived(burst) == list(range(1000))
    assert await state.journal.arrived(burst) == []
    await asyncio.gather(*(state.journal.done(number) for number in range(0, 1000, 10)))
    assert await left(state) == tuple(f"câu hỏi {number}" for number in range(1000) if number % 10)


def _run(where: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(
        [sys.executable, str(Path(__file__)), where], stdout=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.asyncio
@pytest.mark.parametrize("steps", [2, 11, 34])
async def test_what_was_said_to_be_done_is_done_after_kill_9(where: str, steps: int) -> None:
    """A process moves updates on, says each step when it is done, and is killed at once after some of them."""
    with _run(where) as process:
        assert process.stdout
        said = [process.stdout.readline().split() for _ in range(steps)]
        process.send_signal(signal.SIGKILL)
        said += [line.split() for line in process.stdout.read().splitlines()]
    last = {int(number): step for step, number in said}
    state = await State.open(where)
    resumed = await state.journal.resume(HOUR)
    waiting, uncertain = {int(payload) for payload in resumed.payloads}, set(resumed.uncertain)
    for number, step in last.items():  # the step under way may have been done as well
        if step == "arrived":
            assert number in waiting | uncertain
        elif step == "sending":
            assert number not in waiting
        else:
            assert number not in waiting | uncertain
        assert await arrive(state, number, payload=str(number)) == []
    assert waiting - set(last) <= {max(last) + 1} and uncertain <= set(last)
    await state.close()


async def _move_updates_on(where: str) -> None:
    state = await State.open(where)
    for number in range(1000):
        await state.journal.arrived([Arrival(number, 17, str(number))])
        print("arrived", number, flush=True)
        for step, move in zip(STEPS[1:], (state.journal.sending, state.journal.done), strict=True):
            await move(number)
            print(step, number, flush=True)


if __name__ == "__main__":
    asyncio.run(_move_updates_on(sys.argv[1]))
