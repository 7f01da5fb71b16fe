"""Thin Telegram handlers: read, call, render, reply."""

import logging
from concurrent.futures import Executor

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot.bootstrap import Services
from bot.chat.background import set_admin_menu
from bot.chat.delivery import send
from bot.chat.questions import Questions, acknowledge, question_of
from bot.chat.reindexing import ChatReindex
from bot.chat.transport import reason
from bot.replies.messages import escape, render_start
from bot.texts import Texts, load_texts
from retrieval.errors import IndexUnusable, TrichdanError

_log = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE


class Handlers:
    """What the bot does with each kind of update."""

    def __init__(self, services: Services, workers: Executor) -> None:
        self._services = services
        self._questions = Questions(services, workers)
        self._reindex = ChatReindex(services)

    async def start(self, update: Update, context: Context) -> None:
        message, texts = _message(update), _texts(update)
        try:
            collection = await self._questions.compute(lambda: self._collection(texts))
            example = await self._questions.example(texts)
        except IndexUnusable:
            collection, example = texts(self._not_ready(update)), None
        await send(message, [render_start(texts, collection, example)])
        if self._is_admin(update) and message.chat.type == ChatType.PRIVATE:
            await set_admin_menu(message.get_bot(), message.chat_id)

    async def help(self, update: Update, context: Context) -> None:
        texts = _texts(update)
        parts = [texts("help"), *([texts("help-admin")] if self._is_admin(update) else [])]
        await send(_message(update), [escape("\n\n".join(parts))])

    async def ask(self, update: Update, context: Context) -> None:
        """/ask QUESTION, in private and in groups."""
        message, texts = _message(update), _texts(update)
        if question_of(message):
            await self.question(update, context)
        else:
            await send(message, [escape(texts("ask-usage", example=texts("example-question")))])

    async def question(self, update: Update, context: Context) -> None:
        """Plain text: the question itself."""
        await self._questions.answer(_message(update), _language(update), not_ready=self._not_ready(update))

    async def unsupported(self, update: Update, context: Context) -> None:
        await send(_message(update), [escape(_texts(update)("unsupported"))])

    async def reindex(self, update: Update, context: Context) -> None:
        """Admin only. Questions are still answered, from the old generation, until the new one is ready."""
        message, texts = _message(update), _texts(update)
        if self._is_admin(update):
            await self._reindex.run(message, texts)
        else:
            await send(message, [escape(texts("admin-only"))])

    async def nearest(self, update: Update, context: Context) -> None:
        """The button under a refusal."""
        assert update.callback_query is not None
        await self._questions.show_nearest(update.callback_query, _texts(update))

    async def unknown_button(self, update: Update, context: Context) -> None:
        """A button that this version does not know: its spinner ends all the same."""
        assert update.callback_query is not None
        await acknowledge(update.callback_query, _texts(update)("button-expired"))

    async def failed(self, update: object, context: Context) -> None:
        """Anything that went wrong: one log entry; one line to the reader where nothing can have reached them."""
        error = context.error
        if isinstance(error, TelegramError | TrichdanError):  # their tracebacks tell nothing about our code
            _log.error("An update could not be answered: %s", reason(error))
        else:
            _log.error("An update could not be handled", exc_info=error)
        if isinstance(error, TelegramError) and not isinstance(error, BadRequest):
            return  # Telegram cannot be reached, or the reply may have arrived: a second one would repeat it
        if isinstance(update, Update) and update.effective_message:
            await _apologise(update.effective_message, _texts(update))

    def stopping(self) -> None:
        """The process is to end soon: long work is broken off."""
        self._reindex.stop()

    async def close(self) -> None:
        await self._questions.close()

    def _collection(self, texts: Texts) -> str:
        store = self._services.serving.retriever().generation.store
        oldest, newest = store.dates()
        if oldest is None or newest is None:
            return texts("collection", articles=store.articles)
        dates = {"first": texts.date(oldest), "last": texts.date(newest)}
        return texts("collection-dated", articles=store.articles, **dates)

    def _is_admin(self, update: Update) -> bool:
        user = update.effective_user
        return user is not None and user.id in self._services.settings.admin_ids

    def _not_ready(self, update: Update) -> str:
        return "not-ready-admin" if self._is_admin(update) else "not-ready"


async def _apologise(message: Message, texts: Texts) -> None:
    try:
        await send(message, [escape(texts("failed"))])
    except TelegramError as error:
        _log.error("Nor could the reader be told: %s", error)


def _message(update: Update) -> Message:
    assert update.effective_message is not None  # the filters admit messages only
    return update.effective_message


def _language(update: Update) -> str | None:
    return update.effective_user.language_code if update.effective_user else None


def _texts(update: Update) -> Texts:
    return load_texts(_language(update))
