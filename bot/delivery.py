"""Sending and editing messages: replies without previews, plain text when markup is refused."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.replies import plain

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def send(
    to: Message, messages: Sequence[str], buttons: InlineKeyboardMarkup | None = None
) -> list[Message]:
    """Replies to `to` with HTML messages in order; the buttons hang under the last one."""
    reply = ReplyParameters(to.message_id, allow_sending_without_reply=True)
    sent = []
    for number, html in enumerate(messages, start=1):
        markup = buttons if number == len(messages) else None
        try:
            sent.append(
                await to.get_bot().send_message(
                    to.chat_id,
                    html,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_parameters=reply,
                    reply_markup=markup,
                    message_thread_id=to.message_thread_id if to.is_topic_message else None,
                )
            )
        except BadRequest as error:
            if not _is_about_markup(error):
                raise
            sent.append(
                await to.get_bot().send_message(
                    to.chat_id, plain(html), reply_parameters=reply, reply_markup=markup
                )
            )
    return sent


async def edit(message: Message, html: str) -> None:
    """Replaces the text of a sent message; the same text again is no error."""
    try:
        await message.edit_text(html, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW)
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise


def _is_about_markup(error: BadRequest) -> bool:
    return "can't parse entities" in error.message.lower()
