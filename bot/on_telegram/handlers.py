"""Thin Telegram handlers: read, call, render, reply."""

import logging
from collections import deque
from collections.abc import Coroutine, Iterator
from concurrent.futures import Executor
from datetime import UTC, datetime
from typing import Any

from telegram import Bot, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot.bootstrap import Services
from bot.conversation.about import collection_line, gather
from bot.conversation.sharing import PREFIX as SHARED
from bot.conversation.sharing import share_link
from bot.on_telegram.admin.admin_commands import AdminCommands, Tools
from bot.on_telegram.admin.documents import Documents
from bot.on_telegram.admin.notices import ToAdmins
from bot.on_telegram.admin.reindexing import ChatReindex
from bot.on_telegram.admin.reports import Reports
from bot.on_telegram.commands import set_admin_menu
from bot.on_telegram.outgoing.delivery import send
from bot.on_telegram.people.access import Access
from bot.on_telegram.people.admins import Admins
from bot.on_telegram.people.door import Door
from bot.on_telegram.people.invites import Invites
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.people.personal import Personal
from bot.on_telegram.people.question_limits import Admission
from bot.on_telegram.replies.inline import Inline
from bot.on_telegram.replies.presses import Presses
from bot.on_telegram.replies.questions import Questions, question_of
from bot.on_telegram.replies.sending import Shown
from bot.on_telegram.updates.turns import WORKERS, Turns, acknowledge
from bot.processes.held import Held
from bot.processes.unfinished import Unfinished
from bot.state.state import State
from bot.telegram_html.about import render_about
from bot.telegram_html.markup import escape
from bot.telegram_html.welcome import help_text, start_text
from bot.texts import Texts, load_texts
from retrieval.errors import IndexUnusable, TrichdanError

_ALBUMS_KNOWN = 1000

_log = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE


class Handlers:
    """What the bot does with each kind of update."""

    def __init__(self, services: Services, workers: Executor, state: State, bot: Bot) -> None:
        self._services = services
        self._state = state
        self._turns = Turns(workers, WORKERS)
        self._languages = Languages(state.preferences)
        self._admins = Admins(services.settings.admin_ids)
        access = Access(services.settings, self._admins, state.guests, self._languages)
        shown = Shown(services, self._turns, state, lambda excerpt: share_link(excerpt, bot.username))
        self._questions = Questions(services, self._turns, state, self._languages, shown)
        self._presses = Presses(services, self._turns, state, self._languages, shown, self._questions)
        self._personal = Personal(state, self._languages)
        self._inline = Inline(services, self._turns, self._languages)
        unfinished = Unfinished(services.settings.data_dir)
        self._reindex = ChatReindex(services, unfinished)
        invites = Invites(state.guests, access)
        self.admission = Admission(services.settings, self._admins, self._languages)
        self.door = Door(access, self._admins, invites, state, self._languages)
        self._documents = Documents(services, self._turns, self._reindex, unfinished)
        self._reports = Reports(services, self._turns, state)
        tools = Tools(self._reindex, self._documents, self._reports, invites)
        self.admin = AdminCommands(self._admins, self._languages, tools)
        self._albums: deque[str] = deque(maxlen=_ALBUMS_KNOWN)

    async def start(self, update: Update, context: Context) -> None:
        """A greeting; or what the link that led here is for: an invite, a passage."""
        message, payload = _message(update), question_of(_message(update))
        if not await self.door.enters(update, message):
            return
        if payload.startswith(SHARED) and await self._questions.shared(
            message, payload, not_ready=self._not_ready(update)
        ):
            return
        await self._greet(update, message)

    async def _greet(self, update: Update, message: Message) -> None:
        texts = await self._texts(update)
        try:
            about = await self._turns.compute(lambda: gather(self._services))
            collection, examples = collection_line(about, texts), await self._questions.examples(texts)
        except IndexUnusable:
            collection, examples = texts(self._not_ready(update)), ()
        days = self._services.settings.keep_questions_days
        await send(message, [start_text(texts, collection, examples, days)])
        if self._admins.sent(update) and message.chat.type == ChatType.PRIVATE:
            await set_admin_menu(message.get_bot(), message.chat_id)

    async def help(self, update: Update, context: Context) -> None:
        texts, admin = await self._texts(update), self._admins.sent(update)
        try:
            examples = await self._questions.examples(texts)
        except IndexUnusable:
            examples = ()
        days = self._services.settings.keep_questions_days
        await send(_message(update), [help_text(texts, examples, days, admin=admin)])

    async def about(self, update: Update, context: Context) -> None:
        """What the collection is, and how old."""
        texts = await self._texts(update)
        try:
            about = await self._turns.compute(lambda: gather(self._services))
        except IndexUnusable:
            await send(_message(update), [escape(texts(self._not_ready(update)))])
            return
        await send(_message(update), [render_about(about, texts, datetime.now(UTC))])

    async def ask(self, update: Update, context: Context) -> None:
        """/ask QUESTION, in private and in groups."""
        message, texts = _message(update), await self._texts(update)
        if question_of(message):
            await self.question(update, context)
        else:
            await send(message, [escape(texts("ask-usage", example=texts("example-question")))])

    async def question(self, update: Update, context: Context) -> None:
        """Plain text, or the caption of what is shown: the question itself; from an admin, a link to take up."""
        message = _message(update)
        if await self.admin.document(update):
            return
        if not question_of(message):  # our name and nothing else
            await self.ask(update, context)
            return
        if message.media_group_id:
            self._albums.append(message.media_group_id)
        await self._questions.answer(message, not_ready=self._not_ready(update))

    async def edited(self, update: Update, context: Context) -> None:
        """A question that was edited: its reply follows."""
        await self._questions.edited(_message(update))

    async def unsupported(self, update: Update, context: Context) -> None:
        """What is no text: from an admin a document to take up, else one line, for an album too."""
        if await self.admin.document(update):
            return
        album = _message(update).media_group_id
        if album is None or album not in self._albums:
            if album:
                self._albums.append(album)
            await send(_message(update), [escape((await self._texts(update))("unsupported"))])

    async def language(self, update: Update, context: Context) -> None:
        if user := update.effective_user:
            await self._personal.language(_message(update), user, question_of(_message(update)))

    async def new(self, update: Update, context: Context) -> None:
        """The next question is not taken for one that follows."""
        if user := update.effective_user:
            async with self._turns.of(_message(update).chat_id):
                await self._personal.new(_message(update), user)

    async def forget_me(self, update: Update, context: Context) -> None:
        if user := update.effective_user:
            async with self._turns.of(_message(update).chat_id):
                await self._personal.forget_me(_message(update), user)

    async def language_pressed(self, update: Update, context: Context) -> None:
        assert update.callback_query is not None
        await self._personal.language_pressed(update.callback_query)

    async def pressed(self, update: Update, context: Context) -> None:
        """Any other button, those of versions that are forgotten too."""
        assert update.callback_query is not None
        await self._presses.pressed(update.callback_query)

    async def inline(self, update: Update, context: Context) -> None:
        assert update.inline_query is not None
        await self._inline.answer(update.inline_query)

    async def failed(self, update: object, context: Context) -> None:
        """Anything that went wrong: one log entry; one line to the reader where nothing can have reached them."""
        error = context.error
        if isinstance(error, TelegramError | TrichdanError):  # their tracebacks tell nothing about our code
            _log.error("An update could not be answered: %s", error)
        else:
            _log.error("An update could not be handled", exc_info=error)
        if isinstance(error, TelegramError) and not isinstance(error, BadRequest):
            return  # Telegram cannot be reached, or the reply may have arrived: a second one would repeat it
        if isinstance(update, Update) and update.callback_query:
            await acknowledge(update.callback_query, (await self._texts(update))("failed"), alert=True)
        elif isinstance(update, Update) and update.effective_message:
            await _apologise(update.effective_message, await self._texts(update))

    def beside(self, bot: Bot) -> Iterator[Coroutine[Any, Any, None]]:
        """What goes on beside the handlers, until it is cancelled."""
        yield self._documents.resume(bot)
        to_admins = ToAdmins(bot, self._admins, self._state.admins, self._languages)
        yield to_admins.tell_of_errors()
        yield to_admins.tell_of_held_runs(Held(self._services.settings.data_dir))
        yield self._reports.send_digests(to_admins)

    def loaded(self) -> None:
        """Model and index are in memory, or cannot be: questions are answered from now on."""
        self._turns.begin()

    def stopping(self) -> None:
        """The process is to end soon: long work is broken off."""
        self._reindex.stop()
        self._documents.stop()

    async def close(self) -> None:
        await self._reindex.close()
        await self._turns.close()

    async def _texts(self, update: Update) -> Texts:
        return load_texts(await self._languages.of(update.effective_user))

    def _not_ready(self, update: Update) -> str:
        return "not-ready-admin" if self._admins.sent(update) else "not-ready"


async def _apologise(message: Message, texts: Texts) -> None:
    try:
        await send(message, [escape(texts("failed"))])
    except TelegramError as error:
        _log.error("Nor could the reader be told: %s", error)


def _message(update: Update) -> Message:
    assert update.effective_message is not None  # the filters admit messages only
    return update.effective_message
