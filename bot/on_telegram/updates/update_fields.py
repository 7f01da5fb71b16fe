"""What the bot uses of an update, taken out of Telegram's JSON field by field, each on its own.

A field that is missing, of another type, or new costs itself: the message that holds it is read all the same. What
restricts its writer (that it was forwarded, or came by another bot, or in the name of a chat) counts where it is
there at all, be it readable or not. Every function returns None for what cannot be read.
"""

import time
from collections.abc import Callable
from typing import Final

from telegram import InlineKeyboardMarkup
from telegram.constants import ChatType

from bot.on_telegram.updates.json_fields import Json, identifier, number, taken, words
from bot.on_telegram.updates.message_content import content

_KINDS_OF_CHATS: Final = (ChatType.PRIVATE, ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL)
_LATEST_DATE = 2**32
_FORWARDED: Final = (
    "forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name",
)  # fmt: skip
"""The first since Bot API 7.0, the others before."""
_NOBODY: Final = {"id": 0, "is_bot": True, "first_name": ""}
_SOME_CHAT: Final = {"id": 0, "type": "channel"}


def user(value: object) -> Json | None:
    """A User: its id, names, language, and whether it is a bot."""
    if not isinstance(value, dict) or (who := number(value.get("id"))) is None:
        return None
    first = {
        "id": who,
        "is_bot": bool(value.get("is_bot")),
        "first_name": words(value.get("first_name")) or "",
    }
    return first | taken(value, words, "username", "language_code")


def chat(value: object) -> Json | None:
    """A Chat; one of a kind that is not known is a group, or private where its id is a person's."""
    if not isinstance(value, dict) or (which := number(value.get("id"))) is None:
        return None
    kind = value.get("type")
    if kind not in _KINDS_OF_CHATS:
        kind = ChatType.PRIVATE if which > 0 else ChatType.SUPERGROUP
    return {"id": which, "type": kind, **taken(value, words, "title", "username", "first_name")}


def message(value: object, *, replied: bool = True) -> Json | None:
    """A Message, with the one that it replies to unless not `replied`; None without its number and chat."""
    if not isinstance(value, dict):
        return None
    which, where = number(value.get("message_id")), chat(value.get("chat"))
    if which is None or where is None:
        return None
    date = number(value.get("date")) or 0
    found: Json = {
        "message_id": which,
        "chat": where,
        "date": date if 0 < date < _LATEST_DATE else int(time.time()),
    }
    found |= taken(value, user, "from") | _writer(value, found["date"]) | content(value)
    found |= taken(value, number, "message_thread_id", "migrate_to_chat_id", "migrate_from_chat_id")
    found |= taken(value, identifier, "media_group_id") | taken(value, _keyboard, "reply_markup")
    found |= {name: True for name in ("is_topic_message", "is_automatic_forward") if value.get(name)}
    if replied:
        found |= taken(value, lambda asked: message(asked, replied=False), "reply_to_message")
    return found


def inline_query(value: object) -> Json | None:
    """An InlineQuery."""
    if not isinstance(value, dict):
        return None
    which, who = identifier(value.get("id")), user(value.get("from"))
    if which is None or who is None:
        return None
    texts = {name: words(value.get(name)) or "" for name in ("query", "offset")}
    return {"id": which, "from": who, **texts}


def callback_query(value: object) -> Json | None:
    """A CallbackQuery; of a message that is too old to be shown no more than number and chat are known."""
    if not isinstance(value, dict):
        return None
    which, who = identifier(value.get("id")), user(value.get("from"))
    if which is None or who is None:
        return None
    found: Json = {"id": which, "from": who, "chat_instance": words(value.get("chat_instance")) or ""}
    pressed = value.get("message")
    found |= taken(value, words, "data", "inline_message_id", "game_short_name")
    found |= taken(value, message, "message")
    if isinstance(pressed, dict) and pressed.get("date") == 0 and "message" in found:
        found["message"] = {**found["message"], "date": 0}
    return found


READERS: Final[dict[str, Callable[[object], Json | None]]] = {
    "message": message,
    "edited_message": message,
    "callback_query": callback_query,
    "inline_query": inline_query,
}
"""The kinds of updates that the bot answers, and what reads each."""


def _writer(value: Json, date: int) -> Json:
    """Who wrote a message, where it was not the person themselves."""
    found: Json = {}
    if any(value.get(name) for name in _FORWARDED):
        found["forward_origin"] = {"type": "hidden_user", "date": date, "sender_user_name": ""}
    if value.get("sender_chat") is not None:
        found["sender_chat"] = chat(value["sender_chat"]) or _SOME_CHAT
    if value.get("via_bot") is not None:
        found["via_bot"] = user(value["via_bot"]) or _NOBODY
    return found


def _keyboard(value: object) -> Json | None:
    """The buttons under a message of ours, to be compared with others."""
    if not isinstance(value, dict):
        return None
    try:
        InlineKeyboardMarkup.de_json(value, None)
    except Exception:  # whatever the library makes of it
        return None
    return value
