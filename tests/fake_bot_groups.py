"""What happens in groups besides people's plain messages."""

from __future__ import annotations

import time

from fake_bot_api import FakeBotApi
from fake_bot_chat import Chat
from fake_bot_objects import Json, Message, User

ANONYMOUS = User(1_087_968_824, "Group", username="GroupAnonymousBot", is_bot=True)
"""Telegram's own stand-in for admins of a group who hide who they are."""
_CHANNEL_BOT = User(136_817_688, "Channel", username="Channel_Bot", is_bot=True)
_CHANNEL = {"id": -1_001_000_000_777, "type": "channel", "title": "Tin tức", "username": "tin_tuc"}
_TELEGRAM = User(777_000, "Telegram")


def as_anonymous_admin(chat: Chat, text: str) -> Message:
    """An admin of the group writes in the name of the group."""
    message = chat.compose(text, ANONYMOUS)
    message.extra = {"sender_chat": {"id": chat.id, "type": "supergroup", "title": "Group"}}
    return chat.post(message)


def as_channel(chat: Chat, text: str) -> Message:
    """Somebody writes in the name of a channel of theirs."""
    message = chat.compose(text, _CHANNEL_BOT)
    message.extra = {"sender_chat": _CHANNEL}
    return chat.post(message)


def channel_post(chat: Chat, text: str) -> Message:
    """A post of a channel appears in its discussion group by itself."""
    message = chat.compose(text, _TELEGRAM)
    origin = {"type": "channel", "date": int(time.time()), "chat": _CHANNEL, "message_id": 77}
    message.extra = {"sender_chat": _CHANNEL, "is_automatic_forward": True, "forward_origin": origin}
    return chat.post(message)


def via(chat: Chat, text: str, bot: User, sender: User | None = None) -> Message:
    """Somebody posts what an inline bot has offered them."""
    message = chat.compose(text, sender)
    message.extra = {"via_bot": bot.to_api()}
    return chat.post(message)


def migrate(api: FakeBotApi, chat: Chat, new_id: int) -> Chat:
    """The group becomes a supergroup: both tell the bot, and the old one takes nothing any more."""
    supergroup = api.group_chat(new_id)
    people = list(chat.state.members.values())
    old: Json = {"migrate_to_chat_id": new_id}
    chat.service(sender=people[0], **old)
    chat.state.migrated_to = new_id
    supergroup.service(sender=people[0], migrate_from_chat_id=chat.id)
    return supergroup
