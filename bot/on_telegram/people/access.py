"""Who is answered: everybody, or those whom the settings name or an invite let in."""

import logging
from collections.abc import Set as AbstractSet

from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.on_telegram.outgoing.messages import send
from bot.on_telegram.people.admins import Admins, person_of
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.people.rate_limit import RateLimit
from bot.on_telegram.updates.addressing import command_of
from bot.state.guests import Guests
from bot.telegram_html.markup import escape
from bot.texts import load_texts

_TOLD_A_MINUTE = 3

_log = logging.getLogger(__name__)


class Access:
    """A person who may is answered anywhere, and everybody is in a group that may."""

    def __init__(
        self,
        *,
        restricted: bool,
        allowed: AbstractSet[int],
        admins: Admins,
        guests: Guests,
        languages: Languages,
    ) -> None:
        """`allowed` are ids of people and groups; everybody may where access is not `restricted`."""
        self._restricted = restricted
        self._allowed = allowed
        self._admins = admins
        self._guests = guests
        self._languages = languages
        self._told = RateLimit(_TOLD_A_MINUTE)

    @property
    def restricted(self) -> bool:
        """Whether anybody is turned away at all."""
        return self._restricted

    def admits(self, update: Update) -> bool:
        if not self._restricted or self._admins.sent(update):
            return True
        message = update.effective_message if update.callback_query is None else None
        user = person_of(message) if message else update.effective_user
        chat = update.effective_chat
        ids = [each.id for each in (user, chat) if each is not None]
        if user and user.id in self._admins.ids:  # whatever they send: to be answered is not to command
            return True
        return any(each in self._allowed or self._guests.admits(each) for each in ids)

    async def follow(self, old: int, new: int, title: str) -> None:
        """A group that the settings name has got another id, which they do not know: it becomes a guest."""
        if old in self._allowed and not self._guests.admits(new):
            await self._guests.let_in(new, title)

    def may_be_told(self, chat_id: int) -> bool:
        """Whether a chat without access is answered at all; it counts."""
        return self._told.admit(chat_id) is None

    async def turn_away(self, update: Update) -> None:
        """Says why in one sentence to whoever spoke to the bot; a few times a minute at most."""
        texts = load_texts(await self._languages.of(update.effective_user))
        try:
            if update.callback_query:
                await update.callback_query.answer(texts("access-denied"), show_alert=True)
            elif update.inline_query:
                await update.inline_query.answer([], cache_time=0, is_personal=True)
            elif update.message and self._speaks_to_bot(update):
                await send(update.message, [escape(texts("access-denied"))])
        except TelegramError as error:
            _log.info("Somebody who has no access could not be told so: %s", error)

    def _speaks_to_bot(self, update: Update) -> bool:
        chat, message = update.effective_chat, update.message
        if chat is None or message is None:
            return False
        spoken_to = chat.type == ChatType.PRIVATE or bool(command_of(message))
        return spoken_to and self.may_be_told(chat.id)
