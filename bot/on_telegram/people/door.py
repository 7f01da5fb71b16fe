"""The door: every update comes by here before any other handler sees it."""

import logging

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.on_telegram.outgoing.delivery import send
from bot.on_telegram.people.access import Access
from bot.on_telegram.people.admins import Admins, in_own_name
from bot.on_telegram.people.invites import Invites
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.replies.questions import question_of
from bot.on_telegram.updates.addressing import command_of
from bot.state.db.errors import StateError
from bot.state.state import State
from bot.telegram_html.admin.people import PREFIX
from bot.telegram_html.markup import escape
from bot.texts import load_texts

_log = logging.getLogger(__name__)


class Door:
    """Lets in who has access, and whoever brings an invite."""

    def __init__(
        self, access: Access, admins: Admins, invites: Invites, state: State, languages: Languages
    ) -> None:
        self._access = access
        self._admins = admins
        self._invites = invites
        self._state = state
        self._languages = languages

    async def admit(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Whoever has no access goes no further, but for an invite and for being forgotten."""
        assert isinstance(update, Update)
        try:
            await self._know_admin(update)
            if self._access.admits(update) or _is_for_the_door(update):
                return
            await self._access.turn_away(update)
        except Exception:  # the library would go on to the other handlers
            _log.exception("It could not be told whether somebody has access, who is turned away")
        raise ApplicationHandlerStop

    async def enters(self, update: Update, message: Message) -> bool:
        """Whether the writer of /start may come in, by the invite in it if need be; if not they hear so.

        Whoever has access already uses up no invite.
        """
        if self._access.admits(update):
            return True
        if not self._access.may_be_told(message.chat_id):
            return False
        if await self._invites.redeemed(message, question_of(message)):
            return True
        texts = load_texts(await self._languages.of(update.effective_user))
        await send(message, [escape(texts("invite-invalid"))])
        return False

    async def migrated(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group has become a supergroup, under another id; both tell of it."""
        message = update.effective_message
        assert message is not None  # the filter admits messages only
        old = message.migrate_from_chat_id or message.chat_id
        new = message.migrate_to_chat_id or message.chat_id
        await self._access.follow(old, new, message.chat.title or "")
        await self._state.follow_chat(old, new)

    async def _know_admin(self, update: Update) -> None:
        """Whoever writes in their private chat can be written to."""
        user, message = update.effective_user, update.message
        if user and message and message.chat.type == ChatType.PRIVATE and self._admins.sent(update):
            try:
                await self._state.admins.seen(user.id, user.language_code)
            except StateError as error:
                _log.error("It could not be noted that an admin has opened the bot: %s", error)


def _is_for_the_door(update: Update) -> bool:
    """Whether it is an invite or the wish to be forgotten, in the writer's own name: for `start` and `forget_me`."""
    message = update.message
    if message is None or not in_own_name(message):
        return False
    command = command_of(message)
    return command == "forgetme" or (command == "start" and question_of(message).startswith(PREFIX))
