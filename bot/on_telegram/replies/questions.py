"""A question in a chat: answered in its turn, kept for its buttons, remembered for the one that follows."""

import asyncio
import logging
from datetime import timedelta

from telegram import Bot, Message, User
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from bot.bootstrap import Services
from bot.conversation.answering import Found, find
from bot.conversation.examples import Examples
from bot.conversation.reply import Reply
from bot.conversation.sharing import shared
from bot.logs import log_answer
from bot.on_telegram.outgoing.delivery import edit_at, send
from bot.on_telegram.outgoing.waiting_notice import notice_when_long
from bot.on_telegram.people.admins import person_of
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.replies.sending import Shown
from bot.on_telegram.updates.addressing import mentions
from bot.on_telegram.updates.turns import Turns
from bot.state.answers import Kept
from bot.state.db.errors import StateError
from bot.state.questions import Asked
from bot.state.state import State
from bot.telegram_html.markup import escape
from bot.texts import Texts, load_texts
from retrieval.errors import IndexUnusable

_FOLLOWS_WITHIN = timedelta(minutes=30)
"""A question that comes later does not lean on the one before."""
_CHITCHAT = ("greeting", "thanks", "goodbye")

_log = logging.getLogger(__name__)


class Questions:
    """Answers in the order of the questions in each chat; no chat waits for another."""

    def __init__(
        self, services: Services, turns: Turns, state: State, languages: Languages, shown: Shown
    ) -> None:
        self._services = services
        self._turns = turns
        self._state = state
        self._languages = languages
        self._shown = shown
        self._examples = Examples(services)

    async def answer(self, message: Message, *, not_ready: str = "not-ready") -> None:
        """Replies to the question in `message`, in the reader's language, else in the question's own."""
        user = person_of(message)
        async with self._turns.of(message.chat_id):
            async with notice_when_long(message, lambda: self._wait_notice(user)):
                with self._turns.shows_typing(message):
                    found = await self._find(message, await self._previous(message))
            if found is None:
                texts = load_texts(await self._languages.of(user))
                await send(message, [escape(texts(not_ready))])
                return
            kept = await self._kept(message, found)
            example = await self._example(found, load_texts(kept.language))
            await self._shown.send(
                message, kept, found.reply(example), lambda: self._remember(message, found)
            )

    async def edited(self, message: Message) -> None:
        """An edited question: its reply becomes the answer to what stands there now."""
        async with self._turns.of(message.chat_id):
            answer_id = await self._state.answers.to_message(message.chat_id, message.message_id)
            before = await self._state.answers.get(answer_id) if answer_id else None
            question = question_of(message)
            if answer_id is None or before is None or not question or before.question == question:
                return
            found = await self._find(message, None)
            if found is None:
                return
            kept = await self._kept(message, found)
            texts = load_texts(kept.language)
            reply = found.reply(await self._example(found, texts))
            shown = await self._shown.render(answer_id, reply, texts)
            assert shown is not None  # it was found in the index a moment ago
            bot, (first, *others) = message.get_bot(), before.replied_in
            try:
                await edit_at(bot, message.chat_id, first, shown.messages[0], shown.buttons)
            except BadRequest as error:
                _log.info("A reply could not be edited and is sent anew: %s", error)
                await self._shown.send(message, kept, reply)
                return
            for other in others:
                await _delete(bot, message.chat_id, other)
            try:
                await self._state.answers.update(
                    answer_id,
                    question=kept.question,
                    searched=kept.searched,
                    generation=kept.generation,
                    replied_in=[first],
                    options=reply.options(),
                )
            except StateError as error:
                _log.error(
                    "A reply that was edited could not be kept, its buttons are those of before: %s", error
                )
            await self._remember(message, found)

    async def shared(self, message: Message, payload: str, *, not_ready: str = "not-ready") -> bool:
        """Shows the passage that a link names; False where it is no such link."""
        user = person_of(message)
        texts = load_texts(await self._languages.of(user))
        try:
            retriever = await self._turns.compute(self._services.serving.retriever)
        except IndexUnusable as error:
            _log.warning("A link was opened while no index serves: %s", error)
            await send(message, [escape(texts(not_ready))])
            return True
        found = await self._turns.compute(lambda: shared(payload, retriever.generation.articles))
        if found is None:
            return False
        if found.article is None or found.window is None:
            await send(message, [escape(texts("shared-changed" if found.article else "shared-gone"))])
            return True
        title = found.article.title or ""
        kept = Kept(
            chat_id=message.chat_id,
            user_id=user.id if user else None,
            asked_in=message.message_id,
            question=title,
            searched=title,
            language=texts.language,
            generation=retriever.generation.id,
        )
        await self._shown.send(message, kept, Reply("answer", (found.window,)))
        return True

    async def examples(self, texts: Texts) -> tuple[str, ...]:
        """Questions that the collection answers. Raises IndexUnusable."""
        return await self._turns.compute(lambda: self._examples.questions(texts))

    async def search_alone(self, kept: Kept) -> Found:
        """What there is on a question without the one before. Raises IndexUnusable."""
        retriever = self._services.serving.retriever
        return await self._turns.compute(lambda: find(retriever(), kept.question))

    async def _wait_notice(self, user: User | None) -> str:
        return load_texts(await self._languages.of(user))("queue-notice")

    async def _find(self, message: Message, previous: str | None) -> Found | None:
        """What the collection has on what is written in `message`; None while no index serves."""
        written, is_text = question_of(message), message.forward_origin is not None
        retriever = self._services.serving.retriever
        try:
            async with self._turns.work():
                found = await self._turns.compute(
                    lambda: find(retriever(), written, previous, is_text=is_text)
                )
        except IndexUnusable as error:
            _log.warning("A question came while no index serves: %s", error)
            return None
        log_answer(found.answer, in_words=self._services.settings.log_questions)
        return found

    async def _previous(self, message: Message) -> str | None:
        """What was searched last in this chat for this person."""
        if (user := person_of(message)) is None:
            return None
        try:
            turn = await self._state.conversations.last(message.chat_id, user.id, _FOLLOWS_WITHIN)
        except StateError as error:
            _log.error("What was asked before could not be read: %s", error)
            return None
        return turn.searched if turn else None

    async def _example(self, found: Found, texts: Texts) -> str | None:
        """Whoever greets is shown what can be asked."""
        if found.answer.kind == "question" or found.answer.reason not in _CHITCHAT:
            return None
        return next(iter(await self.examples(texts)), None)

    async def _kept(self, message: Message, found: Found) -> Kept:
        answer, user = found.answer, person_of(message)
        return Kept(
            chat_id=message.chat_id,
            user_id=user.id if user else None,
            asked_in=message.message_id,
            question=answer.question,
            searched=found.searched or answer.question,
            language=await self._languages.of(user, answer.language),
            generation=answer.generation or "",
        )

    async def _remember(self, message: Message, found: Found) -> None:
        """For the question that follows, and for whoever runs the bot, if they wish."""
        answer, user = found.answer, person_of(message)
        if answer.kind != "question":
            return
        asked = Asked(
            question=answer.question,
            language=answer.language,
            unaccented=answer.unaccented,
            answered=answer.answered,
            confidence=answer.confidence,
            article_id=answer.excerpts[0].citation.article_id if answer.excerpts else None,
            elapsed_ms=answer.elapsed_ms.get("total", 0.0),
            generation=answer.generation,
            chat_kind="private" if message.chat.type == ChatType.PRIVATE else "group",
            user_id=user.id if user else None,
        )
        try:
            notes = [self._state.questions.add(asked)]
            if user and not found.about_text:
                searched = found.searched or answer.question
                turn = (message.chat_id, user.id, answer.question, searched)
                notes.append(self._state.conversations.remember(*turn))
            await asyncio.gather(*notes)
        except StateError as error:
            _log.error("A question could not be noted: %s", error)


async def _delete(bot: Bot, chat_id: int, message_id: int) -> None:
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramError as error:  # gone, or too old
        _log.info("A part of a reply that was edited was not deleted: %s", error)


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
