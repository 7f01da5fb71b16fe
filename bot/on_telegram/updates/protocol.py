"""Where updates come from: long polling, or whatever else hands them on."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from telegram import Bot, Update
from telegram.ext import Application

from bot.on_telegram.updates.json_fields import Json

App = Application[Any, Any, Any, Any, Any, Any]
Take = Callable[[Sequence[Json], Bot], Awaitable[Sequence[Update]]]


class Updates(Protocol):
    """A source that has updates taken down as they come, and puts those that are news into the application's queue."""

    async def connect(self) -> bool:
        """Waits until Telegram knows the bot; False when told to stop before.

        Raises:
            InvalidToken: Telegram refuses the token.
        """

    async def run(self) -> None:
        """Returns when told to stop, with what came confirmed, so that it is not answered again.

        Raises:
            InvalidToken: the token was revoked.
        """


MakesUpdates = Callable[[App, asyncio.Event, Take], Updates]
"""Makes a source of (application, stop, take): `take` takes updates down and gives back what is to be answered; the
source ends when `stop` is set."""
