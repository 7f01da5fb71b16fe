"""Thin Telegram handlers: read, call, render, reply. The event loop never computes."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from weakref import WeakValueDictionary

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.answering import answer_verified
from bot.bootstrap import Services
from bot.chat_reindex import ChatReindex
from bot.delivery import edit, send
from bot.replies import escape, render_answer, render_nearest, render_start
from bot.texts import Texts, load_texts
from retrieval.article import Answer
from retrieval.errors import IndexUnusable

NEAREST = "nearest"
"""Callback data of the button under a refusal; the question is the message that the refusal replies to."""

_log = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE
Result = TypeVar("Result")


class Handlers:
    """What the bot does with each kind of update."""

    def __init__(self, services: Services, pool: ThreadPoolExecutor) -> None:
        self._services = services
        self._pool = pool
        self._reindex = ChatReindex(services)
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def start(self, update: Update, context: Context) -> None:
        message, texts = _message(update), _texts(update)
        collection, example = await self._compute(lambda: self._collection(texts))
        await send(message, [render_start(texts, collection, example)])

    async def help(self, update: Update, context: Context) -> None:
        texts = _texts(update)
        parts = [texts("help"), *([texts("help-admin")] if self._is_admin(update) else [])]
        await send(_message(update), [escape("\n\n".join(parts))])

    async def ask(self, update: Update, context: Context) -> None:
        """/ask QUESTION, in private and in groups."""
        message, texts = _message(update), _texts(update)
        question = question_of(message)
        if question:
            await self._answer(update, message, question)
        else:
            await send(message, [escape(texts("ask-usage", example=texts("example-question")))])

    async def question(self, update: Update, context: Context) -> None:
        """Plain text: the question itself."""
        message = _message(update)
        await self._answer(update, message, question_of(message))

    async def unsupported(self, update: Update, context: Context) -> None:
        await send(_message(update), [escape(_texts(update)("unsupported"))])

    async def reindex(self, update: Update, context: Context) -> None:
        """Admin only. Questions are still answered, from the old generation, until the new one is ready."""
        message, texts = _message(update), _texts(update)
        if not self._is_admin(update):
            await send(message, [escape(texts("admin-only"))])
        elif self._reindex.running:
            await send(message, [escape(texts("reindex-running"))])
        else:
            shown = (await send(message, [escape(texts("reindex-started"))]))[-1]
            await self._reindex.run(texts, lambda text: edit(shown, escape(text)))

    async def nearest(self, update: Update, context: Context) -> None:
        """The button under a refusal."""
        query, texts = update.callback_query, _texts(update)
        assert query is not None
        asked = _replied_question(query)
        if asked is None or not self._services.serving.ready:
            await query.answer(texts("button-expired"))
            return
        await query.answer()
        answer = await self._compute(lambda: self._ask(question_of(asked)))
        await send(
            asked, render_nearest(answer, texts) if not answer.answered else render_answer(answer, texts)
        )

    async def failed(self, update: object, context: Context) -> None:
        """Anything that went wrong: one log entry; one line to the reader where Telegram can still be reached."""
        error = context.error
        if isinstance(error, TelegramError):
            _log.error("Telegram: %s", error)  # its traceback would tell nothing about our code
            return
        _log.error("An update could not be handled", exc_info=error)
        if isinstance(update, Update) and update.effective_message:
            await send(update.effective_message, [escape(_texts(update)("failed"))])

    async def _answer(self, update: Update, message: Message, question: str) -> None:
        async with self._turn(message.chat_id):
            if message.chat.type == message.chat.PRIVATE:
                await _show_typing(message)
            try:
                answer = await self._compute(lambda: self._ask(question))
            except IndexUnusable as error:
                _log.warning("A question came while no index serves: %s", error)
                key = "not-ready-admin" if self._is_admin(update) else "not-ready"
                await send(message, [escape(_texts(update)(key))])
                return
            texts = _texts(update, answer.language)
            await send(message, render_answer(answer, texts), _buttons(answer, texts))

    def _ask(self, question: str) -> Answer:
        return answer_verified(self._services.serving.retriever(), question)

    def _collection(self, texts: Texts) -> tuple[str, str | None]:
        try:
            store = self._services.serving.retriever().generation.store
        except IndexUnusable:
            return texts("not-ready"), None
        oldest, newest = store.dates()
        if oldest is None or newest is None:
            return texts("collection", articles=store.articles), None
        dates = {"first": texts.date(oldest), "last": texts.date(newest)}
        return texts("collection-dated", articles=store.articles, **dates), None

    def _turn(self, chat_id: int) -> asyncio.Lock:
        """One answer at a time in a chat, in the order of the questions; other chats do not wait."""
        return self._chats.setdefault(chat_id, asyncio.Lock())

    async def _compute(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def _is_admin(self, update: Update) -> bool:
        user = update.effective_user
        return user is not None and user.id in self._services.settings.admin_ids


def question_of(message: Message) -> str:
    """The question in a message: its text without a leading command."""
    text = message.text or ""
    if text.startswith("/"):
        return text.partition(" ")[2].strip() if " " in text else text.partition("\n")[2].strip()
    return text


def _message(update: Update) -> Message:
    assert update.effective_message is not None  # the filters admit messages only
    return update.effective_message


def _texts(update: Update, otherwise: str | None = None) -> Texts:
    user = update.effective_user
    return load_texts((user.language_code if user else None) or otherwise)


def _replied_question(query: CallbackQuery) -> Message | None:
    message = query.message
    return message.reply_to_message if isinstance(message, Message) else None


def _buttons(answer: Answer, texts: Texts) -> InlineKeyboardMarkup | None:
    if not answer.nearest:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(texts("button-nearest"), callback_data=NEAREST)]])


async def _show_typing(message: Message) -> None:
    try:
        await message.reply_chat_action(ChatAction.TYPING)
    except TelegramError as error:
        _log.info("The typing indicator was not shown: %s", error)
