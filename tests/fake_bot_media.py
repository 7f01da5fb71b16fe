"""What people send besides plain text: files of every kind, albums, forwarded messages."""

from __future__ import annotations

import time
from typing import Literal

from fake_bot_chat import Chat
from fake_bot_objects import Json, Message, User

Origin = Literal["channel", "user", "hidden_user"]
_FILES = {
    "animation": ("fun.mp4", "video/mp4"),
    "audio": ("song.mp3", "audio/mpeg"),
    "photo": ("photo.jpg", "image/jpeg"),
    "sticker": ("sticker.webp", "image/webp"),
    "video": ("film.mp4", "video/mp4"),
    "video_note": ("note.mp4", "video/mp4"),
    "voice": ("voice.ogg", "audio/ogg"),
}
MEDIA = tuple(_FILES)
_ALBUM = "13371337"


def send_media(chat: Chat, kind: str, *, caption: str = "", sender: User | None = None) -> Message:
    """A photo, a voice message, a sticker: any kind of `MEDIA`."""
    return chat.post(_media(chat, kind, caption, sender))


def send_album(chat: Chat, count: int, *, caption: str = "", sender: User | None = None) -> list[Message]:
    """Photos in one album: a message each, with the caption under the first."""
    photos = [_media(chat, "photo", "" if number else caption, sender) for number in range(count)]
    for photo in photos:
        photo.extra = {"media_group_id": _ALBUM}
    return [chat.post(photo) for photo in photos]


def forward(
    chat: Chat, text: str, *, origin: Origin = "channel", photo: bool = False, sender: User | None = None
) -> Message:
    """A text of someone else, or a photo with it as the caption."""
    message = _media(chat, "photo", text, sender) if photo else chat.compose(text, sender)
    message.extra = {"forward_origin": {"type": origin, "date": int(time.time()) - 3600, **_FROM[origin]}}
    return chat.post(message)


_CHANNEL = {"id": -1_001_000_000_777, "type": "channel", "title": "Tin tức", "username": "tin_tuc"}
_FROM: dict[Origin, Json] = {
    "channel": {"chat": _CHANNEL, "message_id": 77},
    "user": {"sender_user": {"id": 4711, "is_bot": False, "first_name": "Bình"}},
    "hidden_user": {"sender_user_name": "Bình"},
}


def _media(chat: Chat, kind: str, caption: str, sender: User | None) -> Message:
    message = chat.compose(caption, sender)
    name, mime_type = _FILES[kind]
    message.attachment = chat.store(kind, name, b"\x00\x01", mime_type)
    return message
