"""python-telegram-bot's own Bot against the fake server, in the manner of a synchronous test."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fake_bot_api import Chat, FakeBotApi
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest


class Client:
    """A Bot, the server it talks to, and a user who has opened a chat with it."""

    def __init__(self, api: FakeBotApi, chat: Chat, runner: asyncio.Runner, token: str) -> None:
        self.api = api
        self.chat = chat
        self.runner = runner
        polling, request = (
            HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)
        )  # http: no certificates
        self.bot = Bot(
            token,
            base_url=api.base_url,
            base_file_url=api.file_url,
            request=request,
            get_updates_request=polling,
        )

    def call(self, method: str, **arguments: Any) -> Any:
        """Await a method of the Bot."""
        return self.runner.run(getattr(self.bot, method)(**arguments))

    def say(self, text: str, **arguments: Any) -> Any:
        """send_message to the user's chat."""
        return self.call("send_message", chat_id=self.chat.id, text=text, **arguments)

    def html(self, text: str, **arguments: Any) -> Any:
        """send_message to the user's chat, in HTML."""
        return self.say(text, parse_mode="HTML", **arguments)

    def refused(self, method: str, **arguments: Any) -> str:
        """The error message of a call that the server must refuse."""
        with pytest.raises(TelegramError) as caught:
            self.call(method, **arguments)
        return str(caught.value)

    def refused_text(self, text: str, **arguments: Any) -> str:
        """The error message of a send_message that the server must refuse."""
        return self.refused("send_message", chat_id=self.chat.id, text=text, **arguments)

    def refused_html(self, text: str) -> str:
        """The error message of a send_message in HTML that the server must refuse."""
        return self.refused_text(text, parse_mode="HTML")


@contextmanager
def connected(token: str | None = None, **options: Any) -> Iterator[Client]:
    """A Client over a fresh server; the user has said "xin chao" and the bot has fetched that."""
    with FakeBotApi(**options) as api, asyncio.Runner() as runner:
        chat = api.private_chat(first_name="An")
        client = Client(api, chat, runner, token or api.token)
        chat.send("xin chao")
        api.world.updates.clear()
        yield client
        runner.run(_closed(client.bot))


async def _closed(bot: Bot) -> None:
    for request in bot._request:
        await request.shutdown()
