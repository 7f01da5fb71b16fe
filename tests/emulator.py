"""`lo-bot-api-emulator`, another stand-in for the Bot API, so that the blind spots of our own fake do not become ours.

It has four habits that Telegram has not, and which are put right here, each with the least that will do:

- it refuses `link_preview_options`: the field is taken out of the request (and remembered);
- its getMe has no username: one is added;
- it cannot queue `edited_message`, though it delivers any kind: the kind is added to those it queues;
- it keeps no texts: what was sent is remembered here.

It parses no HTML, so a test sees the markup as it was sent.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import lo_bot_api_emulator.updates
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

Json = dict[str, Any]
TOKEN = "7:EMULATED-token_of-a-bot-that-is-not"
_USERNAME = "trichdan_bot"
_EDITED = "edited_message"


@dataclass(frozen=True)
class Done:
    """A call that was accepted: what was sent, JSON fields decoded, and what came back."""

    method: str
    fields: Json
    result: Any


class _Recording(LoBotApiEmulator):  # type: ignore[misc]  # the package has no types
    def __init__(self) -> None:
        super().__init__()
        self.done: list[Done] = []

    async def read_request(self, request: web.Request) -> tuple[Json, Json]:
        fields, uploads = await super().read_request(request)
        fields.pop("link_preview_options", None)
        return fields, uploads

    def validate(self, method: str, fields: Json, uploads: Json) -> Any:
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            result["username"] = _USERNAME
        if method != "getUpdates":
            self.done.append(Done(method, {name: _decoded(value) for name, value in fields.items()}, result))
        return result


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value


class Emulator:
    """A context manager: the emulator on a loopback port, and one person with a private chat."""

    token = TOKEN

    def __init__(self) -> None:
        self._emulator = _Recording()
        self._ids = 1000
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._person = {"id": 4242, "is_bot": False, "first_name": "An", "language_code": "vi"}
        self._chat = {"id": 4242, "type": "private", "first_name": "An"}

    def __enter__(self) -> Self:
        lo_bot_api_emulator.updates.KINDS.add(_EDITED)
        self._thread.start()
        assert self._started.wait(10)
        return self

    def __exit__(self, *exception: object) -> None:
        lo_bot_api_emulator.updates.KINDS.discard(_EDITED)
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    async def _run(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        runner = web.AppRunner(self._emulator.app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
        self._started.set()
        await self._stopping.wait()
        await runner.cleanup()

    @property
    def refusals(self) -> list[Json]:
        """What it refused, but for methods that it does not play, and for the bot's last poll.

        Telegram ends an older poll for a new one; the emulator refuses the new one until it sees the older gone.
        """
        polls = {"method": "getUpdates", "status": 409}
        return [
            each
            for each in self._emulator.requests
            if each["status"] not in (200, 501) and not polls.items() <= each.items()
        ]

    def say(self, text: str) -> Json:
        """Write to the bot; returns the message as Telegram tells it."""
        self._ids += 1
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        message = {"message_id": self._ids, "date": int(time.time()), "chat": self._chat}
        message |= {"from": self._person, "text": text}
        message |= {"entities": entities} if text.startswith("/") else {}
        self._enqueue({"message": message})
        return message

    def say_in_group(self, text: str) -> Json:
        """Write a command in a group that the bot is in."""
        self._ids += 1
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        group = {"id": -1_001_000_000_042, "type": "supergroup", "title": "Group"}
        message = {"message_id": self._ids, "date": int(time.time()), "chat": group, "from": self._person}
        message |= {"text": text, "entities": entities}
        self._enqueue({"message": message})
        return message

    def type_inline(self, query: str) -> Done:
        """Type `@bot query` somewhere; the bot's answer."""
        self._ids += 1
        query_id, before = str(self._ids), self.count
        self._enqueue({"inline_query": {"id": query_id, "from": self._person, "query": query, "offset": ""}})
        return self.wait_for(
            "answer to the inline query", lambda done: done.method == "answerInlineQuery", after=before
        )

    def edit(self, message: Json, text: str) -> None:
        """Change one's own message."""
        self._enqueue({_EDITED: {**message, "text": text, "edit_date": int(time.time())}})

    def press(self, reply: Done, data: str, *, asked: Json) -> str:
        """Press a button under a reply to the message `asked`; returns the query's id."""
        self._ids += 1
        query_id = str(self._ids)
        bot = {"id": 7, "is_bot": True, "first_name": "Fixture", "username": _USERNAME}
        shown = {**reply.result, "date": int(time.time()), "from": bot, "reply_to_message": asked}
        query = {"id": query_id, "from": self._person, "chat_instance": "1", "data": data}
        self._enqueue({"callback_query": {**query, "message": shown}})
        return query_id

    def wait_for(
        self, what: str, fits: Callable[[Done], bool], *, after: int = 0, timeout: float = 20.0
    ) -> Done:
        """The first accepted call, of those `after` the first so many, that fits."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            found = next((done for done in self._emulator.done[after:] if fits(done)), None)
            if found:
                return found
            time.sleep(0.02)
        seen = [(done.method, done.fields) for done in self._emulator.done[after:]]
        raise TimeoutError(f"no {what}; refused: {self.refusals}; done: {seen[-5:]}")

    def reply_to(self, message: Json) -> Done:
        """The bot's reply to a message."""

        def is_reply(done: Done) -> bool:
            replied = done.fields.get("reply_parameters") or {}
            return done.method == "sendMessage" and replied.get("message_id") == message["message_id"]

        return self.wait_for("reply", is_reply)

    @property
    def count(self) -> int:
        """How many calls were accepted so far."""
        return len(self._emulator.done)

    def _enqueue(self, update: Json) -> None:
        queued = self._emulator.enqueue_update(update, token=self.token)
        asyncio.run_coroutine_threadsafe(queued, self._loop).result(10)
