"""What runs beside the handlers, without a process."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asked_questions import GOLD
from fake_bot_client import Client, connected
from small_index import index

from bot.bootstrap import Services, build
from bot.on_telegram.background import Background
from bot.on_telegram.menus import Menus
from bot.state.state import State
from config.settings import Settings
from retrieval.errors import IndexMissing

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
RICE = {"id": "gao", "text": "Gạo lên giá."}


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return build(Settings(data_dir=tmp_path / "data", model="hashed-words"))


async def asked_long_ago(where: Path) -> None:
    state = await State.open(where, clock=lambda: LONG_AGO)
    await state.questions.add(GOLD)
    await state.close()


async def run(client: Client, services: Services, where: Path) -> int:
    """Lets the background work until the index serves and menus are set; the questions that are left."""
    state = await State.open(where)
    with ThreadPoolExecutor(1) as workers:
        loaded = asyncio.Event()
        background = Background(
            serving=services.serving,
            embedder=services.embedder,
            uploads=services.uploads,
            workers=workers,
            state=state,
            admins=services.settings.admin_ids,
            menus=Menus(),
            loaded=loaded.set,
        )
        background.begin(client.bot)
        try:
            async with asyncio.timeout(20):
                await loaded.wait()
                while not (client.api.world.profile and not await left(state)):
                    await asyncio.sleep(0.01)
        finally:
            await background.end()
            count = await left(state)
            await state.close()
    return count


async def left(state: State) -> int:
    return len(await state.questions.by_day(timedelta(days=5000)))


def test_the_index_is_opened_the_menu_set_and_what_is_too_old_deleted(
    services: Services, tmp_path: Path
) -> None:
    index(services.settings.data_dir, RICE, embedder=services.embedder)  # type: ignore[arg-type] # one as good as the fake
    where = tmp_path / "state.db"
    with connected() as client:
        client.runner.run(asked_long_ago(where))
        assert client.runner.run(run(client, services, where)) == 0
        assert not services.serving.refresh()  # it is open already
        assert client.api.violations == []


def test_loading_ends_where_there_is_no_index_as_well(services: Services, tmp_path: Path) -> None:
    with connected() as client:
        assert client.runner.run(run(client, services, tmp_path / "state.db")) == 0
        with pytest.raises(IndexMissing):
            services.serving.retriever()
