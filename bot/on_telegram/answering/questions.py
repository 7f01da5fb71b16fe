"""A question in a chat, its edit, a link to a passage: taken to the exchange in turn, and answered with messages."""

import logging
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Literal

from telegram import Bot, CallbackQuery, Message
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from bot.conversation.exchange import Exchange
from bot.conversation.exchange_values import Inquiry, Replied
from bot.conversation.replies.sharing import Shared
from bot.on_telegram.answering.articles import ArticleLists
from bot.on_telegram.answering.sending import Sending
from bot.on_telegram.outgoing.messages import acknowledge, edit_at, send
from bot.on_telegram.outgoing.waiting_notice import notice_when_long
from bot.on_telegram.people.admins import person_of
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.requests import Request, thread_of
from bot.on_telegram.updates.turns import Turns
from bot.telegram_html.markup import escape
from bot.texts import Texts, load_texts
from retrieval.errors import IndexUnusable

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Questions:
    """Answers in the order of the questions in each chat; no chat waits for another."""

    exchange: Exchange
    turns: Turns
    languages: Languages
    sending: Sending
    articles: ArticleLists

    async def answer(self, request: Request) -> None:
        """Replies to the question in the reader's language, else in the question's own."""
        message = request.message
        async with self.turns.of(message.chat_id):
            async with self._waiting(message):
                with self.turns.shows_typing(message):
                    replied = await self._asked(request)
            if replied and replied.asks_for_articles:
                await self.articles.show(message, load_texts(replied.kept.language))
            elif replied:
                await self.sending.send(message, replied)
            else:
                await send(message, [escape(await self._say(message, request.not_ready))])

    async def tapped(self, query: CallbackQuery) -> None:
        """A press of a button with a question on it: that is asked, whatever the collection is by now."""
        message = query.message
        question = _on_button(message, query.data) if isinstance(message, Message) else None
        if question is None or not isinstance(message, Message):
            texts = load_texts(await self.languages.of(query.from_user))
            await acknowledge(query, texts("button-stale"), alert=True)
            return
        await acknowledge(query)
        language = await self.languages.spoken_by(query.from_user)
        inquiry = Inquiry(
            words=question,
            chat_id=message.chat_id,
            message_id=message.message_id,
            user_id=query.from_user.id,
            speaks=language,
            chat_kind=_kind_of(message),
            tapped=True,
        )
        async with self.turns.of(message.chat_id):
            try:
                with self.turns.shows_typing(message):
                    replied = await self.exchange.ask(inquiry)
            except IndexUnusable as error:
                _log.warning("A question was tapped while no index serves: %s", error)
                await send(message, [escape(load_texts(language)("not-ready"))])
                return
            await self.sending.send(message, replied)

    async def again(self, below: Message, question: str, texts: Texts) -> None:
        """Shows below a message of ours what a question of others is answered now; nothing of it is written down.

        Raises IndexUnusable.
        """
        asked = Inquiry(
            words=question, chat_id=below.chat_id, message_id=below.message_id, speaks=texts.language
        )
        replied = await self.exchange.ask(asked)
        (said,) = await send(below, [escape(texts("gaps-asked-again", question=question))])
        await self.sending.send(said, replied.anew())

    async def edited(self, request: Request) -> bool:
        """An edited question: its reply becomes the answer to what stands there now. False where it has no reply."""
        message = request.message
        async with self.turns.of(message.chat_id):
            inquiry = await self._inquiry(request)
            if not await self.exchange.has_replied(inquiry):
                return False
            try:
                found = await self.exchange.edit(inquiry)
            except IndexUnusable as error:
                _log.warning("A question came while no index serves: %s", error)
                return True
            if found is None:
                return True
            replied, (first, *others) = found
            shown = await self.sending.render(replied.view, replied.kept.language, message.chat)
            bot = message.get_bot()
            try:
                await edit_at(bot, message.chat_id, first, shown.messages[0], shown.buttons)
            except BadRequest as error:
                _log.info("A reply could not be edited and is sent anew: %s", error)
                await self.sending.send(message, replied.anew())
                return True
            for other in others:
                await _delete(bot, message.chat_id, other)
            await self.exchange.keep_edited(replied, first)
            return True

    async def shared(self, request: Request) -> bool:
        """Shows the passage that a link names; False where it is no such link."""
        message = request.message
        try:
            found = await self.exchange.share(request.said, await self._inquiry(request))
        except IndexUnusable as error:
            _log.warning("A link was opened while no index serves: %s", error)
            await send(message, [escape(await self._say(message, request.not_ready))])
            return True
        if isinstance(found, Shared):
            gone = "shared-changed" if found.article else "shared-gone"
            await send(message, [escape(await self._say(message, gone))])
        elif found:
            await self.sending.send(message, found)
        return found is not None

    async def _asked(self, request: Request) -> Replied | None:
        """None while no index serves."""
        try:
            return await self.exchange.ask(await self._inquiry(request))
        except IndexUnusable as error:
            _log.warning("A question came while no index serves: %s", error)
            return None

    async def _inquiry(self, request: Request) -> Inquiry:
        message, user = request.message, person_of(request.message)
        return Inquiry(
            words=request.said,
            chat_id=message.chat_id,
            message_id=message.message_id,
            user_id=user.id if user else None,
            thread_id=thread_of(message),
            speaks=await self.languages.spoken_by(user),
            chat_kind=_kind_of(message),
            is_text=message.forward_origin is not None,
        )

    def _waiting(self, message: Message) -> AbstractAsyncContextManager[None]:
        return notice_when_long(message, lambda: self._say(message, "queue-notice"))

    async def _say(self, message: Message, message_id: str) -> str:
        return load_texts(await self.languages.of(person_of(message)))(message_id)


def _kind_of(message: Message) -> Literal["private", "group"]:
    return "private" if message.chat.type == ChatType.PRIVATE else "group"


def _on_button(message: Message, data: str | None) -> str | None:
    """What the button with these data says; None where the message has no such button."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return next((button.text for row in rows for button in row if button.callback_data == data), None)


async def _delete(bot: Bot, chat_id: int, message_id: int) -> None:
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramError as error:  # gone, or too old
        _log.info("A part of a reply that was edited was not deleted: %s", error)
