"""Messages sent and edited, presses acknowledged: no previews, and plain text when markup is refused."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.telegram_html.markup import plain

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


async def send(
    to: Message, messages: Sequence[str], buttons: InlineKeyboardMarkup | None = None
) -> list[Message]:
    """Answers `to` with HTML messages in order; the buttons hang under the last one.

    The first is a reply to it; in a group all are, because others may write in between.
    """
    sent: list[Message] = []
    for number, html in enumerate(messages, start=1):
        is_reply = number == 1 or to.chat.type != ChatType.PRIVATE
        markup = buttons if number == len(messages) else None
        sent.append(await _send_one(to, html, is_reply=is_reply, markup=markup))
    return sent


async def edit(message: Message, html: str, buttons: InlineKeyboardMarkup | None = None) -> None:
    """Replaces the text and the buttons of a sent message; the same again is no error."""
    await edit_at(message.get_bot(), message.chat_id, message.message_id, html, buttons)


async def edit_at(
    bot: Bot, chat_id: int, message_id: int, html: str, buttons: InlineKeyboardMarkup | None = None
) -> None:
    """Replaces the text and the buttons of the message of ours with this id; the same again is no error."""

    async def call(text: str, mode: ParseMode | None) -> None:
        await bot.edit_message_text(
            text, chat_id, message_id, parse_mode=mode, link_preview_options=_NO_PREVIEW, reply_markup=buttons
        )

    try:
        await _or_plain(call, html)
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise


async def _send_one(
    to: Message, html: str, *, is_reply: bool, markup: InlineKeyboardMarkup | None
) -> Message:
    reply = ReplyParameters(to.message_id, allow_sending_without_reply=True) if is_reply else None

    async def call(text: str, mode: ParseMode | None) -> Message:
        return await to.get_bot().send_message(
            to.chat_id,
            text,
            parse_mode=mode,
            link_preview_options=_NO_PREVIEW,
            reply_parameters=reply,
            reply_markup=markup,
            message_thread_id=to.message_thread_id if to.is_topic_message else None,
        )

    try:
        return await _or_plain(call, html)
    except ChatMigrated as error:  # the group became a supergroup, where the message replied to has no number
        return await send_to(to.get_bot(), error.new_chat_id, html, markup)


def message_at(chat_id: int, message_id: int, bot: Bot) -> Message:
    """A message of ours that is known by its numbers alone, to be edited or replied to."""
    kind = ChatType.PRIVATE if chat_id > 0 else ChatType.SUPERGROUP
    message = Message(message_id, datetime.now(UTC), Chat(chat_id, kind))
    message.set_bot(bot)
    return message


async def send_to(bot: Bot, chat_id: int, html: str, buttons: InlineKeyboardMarkup | None = None) -> Message:
    """A message of one's own accord, in answer to nothing."""

    async def call(text: str, mode: ParseMode | None) -> Message:
        return await bot.send_message(
            chat_id, text, parse_mode=mode, link_preview_options=_NO_PREVIEW, reply_markup=buttons
        )

    return await _or_plain(call, html)


async def acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Ends the button's spinner; a press that has waited too long for that still gets what it asks for."""
    try:
        await query.answer(text, show_alert=alert)
    except TelegramError as error:
        _log.info("A press of a button was not acknowledged: %s", error)


async def _or_plain(call: Callable[[str, ParseMode | None], Awaitable[Result]], html: str) -> Result:
    """The call with markup; the same words without it when Telegram cannot parse the markup."""
    try:
        return await call(html, ParseMode.HTML)
    except BadRequest as error:
        if "can't parse entities" not in error.message.lower():
            raise
        _log.error("Telegram refuses the markup of a message, which goes out as plain text: %s", error)
    return await call(plain(html), None)
