"""What a message of Telegram's says: its text and the marks in it, its document, what it quotes."""

import re
from collections.abc import Iterable
from typing import Final

from telegram.constants import MessageEntityType

from bot.on_telegram.updates.json_fields import Json, identifier, number, taken, words

_KINDS_OF_MARKS: Final = frozenset(MessageEntityType)
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
_FORMS = {"bot_command": _COMMAND, "mention": _MENTION}


def content(value: Json) -> Json:
    """The fields that hold it, those that can be read."""
    found = taken(value, words, "text", "caption") | taken(value, _document, "document")
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
    return found | taken(value, words, "file_name", "mime_type") | taken(value, number, "file_size")


def _entities(value: object, said: str) -> list[Json]:
    """Telegram's marks in a text; where they are missing or not all sound, commands and names are found anew."""
    given, units = value if isinstance(value, list) else [], said.encode("utf-16-le")
    sound = [entity for each in given if (entity := _entity(each, said, units))]
    if sound and len(sound) == len(given):
        return sound
    kinds = {each["type"] for each in sound}
    return [*(each for each in _marks(said) if each["type"] not in kinds), *sound]


def _entity(value: object, said: str, units: bytes) -> Json | None:
    """A mark within the text, which is `units` in UTF-16; where its kind has a form, on all of what has that form."""
    if not isinstance(value, dict):
        return None
    kind, at, long = words(value.get("type")), number(value.get("offset")), number(value.get("length"))
    if kind not in _KINDS_OF_MARKS or at is None or long is None:
        return None
    if not (at >= 0 < long and at + long <= len(units) // 2):
        return None
    entity = {"type": kind, "offset": at, "length": long}
    if form := _FORMS.get(kind):
        found = form.match(said, len(units[: 2 * at].decode("utf-16-le", "replace")))
        return entity if found and entity == _mark(kind, said, found) else None
    return entity


def _marks(said: str) -> Iterable[Json]:
    if command := _COMMAND.match(said):
        yield _mark("bot_command", said, command)
    for name in _MENTION.finditer(said):
        yield _mark("mention", said, name)


def _mark(kind: str, said: str, found: re.Match[str]) -> Json:
    at, long = (len(part.encode("utf-16-le")) // 2 for part in (said[: found.start()], found[0]))
    return {"type": kind, "offset": at, "length": long}
