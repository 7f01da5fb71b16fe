"""A conversation without a platform: it is asked, edited, shared and pressed; what it gives back is shown by whoever
called, and then kept."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.conversation.answering import Findings, find, first_shown
from bot.conversation.examples import Examples
from bot.conversation.exchange_values import AnswerWorkers, Effect, Inquiry, Pressed, Replied
from bot.conversation.press_effects import ReplyButtons
from bot.conversation.replies.reply import Reply
from bot.conversation.replies.sharing import Shared, shared
from bot.conversation.replies.view import view_of
from bot.conversation.replies.wording import no_answer_text
from bot.logs import log_answer, unheard
from bot.state.answers import Answers, Kept, new_id
from bot.state.conversations import Conversations, Talk
from bot.state.db.errors import StateError
from bot.state.questions import Asked, QuestionLog
from bot.texts import Texts, choose_language, load_texts
from retrieval.article import Answer
from retrieval.follow_ups.context import Context
from retrieval.serving import Serving

_FOLLOWS_WITHIN = timedelta(minutes=30)
"""A question that comes later does not lean on the one before."""
_SHOWN_AN_EXAMPLE = ("greeting", "thanks", "goodbye", "abilities", "identity", "articles", "help", "chat")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """Those methods that need the index raise IndexUnusable. Of one chat, one is to be called at a time.

    `buttons` do what is pressed under a reply; `lists_articles`: whether people may see titles of articles that did not
    answer them anything; `logs_words`: whether a question's line in the log has its words; `on_answer` hears of each.
    """

    serving: Serving
    workers: AnswerWorkers
    examples: Examples
    answers: Answers
    conversations: Conversations
    buttons: ReplyButtons
    questions: QuestionLog
    lists_articles: bool = True
    logs_words: bool = False
    on_answer: Callable[[Answer], object] = unheard

    async def ask(self, asked: Inquiry) -> Replied:
        """The reply to a question, which may lean on the one before."""
        context = None if asked.tapped else await self._context(asked)
        return await self._answered(asked, context, new_id())

    async def edit(self, asked: Inquiry) -> tuple[Replied, Sequence[int]] | None:
        """The reply to a question that reads otherwise now, and the messages of the one before; None where there is
        none, or nothing has changed."""
        answer_id = await self.answers.to_message(asked.chat_id, asked.message_id)
        before = await self.answers.get(answer_id) if answer_id else None
        if answer_id is None or before is None or not asked.words or before.question == asked.words:
            return None
        return await self._answered(asked, None, answer_id), before.replied_in

    async def has_replied(self, asked: Inquiry) -> bool:
        """Whether the message was answered, and the answer is remembered."""
        return await self.answers.to_message(asked.chat_id, asked.message_id) is not None

    async def share(self, payload: str, asked: Inquiry) -> Replied | Shared | None:
        """The passage that a link names, asked for by opening it; Shared where it does not stand there any more, None
        where it is no such link."""
        return await self.workers.compute(lambda: self._shared(payload, asked))

    async def keep(self, replied: Replied, sent: Sequence[int], *beside: Awaitable[object]) -> None:
        """Keeps a reply that was sent in these messages, in one transaction with what is written `beside`."""
        options = replied.view.reply.options()
        kept = replace(replied.kept, replied_in=tuple(sent), options=options)
        try:
            await asyncio.gather(
                self.answers.keep(kept, replied.view.answer_id), *beside, self._remember(replied)
            )
        except StateError as error:
            _log.error("A reply could not be kept, its buttons will do nothing: %s", error)

    async def keep_edited(self, replied: Replied, message_id: int) -> None:
        """Keeps a reply in the place of the one before, now in this message alone."""
        kept, options = replied.kept, replied.view.reply.options()
        changed = {"question": kept.question, "searched": kept.searched, "generation": kept.generation}
        try:
            await self.answers.update(
                replied.view.answer_id, **changed, replied_in=[message_id], options=options
            )
        except StateError as error:
            _log.error(
                "A reply that was edited could not be kept, its buttons are those of before: %s", error
            )
        await self._remember(replied)

    async def press(self, pressed: Pressed) -> Effect | None:
        """What a press does; None where its answer is forgotten, or is another chat's."""
        kept = await self.answers.get(pressed.press.answer_id)
        if kept is None or kept.chat_id != pressed.chat_id:
            return None
        return await self.buttons.effect(pressed, kept)

    async def keep_pressed(self, pressed: Pressed, effect: Effect) -> None:
        """Keeps what a press has changed, once it is shown."""
        if effect.reply is None:
            return
        try:
            await self.answers.update(pressed.press.answer_id, options=effect.reply.options())
        except StateError as error:
            _log.error(
                "What a button changed could not be kept, the next press goes back before it: %s", error
            )
        kept = effect.kept
        if effect.context and kept.user_id is not None:
            talk = Talk(kept.chat_id, kept.user_id, pressed.thread_id)
            await self.conversations.remember(talk, effect.context.options())

    async def _answered(self, asked: Inquiry, context: Context | None, answer_id: str) -> Replied:
        async with self.workers.work():
            replied = await self.workers.compute(lambda: self._found(asked, context, answer_id))
        assert replied.found is not None
        log_answer(replied.found.answer, in_words=self.logs_words)
        self.on_answer(replied.found.answer)
        return replied

    def _found(self, asked: Inquiry, context: Context | None, answer_id: str) -> Replied:
        """For a worker thread."""
        retriever = self.serving.retriever()
        found = find(retriever, asked.words, context, is_text=asked.is_text)
        if asked.tapped:
            found = found.naming_the_question()
        language = choose_language(asked.speaks or found.answer.language)
        texts = load_texts(language)
        example = self._example(found, texts)
        if found.answer.holdings:
            says = no_answer_text(found.answer, texts) if self.lists_articles else texts("articles-off")
            found = replace(found, says=says)
        found, view = first_shown(found, answer_id, retriever, example)
        kept = _kept(
            asked,
            question=found.answer.question,
            searched=found.looked_for or found.answer.question,
            language=language,
            generation=found.answer.generation or "",
        )
        return Replied(view=view, kept=kept, asked=asked, found=found)

    def _example(self, found: Findings, texts: Texts) -> str | None:
        """Whoever greets, or asks what the bot can do, is shown what can be asked."""
        if found.answer.kind == "question" or found.answer.reason not in _SHOWN_AN_EXAMPLE:
            return None
        return next(iter(self.examples.questions(texts.language)), None)

    def _shared(self, payload: str, asked: Inquiry) -> Replied | Shared | None:
        """For a worker thread."""
        retriever = self.serving.retriever()
        found = shared(payload, retriever.generation.articles)
        if found is None or found.article is None or found.window is None:
            return found
        view = view_of(Reply(kind="answer", windows=(found.window,)), new_id(), retriever)
        assert view is not None  # its article was read a moment ago
        title = found.article.title or ""
        generation = retriever.generation.id
        language = choose_language(asked.speaks)
        kept = _kept(asked, question=title, searched=title, language=language, generation=generation)
        return Replied(view=view, kept=kept)

    async def _context(self, asked: Inquiry) -> Context | None:
        """What this person was talking about in this chat."""
        if asked.user_id is None:
            return None
        try:
            known = await self.conversations.last(_talk(asked, asked.user_id), _FOLLOWS_WITHIN)
        except StateError as error:
            _log.error("What was asked before could not be read: %s", error)
            return None
        return Context.from_options(known) if known else None

    async def _remember(self, replied: Replied) -> None:
        """For the question that follows, and for whoever runs the bot, if they wish."""
        found, asked = replied.found, replied.asked
        if found is None or asked is None or found.answer.kind != "question":
            return
        try:
            notes = [self.questions.add(_logged(found, asked, replied.view.answer_id))]
            if asked.user_id and found.context:
                talk = _talk(asked, asked.user_id)
                notes.append(self.conversations.remember(talk, found.context.options()))
            await asyncio.gather(*notes)
        except StateError as error:
            _log.error("A question could not be noted: %s", error)


def _talk(asked: Inquiry, user_id: int) -> Talk:
    return Talk(asked.chat_id, user_id, asked.thread_id)


def _kept(asked: Inquiry, *, question: str, searched: str, language: str, generation: str) -> Kept:
    return Kept(
        chat_id=asked.chat_id,
        user_id=asked.user_id,
        asked_in=asked.message_id,
        question=question,
        searched=searched,
        language=language,
        generation=generation,
    )


def _logged(found: Findings, asked: Inquiry, answer_id: str) -> Asked:
    answer = found.answer
    return Asked(
        question=answer.question,
        language=answer.language,
        unaccented=answer.unaccented,
        answered=answer.answered,
        confidence=answer.confidence,
        article_id=answer.excerpts[0].citation.article_id if answer.excerpts else None,
        elapsed_ms=answer.elapsed_ms.get("total", 0.0),
        generation=answer.generation,
        chat_kind=asked.chat_kind,
        user_id=asked.user_id,
        searched=found.looked_for,
        answer_id=answer_id,
    )
