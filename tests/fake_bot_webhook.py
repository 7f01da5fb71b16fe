"""The fake server's deliveries to a webhook: one update at a time, again and again until it is confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from fake_bot_objects import Json
from fake_bot_world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PAUSE_S = 0.1
"""Before what was not confirmed is sent again; Telegram waits longer each time."""
LOOKS_EVERY_S = 0.01


@asynccontextmanager
async def delivering(world: World) -> AsyncIterator[None]:
    """Meanwhile what waits goes to the address that the bot has set."""
    task = asyncio.create_task(_deliver(world))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _deliver(world: World) -> None:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        while True:
            with world.changed:
                webhook, first = dict(world.webhook), next(iter(world.updates), None)
            if not webhook or first is None:
                await asyncio.sleep(LOOKS_EVERY_S)
            elif await _is_confirmed(session, webhook, first):
                with world.changed:
                    world.updates = [each for each in world.updates if each is not first]
                    world.notify()
            else:
                await asyncio.sleep(PAUSE_S)


async def _is_confirmed(session: aiohttp.ClientSession, webhook: Json, update: Json) -> bool:
    headers = {SECRET_HEADER: webhook["secret"]} if webhook["secret"] else {}
    try:
        async with session.post(webhook["url"], json=update, headers=headers) as response:
            return 200 <= response.status < 300
    except (aiohttp.ClientError, TimeoutError):
        return False
