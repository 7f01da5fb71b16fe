"""What the fake server knows: chats, queries, files, waiting updates, calls, deliveries, violations.

Every access happens under `World.changed` (a condition on a re-entrant lock), which is notified on each
change, so a test's thread and the server's thread can both use it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count
from typing import Any

from fake_bot_deliveries import Delivery
from fake_bot_limits import RateLimits
from fake_bot_objects import Attachment, Call, CallbackQuery, ChatState, InlineQuery, Json, Message, User

_update_ids = count(100_001)
"""Of all servers in a run, as they play one Telegram: a bot that is started again with its state knows old numbers."""
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class World:
    """The state of the fake server; see the module."""

    def __init__(self, bot: User, *, reads_groups: bool, rate_limits: RateLimits | None) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.bot = bot
        self.reads_groups = reads_groups
        self.rate_limits = rate_limits
        self.chats: dict[int, ChatState] = {}
        self.callbacks: dict[str, CallbackQuery] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.files: dict[str, tuple[Attachment, int]] = {}
        self.updates: list[Json] = []
        self.allowed_updates: list[str] = []
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []
        self.violations: list[str] = []
        self.commands: dict[tuple[str, int, int, str], list[dict[str, str]]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.webhook: Json = {}
        self.open_polls = 0
        self.on_update: Callable[[], None] = lambda: None
        self._ids = count(1)
        self._supergroup_ids: dict[int, count[int]] = {}
        self._opaque_ids = count(7_000_000_001)

    def notify(self) -> None:
        """Tell waiting tests that something changed (the lock must be held)."""
        self.changed.notify_all()

    def opaque_id(self) -> str:
        """A fresh id for a query or a file."""
        return str(next(self._opaque_ids))

    def message_id(self, chat: ChatState) -> int:
        """A fresh message id: one row of numbers for each supergroup, one for all other chats."""
        ids = self._supergroup_ids.setdefault(chat.id, count(1)) if chat.type == "supergroup" else self._ids
        return next(ids)

    def enqueue(self, kind: str, payload: Json) -> int | None:
        """Queue an update unless the bot did not ask for its kind; returns its update_id."""
        wanted = kind in self.allowed_updates if self.allowed_updates else kind not in NOT_BY_DEFAULT
        return self.inject({kind: payload}) if wanted else None

    def inject(self, body: Any, **number: Any) -> int:
        """Queue an update as it is, of whatever kind; `number` gives its update_id, else it has the next one."""
        update_id = next(_update_ids)
        self.updates.append({"update_id": update_id, **number, **body} if isinstance(body, dict) else body)
        self.notify()
        self.on_update()
        return update_id

    def acknowledge(self, offset: int) -> None:
        """Forget updates before `offset`; a negative one keeps only so many of the last.

        What has no number goes with the next one behind it.
        """
        if offset < 0:
            self.updates = self.updates[offset:]
        elif offset > 0:
            known = [_number(update) for update in self.updates]
            last = max((at for at, number in enumerate(known) if number and number < offset), default=-1)
            kept = [number >= offset if number else at > last for at, number in enumerate(known)]
            self.updates = [update for update, stays in zip(self.updates, kept, strict=True) if stays]
        self.notify()

    def message_json(self, message: Message, *, with_reply: bool = True) -> Json:
        """The Message object of the Bot API."""
        body: Json = {"message_id": message.message_id, "date": int(message.revisions[0].time)}
        body |= {
            "chat": self.chats[message.chat_id].to_api(),
            "from": message.sender.to_api(),
            **message.service,
            **message.extra,
        }
        if message.edited:
            body["edit_date"] = int(message.latest.time)
        if message.attachment:
            body[message.attachment.kind] = message.attachment.to_api(message.attachment_size)
        body |= _content_json(message)
        if message.reply_to and with_reply:
            body["reply_to_message"] = self.message_json(message.reply_to, with_reply=False)
        return body


def _number(update: Any) -> int:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else 0


def _content_json(message: Message) -> Json:
    text, entities = ("caption", "caption_entities") if message.attachment else ("text", "entities")
    body: Json = {text: message.text, entities: message.entities} if message.text else {}
    if not message.entities:
        body.pop(entities, None)
    if message.buttons:
        body["reply_markup"] = message.reply_markup
    if message.link_preview_options:
        body["link_preview_options"] = message.link_preview_options
    return body


def wait_until(world: World, condition: Callable[[], Any], timeout: float, what: str) -> Any:
    """The first true value of `condition`, which is tried on every change; TimeoutError names `what`."""
    with world.changed:
        found = world.changed.wait_for(condition, timeout)
        if not found:
            calls = [
                f"{call.method} -> {call.status}" for call in world.calls if call.method != "getUpdates"
            ][-5:]
            raise TimeoutError(
                f"no {what} within {timeout} s; last calls: {calls}; violations: {world.violations}"
            )
        return found
