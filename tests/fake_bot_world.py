"""What the fake server knows: users, chats, messages, queries, files, waiting updates, calls, violations.

Every access happens under `World.changed` (a condition on a re-entrant lock), which is notified on each
change, so a test's thread and the server's thread can both use it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from fake_bot_html import Entity
from fake_bot_limits import Markup, RateLimits
from fake_bot_text import Formatted, utf16_slice

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
Json = dict[str, Any]


@dataclass(frozen=True)
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    language_code: str | None = None
    username: str | None = None
    is_bot: bool = False

    def to_api(self) -> Json:
        """The User object of the Bot API."""
        optional = {"language_code": self.language_code, "username": self.username}
        given = {name: value for name, value in optional.items() if value}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name, **given}


@dataclass(frozen=True)
class Attachment:
    """A document or a photo."""

    kind: str
    file_id: str
    name: str
    content: bytes
    mime_type: str

    def to_api(self, size: int | None = None) -> Json | list[Json]:
        """The Document object, or the list of PhotoSizes."""
        size = len(self.content) if size is None else size
        common = {"file_id": self.file_id, "file_unique_id": f"u{self.file_id}", "file_size": size}
        if self.kind == "photo":
            return [{**common, "width": 800, "height": 600}]
        return {**common, "file_name": self.name, "mime_type": self.mime_type}


@dataclass(frozen=True)
class Revision:
    """The content of a message at one time."""

    content: Formatted
    reply_markup: Markup | None
    link_preview_options: Json | None
    time: float


@dataclass
class Message:
    """A message, with the history of its edits; the properties read its latest revision."""

    chat_id: int
    message_id: int
    sender: User
    revisions: list[Revision]
    reply_parameters: Json | None = None
    reply_to: Message | None = None
    attachment: Attachment | None = None
    attachment_size: int | None = None
    service: Json = field(default_factory=dict)
    deleted: bool = False
    params: Json = field(default_factory=dict)

    @property
    def latest(self) -> Revision:
        """The newest revision."""
        return self.revisions[-1]

    @property
    def raw_text(self) -> str:
        """The text as the caller sent it, markup included."""
        return self.latest.content.raw

    @property
    def text(self) -> str:
        """The text (or caption) that a reader sees."""
        return self.latest.content.text

    @property
    def parse_mode(self) -> str | None:
        """The parse mode that was asked for."""
        return self.latest.content.parse_mode

    @property
    def entities(self) -> list[Entity]:
        """The entities that Telegram kept."""
        return self.latest.content.entities

    @property
    def reply_markup(self) -> Markup | None:
        """The keyboard."""
        return self.latest.reply_markup

    @property
    def link_preview_options(self) -> Json | None:
        """The link preview options."""
        return self.latest.link_preview_options

    @property
    def edited(self) -> bool:
        """Whether it has been edited."""
        return len(self.revisions) > 1

    @property
    def buttons(self) -> list[Json]:
        """All inline buttons, row by row."""
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def entity_texts(self, kind: str) -> list[str]:
        """The texts that entities of type `kind` cover."""
        found = [entity for entity in self.entities if entity["type"] == kind]
        return [utf16_slice(self.text, entity["offset"], entity["length"]) for entity in found]


@dataclass
class CallbackQuery:
    """A press on a button; `answer` holds the parameters of answerCallbackQuery once the bot has answered."""

    id: str
    message: Message
    data: str
    expired: bool = False
    answer: Json | None = None


@dataclass
class InlineQuery:
    """An inline query; `answer` holds the parameters of answerInlineQuery once the bot has answered."""

    id: str
    query: str
    answer: Json | None = None

    @property
    def results(self) -> list[Json]:
        """The results that the bot offered."""
        found: list[Json] = (self.answer or {}).get("results", [])
        return found


@dataclass
class ChatState:
    """A chat as the server sees it; in a private chat the id is the user's."""

    id: int
    type: str
    title: str
    owner: User | None = None
    opened: bool = False
    blocked: bool = False
    bot_is_member: bool = True
    members: dict[int, User] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)

    def to_api(self) -> Json:
        """The Chat object of the Bot API."""
        if self.owner:
            names = {"first_name": self.owner.first_name, "username": self.owner.username}
            return {"id": self.id, "type": self.type, **{key: value for key, value in names.items() if value}}
        return {"id": self.id, "type": self.type, "title": self.title}


@dataclass
class Call:
    """One method call: when, what, with what (files as Upload); HTTP status (0: none, or none yet)."""

    time: float
    method: str
    params: Json
    status: int = 0


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
        self.violations: list[str] = []
        self.commands: dict[tuple[str, int, int, str], list[dict[str, str]]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.webhook: Json = {}
        self.open_polls = 0
        self.on_update: Callable[[], None] = lambda: None
        self._ids = count(1)
        self._supergroup_ids: dict[int, count[int]] = {}
        self._update_ids = count(100_001)
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
        if not wanted:
            return None
        update_id = next(self._update_ids)
        self.updates.append({"update_id": update_id, kind: payload})
        self.notify()
        self.on_update()
        return update_id

    def acknowledge(self, offset: int) -> None:
        """Forget updates before `offset`; a negative one keeps only so many of the last."""
        if offset < 0:
            self.updates = self.updates[offset:]
        elif offset > 0:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
        self.notify()

    def message_json(self, message: Message, *, with_reply: bool = True) -> Json:
        """The Message object of the Bot API."""
        body: Json = {"message_id": message.message_id, "date": int(message.revisions[0].time)}
        body |= {
            "chat": self.chats[message.chat_id].to_api(),
            "from": message.sender.to_api(),
            **message.service,
        }
        if message.edited:
            body["edit_date"] = int(message.latest.time)
        if message.attachment:
            body[message.attachment.kind] = message.attachment.to_api(message.attachment_size)
        body |= _content_json(message)
        if message.reply_to and with_reply:
            body["reply_to_message"] = self.message_json(message.reply_to, with_reply=False)
        return body


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


def revision(content: Formatted, markup: Markup | None = None, preview: Json | None = None) -> Revision:
    """A revision made now."""
    return Revision(content, markup, preview, time.time())
