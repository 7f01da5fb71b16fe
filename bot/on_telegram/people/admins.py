"""Who runs the bot. Asked at every command and every press: nothing that a client sends makes anybody an admin."""

from collections.abc import Set as AbstractSet

from telegram import Message, Update, User
from telegram.constants import ChatType

from bot.conversation.replies.wording import one_line
from bot.state.admin_log import Admin

_LONGEST_NAME = 40


class Admins:
    """By the ids of the settings, in a person's own name."""

    def __init__(self, ids: AbstractSet[int]) -> None:
        self.ids = frozenset(ids)

    def sent(self, update: Update) -> bool:
        """Whether an admin wrote this themselves, or pressed this.

        Not: somebody in the name of a chat, such as an anonymous admin of a group; the author of what another
        forwarded, or the other way round; what was made by another bot.
        """
        user = update.effective_user
        if user is None or user.is_bot or user.id not in self.ids:
            return False
        written = update.message or update.edited_message
        return update.callback_query is not None or (written is not None and in_own_name(written))

    def wrote_privately(self, message: Message) -> bool:
        """Whether it stands in an admin's own chat, be it forwarded: enough to look at what it holds."""
        user = message.from_user
        return message.chat.type == ChatType.PRIVATE and user is not None and user.id in self.ids


def admin_of(user: User | None) -> Admin:
    """How the log of the admins calls somebody who was let through as one."""
    return Admin(user.id, one_line(user.full_name, _LONGEST_NAME)) if user else Admin(0, "")


def in_own_name(message: Message) -> bool:
    """Whether a person wrote the message, rather than a chat, somebody before, or a bot that was asked inline."""
    return message.sender_chat is None and message.forward_origin is None and message.via_bot is None


def person_of(message: Message) -> User | None:
    """Who wrote a message; nobody where it is in the name of a chat: there the user is one that all of them share."""
    return message.from_user if message.sender_chat is None else None
