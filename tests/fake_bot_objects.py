"""What the fake server is made of: users, chats, messages with their history, queries, calls."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from fake_bot_html import Entity
from fake_bot_limits import Markup
from fake_bot_text import Formatted, utf16_slice

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


_PARTS: dict[str, dict[str, Any]] = {
    "animation": {"width": 320, "height": 240, "duration": 2},
    "audio": {"duration": 90},
    "photo": {"width": 800, "height": 600},
    "sticker": {
        "width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular", "emoji": "👍",
    },
    "video": {"width": 640, "height": 480, "duration": 5},
    "video_note": {"length": 240, "duration": 5},
    "voice": {"duration": 3},
}  # fmt: skip
"""What each kind of attachment holds besides its file; a document holds nothing more."""
_NAMED = ("animation", "audio", "document", "video")
_TYPED = (*_NAMED, "voice")


@dataclass(frozen=True)
class Attachment:
    """A file in a message: its kind is the name of the Message's field that holds it."""

    kind: str
    file_id: str
    name: str
    content: bytes
    mime_type: str

    def to_api(self, size: int | None = None) -> Json | list[Json]:
        """The object of its kind; for a photo the list of PhotoSizes."""
        size = len(self.content) if size is None else size
        common = {"file_id": self.file_id, "file_unique_id": f"u{self.file_id}", "file_size": size}
        body = {**common, **_PARTS.get(self.kind, {})}
        if self.kind in _NAMED:
            body["file_name"] = self.name
        if self.kind in _TYPED:
            body["mime_type"] = self.mime_type
        return [body] if self.kind == "photo" else body


@dataclass(frozen=True)
class Revision:
    """The content of a message at one time."""

    content: Formatted
    reply_markup: Markup | None
    link_preview_options: Json | None
    time: float


@dataclass
class Message:
    """A message, with the history of its edits; the properties read its latest revision.

    `service` makes it a service message, `extra` holds what else its JSON shows, such as where it was forwarded from;
    `update_id` is that of the last update that told the bot of it.
    """

    chat_id: int
    message_id: int
    sender: User
    revisions: list[Revision]
    reply_parameters: Json | None = None
    reply_to: Message | None = None
    attachment: Attachment | None = None
    attachment_size: int | None = None
    service: Json = field(default_factory=dict)
    extra: Json = field(default_factory=dict)
    deleted: bool = False
    params: Json = field(default_factory=dict)
    update_id: int | None = None

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
    migrated_to: int | None = None
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


def revision(content: Formatted, markup: Markup | None = None, preview: Json | None = None) -> Revision:
    """A revision made now."""
    return Revision(content, markup, preview, time.time())
