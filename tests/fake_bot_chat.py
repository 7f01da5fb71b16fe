"""A chat in a test's hands: what a person types and presses, and what the bot says."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fake_bot_messages import stored_file
from fake_bot_objects import Attachment, CallbackQuery, ChatState, Json, Message, User, revision
from fake_bot_profile import menu
from fake_bot_request import Upload
from fake_bot_text import MAX_TEXT, Formatted, detected_entities, utf16_slice
from fake_bot_world import World, wait_until

Predicate = Callable[[Message], bool]


class Chat:
    """One chat, private or group; made by FakeBotApi.private_chat and FakeBotApi.group_chat."""

    def __init__(self, world: World, state: ChatState, language: str = "") -> None:
        self._world = world
        self._state = state
        self._language = language
        self._seen: set[int] = set()

    @property
    def id(self) -> int:
        """The chat id (in a private chat, the user's id)."""
        return self._state.id

    @property
    def state(self) -> ChatState:
        """What the server knows of the chat."""
        return self._state

    @property
    def messages(self) -> list[Message]:
        """All that the bot has sent and not deleted, oldest first."""
        with self._world.changed:
            return [m for m in self._state.messages.values() if m.sender == self._world.bot and not m.deleted]

    @property
    def actions(self) -> list[str]:
        """The chat actions (such as typing) that the bot has shown."""
        return list(self._state.actions)

    @property
    def menu(self) -> list[dict[str, str]]:
        """The command menu that this chat's user sees, as command and description."""
        with self._world.changed:
            return menu(self._world, self.id, self._language)

    def send(self, text: str, *, sender: User | None = None, reply_to: Message | None = None) -> Message:
        """Write a message; a text of more than 4096 characters is refused: see send_long."""
        if not 1 <= len(text) <= MAX_TEXT:
            raise ValueError(f"a client sends 1 to {MAX_TEXT} characters, not {len(text)}")
        return self.post(self.compose(text, sender, reply_to))

    def compose(self, text: str, sender: User | None = None, reply_to: Message | None = None) -> Message:
        """A message of a person that is not sent yet; a text becomes the caption once there is an attachment."""
        return Message(self.id, 0, self._sender(sender), [revision(_typed(text))], reply_to=reply_to)

    def post(self, message: Message) -> Message:
        """Send a composed message."""
        with self._world.changed:
            message.message_id = self._world.message_id(self._state)
            self._state.messages[message.message_id] = message
            self._state.opened = True
            self._deliver("message", message)
            return message

    def send_long(self, text: str, *, sender: User | None = None) -> list[Message]:
        """Write a text of any length, cut every 4096 characters as clients do."""
        return [self.send(text[at : at + MAX_TEXT], sender=sender) for at in range(0, len(text), MAX_TEXT)]

    def ask(self, text: str, *, timeout: float = 20.0) -> Message:
        """Send, and wait for the bot's next message."""
        sent = self.send(text)
        return self.wait_for_message(timeout=timeout, predicate=lambda m: m.message_id > sent.message_id)

    def edit(self, message: Message, text: str) -> Message:
        """Change one's own message."""
        with self._world.changed:
            message.revisions.append(revision(_typed(text)))
            self._deliver("edited_message", message)
            return message

    def delete(self, message: Message) -> None:
        """Delete a message; the bot is not told."""
        with self._world.changed:
            message.deleted = True
            self._world.notify()

    def send_document(
        self, name: str, content: bytes, *, mime_type: str = "text/plain", caption: str = "",
        size: int | None = None, sender: User | None = None,
    ) -> Message:  # fmt: skip
        """Send a file; `size` is the size that Telegram reports, when it shall not be the true one."""
        message = self.compose(caption, sender)
        message.attachment = self.store("document", name, content, mime_type, size)
        message.attachment_size = size
        return self.post(message)

    def store(
        self, kind: str, name: str, content: bytes, mime_type: str, size: int | None = None
    ) -> Attachment:
        """A file for a message; `size` is what Telegram says of it, when not its true one."""
        with self._world.changed:
            return stored_file(self._world, kind, Upload(name, content, mime_type), size)

    def press(
        self,
        message: Message,
        data: str,
        *,
        sender: User | None = None,
        stale: bool = False,
        expired: bool = False,
        inaccessible: bool = False,
    ) -> CallbackQuery:
        """Press the button with callback data `data`.

        `stale` allows a button that the message no longer has (a client that lags behind); `expired` makes a
        query too old to be answered; with `inaccessible` the bot is told of the message no more than its number,
        as of old ones.
        """
        with self._world.changed:
            if not stale and data not in [button.get("callback_data") for button in message.buttons]:
                raise ValueError(f"no button with data {data!r}; there are {message.buttons}")
            query = CallbackQuery(self._world.opaque_id(), message, data, expired)
            self._world.callbacks[query.id] = query
            body = {
                "id": query.id,
                "from": self._sender(sender).to_api(),
                "chat_instance": str(self.id),
                "data": data,
            }
            known = self._world.message_json(message)
            if inaccessible:
                known = {"chat": known["chat"], "message_id": message.message_id, "date": 0}
            self._world.enqueue("callback_query", {**body, "message": known})
            return query

    def age(self, message: Message, seconds: float) -> None:
        """Let a message have been written so much earlier."""
        with self._world.changed:
            first = message.revisions[0]
            message.revisions[0] = replace(first, time=first.time - seconds)

    def service(self, *, sender: User | None = None, **fields: Any) -> Message:
        """A service message, its fields as in the Bot API (delivered to groups in any privacy mode)."""
        message = self.compose("", sender, None)
        message.service = fields
        return self.post(message)

    def block(self) -> None:
        """The user blocks the bot."""
        self._set_blocked(True)

    def unblock(self) -> None:
        """The user lets the bot in again."""
        self._set_blocked(False)

    def remove_bot(self) -> None:
        """The bot is removed from the group."""
        with self._world.changed:
            self._state.bot_is_member = False
            self._membership("member", "left")

    def wait_for_message(self, *, timeout: float = 20.0, predicate: Predicate | None = None) -> Message:
        """The first bot message, as it reads now, that no earlier wait returned and that fits `predicate`."""
        message: Message = wait_until(
            self._world, lambda: self._unseen(predicate), timeout, "message from the bot"
        )
        self._seen.add(message.message_id)
        return message

    def wait_for_edit(self, message: Message, *, timeout: float = 20.0, after: int = 1) -> Message:
        """Wait until `message` has more than `after` revisions (1: it has been edited)."""
        wait_until(self._world, lambda: len(message.revisions) > after, timeout, "edit by the bot")
        return message

    def wait_for_answer(self, query: CallbackQuery, *, timeout: float = 20.0) -> Json:
        """The bot's answerCallbackQuery parameters for a press."""
        wait_until(self._world, lambda: query.answer is not None, timeout, "answer to the callback query")
        return query.answer or {}

    def expect_silence(self, seconds: float) -> None:
        """Fail with AssertionError when the bot writes a new message within so many seconds."""
        with self._world.changed:
            if self._world.changed.wait_for(lambda: self._unseen(None), seconds):
                raise AssertionError(f"the bot was to be silent, yet wrote: {self.messages[-1].text!r}")

    def _unseen(self, predicate: Predicate | None) -> Message | None:
        fresh = [m for m in self.messages if m.message_id not in self._seen]
        return next((m for m in fresh if predicate is None or predicate(m)), None)

    def _sender(self, sender: User | None) -> User:
        chosen = sender or self._state.owner
        if chosen is None:
            raise ValueError("in a group, name the sender")
        self._state.members.setdefault(chosen.id, chosen)
        return chosen

    def _deliver(self, kind: str, message: Message) -> None:
        if self._bot_sees(message):
            message.update_id = self._world.enqueue(kind, self._world.message_json(message))

    def _bot_sees(self, message: Message) -> bool:
        """Privacy mode: in a group only commands, replies to the bot and service messages reach it."""
        if self._state.type == "private" or not self._state.bot_is_member:
            return self._state.bot_is_member and not self._state.blocked
        answered = message.reply_to is not None and message.reply_to.sender == self._world.bot
        return self._world.reads_groups or bool(message.service) or answered or self._is_command(message)

    def _is_command(self, message: Message) -> bool:
        found = [e for e in message.entities if e["type"] == "bot_command"]
        texts = [utf16_slice(message.text, e["offset"], e["length"]) for e in found]
        addressees = [re.sub(r"^/\w+@?", "", text) for text in texts]
        return any(name.lower() in ("", str(self._world.bot.username).lower()) for name in addressees)

    def _set_blocked(self, blocked: bool) -> None:
        with self._world.changed:
            self._state.blocked = blocked
            self._membership(*(("member", "kicked") if blocked else ("kicked", "member")))

    def _membership(self, old: str, new: str) -> None:
        bot = self._world.bot.to_api()
        sender = self._state.owner or next(iter(self._state.members.values()), self._world.bot)
        states = {"old_chat_member": _status(old, bot), "new_chat_member": _status(new, bot)}
        body = {"chat": self._state.to_api(), "from": sender.to_api(), "date": int(time.time()), **states}
        self._world.enqueue("my_chat_member", body)


def _status(status: str, user: Json) -> Json:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": user, **until}


def _typed(text: str) -> Formatted:
    return Formatted(text, None, text, detected_entities(text))
