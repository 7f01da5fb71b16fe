"""What a message says to the bot; in a group, whether it is for it at all: a reply to it, or a mention."""

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType
from telegram.ext import filters


class SpokenTo(filters.MessageFilter):
    """A reply to a message of this bot, or one that names it."""

    def filter(self, message: Message) -> bool:
        replied = message.reply_to_message
        answered = bool(replied and replied.from_user and replied.from_user.id == message.get_bot().id)
        return answered or bool(mentions(message))


class ByThisBot(filters.MessageFilter):
    """A card of this bot that somebody posted: it is an answer, not a question."""

    def filter(self, message: Message) -> bool:
        return bool(message.via_bot and message.via_bot.id == message.get_bot().id)


def command_of(message: Message) -> str:
    """The command that a message begins with, if it is meant for this bot: `ask` of `/ask@this_bot`; else nothing.

    By Telegram's own mark, as the handlers of commands go: what is written as code only looks like one.
    """
    first = next((entity for entity in message.entities if entity.offset == 0), None)
    if first is None or first.type != MessageEntity.BOT_COMMAND or not message.text:
        return ""
    name, _, addressee = message.text[1 : first.length].partition("@")
    to_us = not addressee or addressee.lower() == message.get_bot().username.lower()
    return name.lower() if to_us else ""


def is_chatter(update: Update) -> bool:
    """Whether it is a message of a group, or a change of one, in which the bot is not spoken to."""
    message = update.message or update.edited_message
    if message is None or message.chat.type == ChatType.PRIVATE:
        return False
    moved = message.migrate_to_chat_id or message.migrate_from_chat_id
    return not (command_of(message) or moved or SpokenTo().filter(message))


def mentions(message: Message) -> list[str]:
    """The words by which a message names this bot, as they are written."""
    parse = message.parse_entities if message.text else message.parse_caption_entities
    name = f"@{message.get_bot().username}".lower()
    return [word for word in parse([MessageEntity.MENTION]).values() if word.lower() == name]


def question_of(message: Message) -> str:
    """The question in a message: its text, or the caption of what it shows, without a leading command or our name.

    Where nothing else is said, in a reply, it is what is replied to: somebody else's question, or a part of it.
    """
    said = _said(message)
    asked = message.reply_to_message
    if said or asked is None or (asked.from_user and asked.from_user.id == message.get_bot().id):
        return said
    return message.quote.text.strip() if message.quote else _said(asked)


def _said(message: Message) -> str:
    text = message.text or message.caption or ""
    if text.startswith("/"):
        text = text.removeprefix(text.split(maxsplit=1)[0])
    for name in mentions(message):
        text = text.replace(name, " ")
    return text.strip()
