"""The door: every update comes by here before any other handler sees it."""

import logging
from dataclasses import dataclass

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.conversation.replies.buttons import LinkFor
from bot.on_telegram.outgoing.messages import send
from bot.on_telegram.people.access import Access
from bot.on_telegram.people.admins import Admins, in_own_name
from bot.on_telegram.people.invites import Invites
from bot.on_telegram.requests import Request
from bot.on_telegram.updates.addressing import command_of, question_of
from bot.state.db.errors import StateError
from bot.state.state import State
from bot.telegram_html.markup import escape

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Door:
    """Lets in who has access, and whoever brings an invite."""

    access: Access
    admins: Admins
    invites: Invites
    state: State

    async def admit(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Whoever has no access goes no further, but for an invite and for being forgotten."""
        assert isinstance(update, Update)
        try:
            await self._know_admin(update)
            if self.access.admits(update) or _is_for_the_door(update):
                return
            await self.access.turn_away(update)
        except Exception:  # the library would go on to the other handlers
            _log.exception("It could not be told whether somebody has access, who is turned away")
        raise ApplicationHandlerStop

    async def enters(self, request: Request) -> bool:
        """Whether the writer of /start may come in, by the invite in it if need be; if not they hear so.

        Whoever has access already uses up no invite.
        """
        message = request.message
        if self.access.admits(request.update):
            return True
        if not self.access.may_be_told(message.chat_id):
            return False
        if await self.invites.redeemed(message, request.said):
            return True
        await send(message, [escape(request.texts("invite-invalid"))])
        return False

    async def migrated(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group has become a supergroup, under another id; both tell of it."""
        message = update.effective_message
        assert message is not None  # the filter admits messages only
        old = message.migrate_from_chat_id or message.chat_id
        new = message.migrate_to_chat_id or message.chat_id
        await self.access.follow(old, new, message.chat.title or "")
        await self.state.follow_chat(old, new)

    async def _know_admin(self, update: Update) -> None:
        """Whoever writes in their private chat can be written to."""
        user, message = update.effective_user, update.message
        if user and message and message.chat.type == ChatType.PRIVATE and self.admins.sent(update):
            try:
                await self.state.admins.seen(user.id, user.language_code)
            except StateError as error:
                _log.error("It could not be noted that an admin has opened the bot: %s", error)


def _is_for_the_door(update: Update) -> bool:
    """Whether it is an invite or the wish to be forgotten, in the writer's own name: for `start` and `forget_me`."""
    message = update.message
    if message is None or not in_own_name(message):
        return False
    command = command_of(message)
    return command == "forgetme" or (command == "start" and question_of(message).startswith(LinkFor.INVITE))
