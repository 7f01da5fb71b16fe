"""What the bot uses of an update, taken out of Telegram's JSON field by field, each on its own.

A field that is missing, of another type, or new costs itself: the message that holds it is read all the same. What
restricts its writer (that it was forwarded, or came by another bot, or in the name of a chat) counts where it is
there at all, be it readable or not. Every function returns None for what cannot be read.
"""

import re
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from telegram import InlineKeyboardMarkup
from telegram.constants import ChatType, MessageEntityType

Json = dict[str, Any]

_KINDS_OF_CHATS: Final = (ChatType.PRIVATE, ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL)
_KINDS_OF_MARKS: Final = frozenset(MessageEntityType)
_NUMBER = re.compile(r"-?[0-9]{1,19}")
_LATEST_DATE = 2**32
_FORWARDED: Final = (
    "forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name",
)  # fmt: skip
"""The first since Bot API 7.0, the others before."""
_NOBODY: Final = {"id": 0, "is_bot": True, "first_name": ""}
_SOME_CHAT: Final = {"id": 0, "type": "channel"}
_SERVICE: Final = frozenset({
    "boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed", "chat_owner_left",
    "chat_shared", "checklist_tasks_added", "checklist_tasks_done", "connected_website", "delete_chat_photo",
    "direct_message_price_changed", "forum_topic_closed", "forum_topic_created", "forum_topic_edited",
    "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden", "gift", "gift_upgrade_sent",
    "giveaway_completed", "giveaway_created", "group_chat_created", "left_chat_member", "managed_bot_created",
    "message_auto_delete_timer_changed", "new_chat_members", "new_chat_photo", "new_chat_title",
    "paid_message_price_changed", "passport_data", "pinned_message", "poll_option_added", "poll_option_deleted",
    "proximity_alert_triggered", "refunded_payment", "successful_payment", "suggested_post_approval_failed",
    "suggested_post_approved", "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded",
    "supergroup_chat_created", "unique_gift", "user_shared", "users_shared", "video_chat_ended",
    "video_chat_participants_invited", "video_chat_scheduled", "video_chat_started", "voice_chat_ended",
    "voice_chat_participants_invited", "voice_chat_scheduled", "voice_chat_started", "web_app_data",
    "write_access_allowed",
})  # fmt: skip
"""Fields of messages that tell of something, and ask nothing."""
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@\w{1,64})?")
_MENTION = re.compile(r"(?<!\w)@\w{3,64}", re.ASCII)


def number(value: object) -> int | None:
    """A whole number of 64 bits, also where it is written as a text."""
    if isinstance(value, float):
        value = str(int(value)) if value.is_integer() else None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if -(2**63) <= value < 2**63 else None


def words(value: object) -> str | None:
    """A text that can be written down and sent: halves of characters are replaced."""
    if not isinstance(value, str):
        return None
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def identifier(value: object) -> str | None:
    """An id that is a text, also where it is written as a number; none is empty."""
    plain = str(value) if isinstance(value, int) and not isinstance(value, bool) else words(value)
    return plain or None


def user(value: object) -> Json | None:
    """A User: its id, names, language, and whether it is a bot."""
    if not isinstance(value, dict) or (who := number(value.get("id"))) is None:
        return None
    first = {
        "id": who,
        "is_bot": bool(value.get("is_bot")),
        "first_name": words(value.get("first_name")) or "",
    }
    return first | _taken(value, words, "username", "language_code")


def chat(value: object) -> Json | None:
    """A Chat; one of a kind that is not known is a group, or private where its id is a person's."""
    if not isinstance(value, dict) or (which := number(value.get("id"))) is None:
        return None
    kind = value.get("type")
    if kind not in _KINDS_OF_CHATS:
        kind = ChatType.PRIVATE if which > 0 else ChatType.SUPERGROUP
    return {"id": which, "type": kind, **_taken(value, words, "title", "username", "first_name")}


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
    found |= _taken(value, user, "from") | _writer(value, found["date"]) | _content(value)
    found |= _taken(value, number, "message_thread_id", "migrate_to_chat_id", "migrate_from_chat_id")
    found |= _taken(value, identifier, "media_group_id") | _taken(value, _keyboard, "reply_markup")
    found |= {name: True for name in ("is_topic_message", "is_automatic_forward") if value.get(name)}
    if replied:
        found |= _taken(value, lambda asked: message(asked, replied=False), "reply_to_message")
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
    found |= _taken(value, words, "data", "inline_message_id", "game_short_name")
    found |= _taken(value, message, "message")
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


def _taken(value: Json, read: Callable[[object], Any], *names: str) -> Json:
    """Those of the fields that are there and can be read."""
    found = {name: read(value[name]) for name in names if value.get(name) is not None}
    return {name: each for name, each in found.items() if each is not None}


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


def _content(value: Json) -> Json:
    found = _taken(value, words, "text", "caption") | _taken(value, _document, "document")
    for said, marked in (("text", "entities"), ("caption", "caption_entities")):
        if said in found:
            found[marked] = _entities(value.get(marked), found[said])
    quote = value.get("quote")
    if isinstance(quote, dict) and (quoted := words(quote.get("text"))):
        found["quote"] = {"text": quoted, "position": 0}
    if not found and any(value.get(name) is not None for name in _SERVICE):
        found["delete_chat_photo"] = True  # one stands for all: it tells of something, and asks nothing
    return found


def _document(value: object) -> Json | None:
    if not isinstance(value, dict) or (which := identifier(value.get("file_id"))) is None:
        return None
    found: Json = {"file_id": which, "file_unique_id": identifier(value.get("file_unique_id")) or which}
    return found | _taken(value, words, "file_name", "mime_type") | _taken(value, number, "file_size")


def _entities(value: object, said: str) -> list[Json]:
    """Telegram's marks in a text; where they are missing or not all readable, commands and names are found anew."""
    length = len(said.encode("utf-16-le")) // 2
    given = value if isinstance(value, list) else []
    sound = [entity for each in given if (entity := _entity(each, length))]
    if sound and len(sound) == len(given):
        return sound
    kinds = {each["type"] for each in sound}
    return [*(each for each in _marks(said) if each["type"] not in kinds), *sound]


def _entity(value: object, length: int) -> Json | None:
    if not isinstance(value, dict):
        return None
    kind, at, long = words(value.get("type")), number(value.get("offset")), number(value.get("length"))
    if (
        kind not in _KINDS_OF_MARKS
        or at is None
        or long is None
        or not (at >= 0 < long and at + long <= length)
    ):
        return None
    return {"type": kind, "offset": at, "length": long}


def _marks(said: str) -> Iterable[Json]:
    if command := _COMMAND.match(said):
        yield _mark("bot_command", said, command)
    for name in _MENTION.finditer(said):
        yield _mark("mention", said, name)


def _mark(kind: str, said: str, found: re.Match[str]) -> Json:
    at, long = (len(part.encode("utf-16-le")) // 2 for part in (said[: found.start()], found[0]))
    return {"type": kind, "offset": at, "length": long}


def _keyboard(value: object) -> Json | None:
    """The buttons under a message of ours, to be compared with others."""
    if not isinstance(value, dict):
        return None
    try:
        InlineKeyboardMarkup.de_json(value, None)
    except Exception:  # whatever the library makes of it
        return None
    return value
