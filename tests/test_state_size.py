"""Where the state is and how large, on both databases, without making or changing anything."""

import pytest

from bot.state.db.size import measure
from bot.state.state import State

pytest_plugins = ("postgres_server",)
pytestmark = pytest.mark.asyncio


async def test_a_state_that_is_there_is_measured(where: str) -> None:
    state = await State.open(where)
    await state.close()
    measured = await measure(where)
    assert measured.size and 10_000 < measured.size < 1_000_000_000
    assert measured.place and "://" not in measured.place


async def test_looking_makes_no_tables(where: str) -> None:
    before = await measure(where)
    await measure(where)
    assert (await measure(where)).size == before.size
