"""Buttons under replies: what they show stands in the state, so they outlive restarts and reindexing."""

import logging
from dataclasses import dataclass

from telegram import CallbackQuery, Message
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from bot.conversation.exchange import Exchange
from bot.conversation.exchange_values import Effect, Pressed
from bot.conversation.replies.buttons import Note, decode
from bot.conversation.replies.view import View
from bot.on_telegram.answering.sending import Sending
from bot.on_telegram.outgoing.messages import acknowledge, edit
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.requests import thread_of
from bot.on_telegram.updates.turns import Turns
from bot.texts import load_texts
from retrieval.errors import IndexUnusable

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Presses:
    """One press at a time in each chat."""

    exchange: Exchange
    turns: Turns
    languages: Languages
    sending: Sending

    async def pressed(self, query: CallbackQuery) -> None:
        """Does what the button says; whatever it is, its spinner ends."""
        notes = load_texts(await self.languages.of(query.from_user))
        press, message = decode(query.data or ""), query.message
        if press is None or not isinstance(message, Message) or not message.is_accessible:
            await acknowledge(query, notes(Note.STALE), alert=True)
            return
        pressed = Pressed(
            press=press,
            chat_id=message.chat_id,
            user_id=query.from_user.id,
            alone=message.chat.type == ChatType.PRIVATE,
            fits=self.sending.rendered,
            thread_id=thread_of(message),
        )
        async with self.turns.of(message.chat_id):
            try:
                effect = await self.exchange.press(pressed)
            except IndexUnusable as error:
                _log.warning("A button was pressed while no index serves: %s", error)
                await acknowledge(query, notes(Note.NOT_READY))
                return
            if effect is None:
                await acknowledge(query, notes(Note.STALE), alert=True)
                return
            await self._show(message, effect)
            await self.exchange.keep_pressed(pressed, effect)
            if effect.further:
                await _without_buttons(message)
            await acknowledge(query, notes(effect.note) if effect.note else None)

    async def _show(self, message: Message, effect: Effect) -> None:
        if effect.further:
            await self.sending.send(message.reply_to_message or message, effect.further)
        elif effect.view:
            await self._replace(message, effect.view, effect)

    async def _replace(self, message: Message, view: View, effect: Effect) -> None:
        """Puts the view in the place of what is shown; of a reply too long for one message only the end is ours."""
        shown = await self.sending.render(view, effect.kept.language, message.chat)
        if len(shown.messages) == 1 or not effect.buttons_only:
            await edit(message, shown.messages[-1], shown.buttons)
            return
        try:
            await message.edit_reply_markup(shown.buttons)
        except BadRequest as error:
            _log.info("The buttons of a reply were not changed: %s", error)


async def _without_buttons(message: Message) -> None:
    try:
        await message.edit_reply_markup(None)
    except TelegramError as error:
        _log.info("The button of a refusal was not taken away: %s", error)
