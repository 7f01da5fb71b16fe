"""The Bot API methods that send, change and answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from fake_bot_deliveries import Delivery
from fake_bot_limits import CHAT_ACTIONS, MAX_CALLBACK_ANSWER, inline_results, reply_markup, same_markup
from fake_bot_objects import Attachment, ChatState, Json, Message, revision
from fake_bot_request import ApiError, Params, Upload, bad_request, plain
from fake_bot_text import MAX_CAPTION, QUOTE_TYPES, checked_link, formatted_text
from fake_bot_world import World

Method = Callable[[World, Params], Any]
MAX_DOCUMENT_BYTES = 50_000_000
MAX_PHOTO_BYTES = 10_000_000
DELETABLE_S = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def known_chat(world: World, params: Params) -> ChatState:
    """The chat of a call, when the bot knows it."""
    chat = world.chats.get(params.integer("chat_id", 0))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def writable_chat(world: World, params: Params) -> ChatState:
    """The chat of a call, when the bot may write there."""
    chat = known_chat(world, params)
    if chat.migrated_to is not None:
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, description, blame=False, migrate_to=chat.migrated_to)
    if chat.type == "private" and not chat.opened:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user", blame=False)
    if not chat.bot_is_member:
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.type} chat", blame=False)
    return chat


def _send_message(world: World, params: Params) -> Json:
    chat = writable_chat(world, params)
    content = formatted_text(params)
    markup, preview = reply_markup(params), _preview(params)
    message = Message(chat.id, 0, world.bot, [revision(content, markup, preview)])
    return _stored(world, chat, message, params)


def _send_file(kind: str, max_bytes: int) -> Method:
    def send(world: World, params: Params) -> Json:
        chat = writable_chat(world, params)
        content = formatted_text(params, "caption", MAX_CAPTION)
        attachment = _attachment(world, params, kind)
        if not attachment.content:
            raise bad_request("file must be non-empty")
        if len(attachment.content) > max_bytes:
            raise ApiError(413, "Request Entity Too Large")
        message = Message(
            chat.id, 0, world.bot, [revision(content, reply_markup(params))], attachment=attachment
        )
        return _stored(world, chat, message, params)

    return send


def _attachment(world: World, params: Params, kind: str) -> Attachment:
    upload = params.upload(kind)
    if upload is None:
        known = world.files.get(str(params.get(kind)))
        if known is None:
            raise bad_request(
                "wrong file identifier/HTTP URL specified" if params.get(kind) else f"there is no {kind}"
            )
        return known[0]
    return stored_file(world, kind, upload)


def stored_file(world: World, kind: str, upload: Upload, size: int | None = None) -> Attachment:
    """Keep a file under a fresh file_id; `size` is what Telegram says of it when not its true one."""
    attachment = Attachment(kind, f"file{world.opaque_id()}", upload.name, upload.content, upload.mime_type)
    world.files[attachment.file_id] = (attachment, len(upload.content) if size is None else size)
    return attachment


def _stored(world: World, chat: ChatState, message: Message, params: Params) -> Json:
    message.reply_parameters, message.reply_to = _reply(chat, params)
    if world.rate_limits:
        world.rate_limits.check(chat.id)
    message.message_id = world.message_id(chat)
    message.params = plain(params)
    chat.messages[message.message_id] = message
    world.deliveries.append(_delivery(message))
    world.notify()
    return world.message_json(message)


def _delivery(message: Message) -> Delivery:
    asked = int((message.reply_parameters or {}).get("message_id", 0))
    quotes = [text for kind in QUOTE_TYPES for text in message.entity_texts(kind)]
    return Delivery(message.chat_id, asked, message.message_id, message.text, tuple(quotes))


def _preview(params: Params) -> Json | None:
    options = params.object("link_preview_options")
    if options and options.get("url") and checked_link(options["url"]) is None:
        raise bad_request("WEBPAGE_URL_INVALID")
    return options


def _reply(chat: ChatState, params: Params) -> tuple[Json | None, Message | None]:
    given = params.object("reply_parameters")
    if given is None and params.get("reply_to_message_id"):
        optional = params.flag("allow_sending_without_reply")
        given = {"message_id": params.integer("reply_to_message_id"), "allow_sending_without_reply": optional}
    if not given:
        return None, None
    target = chat.messages.get(int(given.get("message_id", 0)))
    if target is None or target.deleted:
        if given.get("allow_sending_without_reply"):
            return given, None
        raise bad_request("message to be replied not found")
    if given.get("quote") and given["quote"] not in target.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return given, target


def _editable(world: World, params: Params) -> tuple[ChatState, Message]:
    if params.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = writable_chat(world, params)
    message = chat.messages.get(params.integer("message_id", 0))
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if message.sender != world.bot:
        raise bad_request("message can't be edited")
    return chat, message


def _edit_text(world: World, params: Params) -> Json:
    chat, message = _editable(world, params)
    if message.attachment:
        raise bad_request("there is no text in the message to edit")
    content = formatted_text(params)
    new = revision(content, reply_markup(params, inline_only=True), _preview(params))
    same_content = (content.text, content.entities) == (message.text, message.entities)
    if same_content and same_markup(new.reply_markup, message.reply_markup):
        raise bad_request(NOT_MODIFIED)
    if world.rate_limits:
        world.rate_limits.check(chat.id)
    message.revisions.append(new)
    world.notify()
    return world.message_json(message)


def _edit_markup(world: World, params: Params) -> Json:
    _, message = _editable(world, params)
    markup = reply_markup(params, inline_only=True)
    if same_markup(markup, message.reply_markup):
        raise bad_request(NOT_MODIFIED)
    message.revisions.append(revision(message.latest.content, markup, message.link_preview_options))
    world.notify()
    return world.message_json(message)


def _delete(world: World, params: Params) -> bool:
    chat = writable_chat(world, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    if chat.type != "private" and message.sender != world.bot:
        raise bad_request("message can't be deleted")
    if message.revisions[0].time < time.time() - DELETABLE_S:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    world.notify()
    return True


def _chat_action(world: World, params: Params) -> bool:
    chat = writable_chat(world, params)
    if params.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(params.text("action"))
    world.notify()
    return True


def _answer_callback(world: World, params: Params) -> bool:
    if len(params.text("text")) > MAX_CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.callbacks.get(str(params.get("callback_query_id")))
    if query is None or query.expired or query.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query.answer = {**plain(params), "show_alert": params.flag("show_alert")}
    world.notify()
    return True


def _answer_inline(world: World, params: Params) -> bool:
    results = inline_results(params)
    query = world.inline_queries.get(str(params.get("inline_query_id")))
    if query is None or query.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query.answer = {**plain(params), "results": results}
    world.notify()
    return True


MESSAGE_METHODS: dict[str, Method] = {
    "sendMessage": _send_message,
    "sendDocument": _send_file("document", MAX_DOCUMENT_BYTES),
    "sendPhoto": _send_file("photo", MAX_PHOTO_BYTES),
    "sendChatAction": _chat_action,
    "editMessageText": _edit_text,
    "editMessageReplyMarkup": _edit_markup,
    "deleteMessage": _delete,
    "answerCallbackQuery": _answer_callback,
    "answerInlineQuery": _answer_inline,
}
