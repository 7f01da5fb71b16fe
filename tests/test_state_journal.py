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

from bot.state.journal import Arrival, Stage
from bot.state.state import State

if TYPE_CHECKING:
    from postgres_server import Clock

pytest_plugins = ("postgres_server",)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
STEPS = ("arrived", "answering", "sending", "done")


async def stages(state: State) -> dict[int, Stage]:
    return {entry.update_id: entry.stage for entry in await state.journal.pending(HOUR)}


@pytest.mark.asyncio
async def test_an_update_is_news_once(state: State) -> None:
    assert await state.journal.arrived(5, 17, "{}")
    assert not await state.journal.arrived(5, 17, "{}")
    await state.journal.done(5)
    assert not await state.journal.arrived(5, 17, "{}")
    assert await stages(state) == {}


@pytest.mark.asyncio
async def test_of_a_batch_only_the_news_are_named_once_and_in_order(state: State) -> None:
    await state.journal.arrived(3, 1, "first")
    batch = [Arrival(number, 1, "again") for number in (4, 2, 3, 4)]
    assert await state.journal.all_arrived(batch) == [2, 4]
    assert await state.journal.all_arrived([]) == []
    pending = await state.journal.pending(HOUR)
    assert [(entry.update_id, entry.payload) for entry in pending] == [
        (2, "again"),
        (3, "first"),
        (4, "again"),
    ]


@pytest.mark.asyncio
async def test_an_entry_comes_back_as_it_went(state: State, clock: "Clock") -> None:
    big = 2**52
    await state.journal.arrived(big, -big, "Còn năm 2021? 😀")
    await state.journal.arrived(big + 1, None, "")
    first, second = await state.journal.pending(HOUR)
    assert (first.update_id, first.chat_id, first.payload) == (big, -big, "Còn năm 2021? 😀")
    assert (first.stage, first.attempts, first.at) == (Stage.ARRIVED, 0, clock.now)
    assert second.chat_id is None


@pytest.mark.asyncio
async def test_an_update_goes_from_stage_to_stage(state: State) -> None:
    journal = state.journal
    await journal.arrived(1, 1, "text")
    assert await journal.answering(1) and await stages(state) == {1: Stage.ANSWERING}
    assert await journal.sending(1) and await stages(state) == {1: Stage.SENDING}
    assert await journal.done(1) and await stages(state) == {}


@pytest.mark.asyncio
async def test_a_reply_that_may_have_been_sent_is_not_sent_again(state: State) -> None:
    journal = state.journal
    await journal.arrived(1, 1, "text")
    assert await journal.sending(1)
    assert not await journal.sending(1)
    assert not await journal.answering(1)
    await journal.done(1)
    assert not await journal.sending(1)
    assert not await journal.done(1)


@pytest.mark.asyncio
async def test_a_reply_that_was_certainly_not_sent_may_be_sent_again(state: State) -> None:
    await state.journal.arrived(1, 1, "text")
    assert not await state.journal.unsent(1)
    await state.journal.sending(1)
    assert await state.journal.unsent(1)
    assert await stages(state) == {1: Stage.ANSWERING}
    assert await state.journal.sending(1)


@pytest.mark.asyncio
async def test_what_is_not_known_does_not_move(state: State) -> None:
    journal = state.journal
    for move in (journal.answering, journal.sending, journal.unsent, journal.done):
        assert not await move(404)


@pytest.mark.asyncio
async def test_attempts_are_counted(state: State) -> None:
    await state.journal.arrived(1, 1, "text")
    for _ in range(3):
        assert await state.journal.answering(1)
    assert (await state.journal.pending(HOUR))[0].attempts == 3


@pytest.mark.asyncio
async def test_only_the_last_hours_updates_are_pending(state: State, clock: "Clock") -> None:
    await state.journal.arrived(1, 1, "old")
    clock.move(HOUR)
    await state.journal.arrived(2, 1, "new")
    assert list(await stages(state)) == [2]


@pytest.mark.asyncio
async def test_polling_goes_on_after_the_latest_update_and_anew_after_a_week(
    state: State, clock: "Clock"
) -> None:
    assert await state.journal.highest() is None
    await state.journal.all_arrived([Arrival(number, 1, "") for number in (900, 901)])
    await state.journal.done(901)
    assert await state.journal.highest() == 901
    clock.move(MINUTE)
    await state.journal.arrived(12, 1, "Telegram began to number anew")
    assert await state.journal.highest() == 12
    clock.move(timedelta(days=7))
    assert await state.journal.highest() is None


@pytest.mark.asyncio
async def test_old_updates_are_purged(state: State, clock: "Clock") -> None:
    await state.journal.all_arrived([Arrival(1, 1, ""), Arrival(2, 1, "")])
    await state.journal.done(1)
    clock.move(HOUR)
    await state.journal.arrived(3, 1, "")
    assert await state.journal.purge(HOUR) == 2
    assert list(await stages(state)) == [3]
    assert await state.journal.arrived(1, 1, "")


@pytest.mark.asyncio
async def test_a_burst_of_a_thousand_is_one_transaction_and_loses_nothing(state: State) -> None:
    burst = [Arrival(number, number % 100, f"câu hỏi {number}") for number in range(1000)]
    assert await state.journal.all_arrived(burst) == list(range(1000))
    assert await state.journal.all_arrived(burst) == []
    await asyncio.gather(*(state.journal.done(number) for number in range(0, 1000, 10)))
    pending = await state.journal.pending(HOUR)
    assert [entry.update_id for entry in pending] == [number for number in range(1000) if number % 10]


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
    last = {int(number): STEPS.index(step) for step, number in said}
    state = await State.open(where)
    found = {number: STEPS.index(stage) for number, stage in (await stages(state)).items()}
    for number, step in last.items():
        reached = found.get(number, STEPS.index("done"))
        assert step <= reached <= step + 1, (number, said)  # the step under way may have been done
    assert set(found) - set(last) <= {max(last) + 1}
    for number in last:
        assert not await state.journal.arrived(number, 1, "")
    await state.close()


async def _move_updates_on(where: str) -> None:
    state = await State.open(where)
    for number in range(1000):
        await state.journal.arrived(number, 1, "text")
        print("arrived", number, flush=True)
        for step, move in zip(
            STEPS[1:], (state.journal.answering, state.journal.sending, state.journal.done), strict=True
        ):
            await move(number)
            print(step, number, flush=True)


if __name__ == "__main__":
    asyncio.run(_move_updates_on(sys.argv[1]))
