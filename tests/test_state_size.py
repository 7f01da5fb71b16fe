"""Where the state is and how large, on both databases."""

import pytest

from bot.state.db.size import measure
from bot.state.state import State

pytest_plugins = ("postgres_server",)
pytestmark = pytest.mark.asyncio


async def test_a_new_state_is_made_and_measured(where: str) -> None:
    measured = await measure(where)
    assert 10_000 < measured.size < 1_000_000_000
    assert measured.place and "://" not in measured.place
    state = await State.open(where)
    assert await state.forget(1) == 0
    await state.close()
