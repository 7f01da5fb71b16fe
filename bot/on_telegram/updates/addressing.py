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


class CommandInCaption(filters.MessageFilter):
    """What a photo or a file shows begins with a command for this bot, which Telegram's own handlers pass over."""

    def filter(self, message: Message) -> bool:
        return message.caption is not None and bool(command_of(message))


class CommandByName(filters.MessageFilter):
    """A command that names this bot: `/nothing@this_bot`."""

    def filter(self, message: Message) -> bool:
        return bool(_command(message)[1] and command_of(message))


def command_of(message: Message) -> str:
    """The command that a message begins with, if it is meant for this bot: `ask` of `/ask@this_bot`; else nothing.

    By Telegram's own mark, as the handlers of commands go: what is written as code only looks like one.
    """
    name, addressee = _command(message)
    to_us = not addressee or addressee.lower() == message.get_bot().username.lower()
    return name.lower() if to_us else ""


def _command(message: Message) -> tuple[str, str]:
    """The command at the beginning of a text or a caption, and whom it names; both empty where there is none."""
    said = message.text or message.caption or ""
    entities = message.entities if message.text else message.caption_entities
    first = next((entity for entity in entities if entity.offset == 0), None)
    if first is None or first.type != MessageEntity.BOT_COMMAND:
        return "", ""
    name, _, addressee = said[1 : first.length].partition("@")
    return name, addressee


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

    Where nothing else is said, it is what is replied to: somebody else's question, or the part of it that is quoted,
    be it from another chat. Marks such as "??" say nothing else.
    """
    said, asked = _said(message), message.reply_to_message
    is_ours = asked is not None and asked.from_user is not None and asked.from_user.id == message.get_bot().id
    if is_ours or any(map(str.isalnum, said)):
        return said
    return _replied_to(message) or said


def _replied_to(message: Message) -> str:
    """What is quoted, else the message that is replied to; nothing where that is not known."""
    if message.quote:
        return message.quote.text.strip()
    return _said(message.reply_to_message) if message.reply_to_message else ""


def _said(message: Message) -> str:
    text = message.text or message.caption or ""
    if text.startswith("/"):
        text = text.removeprefix(text.split(maxsplit=1)[0])
    for name in mentions(message):
        text = text.replace(name, " ")
    return text.strip()
