"""Who handles what: the one list of the updates that are answered."""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import (
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.conversation.replies.buttons import FOR_ADMINS, Verb
from bot.on_telegram.admin_gate import Gate
from bot.on_telegram.answering.articles import ArticleLists
from bot.on_telegram.answering.greetings import Greetings
from bot.on_telegram.answering.inline import Inline
from bot.on_telegram.answering.messages import ASK, Messages
from bot.on_telegram.answering.presses import Presses
from bot.on_telegram.answering.questions import Questions
from bot.on_telegram.commands import COMMANDS
from bot.on_telegram.outgoing.messages import acknowledge, send
from bot.on_telegram.people.door import Door
from bot.on_telegram.people.personal import Personal
from bot.on_telegram.people.question_limits import Admission
from bot.on_telegram.requests import Request, Requests
from bot.on_telegram.updates.addressing import (
    ByThisBot,
    CommandByName,
    CommandInCaption,
    SpokenTo,
    command_of,
)
from bot.on_telegram.updates.protocol import App
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.errors import TrichdanError

_log = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


@dataclass(frozen=True, kw_only=True)
class Handlers:
    """What answers, and how it is registered."""

    door: Door
    admission: Admission
    requests: Requests
    gate: Gate
    greetings: Greetings
    articles: ArticleLists
    messages: Messages
    questions: Questions
    presses: Presses
    personal: Personal
    inline: Inline

    def register(self, application: App) -> None:
        """What comes first is first to take an update; the groups below 0 see it before all others."""
        add = application.add_handler
        add(MessageHandler(filters.StatusUpdate.MIGRATE, self.door.migrated), group=-3)
        add(TypeHandler(Update, self.door.admit), group=-2)
        add(TypeHandler(Update, self.admission.check), group=-1)
        # Not edits, not channel posts, not what a channel's posts become in its group, not our own cards.
        new = filters.UpdateType.MESSAGE & ~filters.IS_AUTOMATIC_FORWARD & ~ByThisBot()
        private = new & filters.ChatType.PRIVATE
        to_bot = new & filters.ChatType.GROUPS & SpokenTo()
        for command in COMMANDS:
            asked = self._at_once if command.in_turn else self._asked
            run = asked(partial(self.gate.command, command))
            add(CommandHandler(command.name, run, filters=new & ~filters.FORWARDED))
        written = filters.TEXT | filters.CAPTION
        add(MessageHandler(CommandInCaption() & new & ~filters.FORWARDED, self._at_once(self._captioned)))
        unknown = private | (new & filters.ChatType.GROUPS & CommandByName())
        add(MessageHandler(filters.COMMAND & unknown, self._asked(self.greetings.help)))
        add(MessageHandler(written & (private | to_bot), self._at_once(self.messages.question)))
        shown = (private | to_bot) & ~filters.StatusUpdate.ALL
        add(MessageHandler(shown, self._asked(self.messages.unsupported)))
        add(MessageHandler(filters.UpdateType.EDITED_MESSAGE, self._at_once(self.messages.edited)))
        language, reply = (
            _passing("callback_query", handle)
            for handle in (self.personal.language_pressed, self.presses.pressed)
        )
        articles = _passing("callback_query", self.articles.pressed)
        tapped = _passing("callback_query", self.questions.tapped)
        add(CallbackQueryHandler(tapped, pattern=f"^{Verb.TRY.head}:"))
        add(CallbackQueryHandler(language, pattern=f"^{Verb.LANGUAGE.head}:"))
        add(CallbackQueryHandler(articles, pattern=f"^(?:{Verb.ARTICLES.head}|{Verb.READ.head}):"))
        add(CallbackQueryHandler(self.gate.pressed, pattern=f"^{FOR_ADMINS}"))
        add(CallbackQueryHandler(reply))  # and whatever forgotten versions sent
        add(InlineQueryHandler(_passing("inline_query", self.inline.answer)))
        application.add_error_handler(self._failed)

    async def _captioned(self, request: Request) -> None:
        """A command in the caption of a photo or a file."""
        name = command_of(request.message)
        command = next((each for each in COMMANDS if each.name == name), None)
        if command is None:
            await self.greetings.help(await self.requests.of(request.update))
        elif name == ASK:
            await self.messages.question(request)
        else:
            await self.gate.command(command, await self.requests.of(request.update))

    def _asked(self, handle: Callable[[Request], Awaitable[None]]) -> Handler:
        async def asked(update: Update, context: Context) -> None:
            await handle(await self.requests.of(update))

        return asked

    def _at_once(self, handle: Callable[[Request], Awaitable[None]]) -> Handler:
        """For what takes the turn of its chat: it must not wait before."""

        async def asked(update: Update, context: Context) -> None:
            await handle(self.requests.at_once(update))

        return asked

    async def _failed(self, update: object, context: Context) -> None:
        """Anything that went wrong: one log entry; one line to the reader where nothing can have reached them."""
        error = context.error
        if isinstance(error, TelegramError | TrichdanError):  # their tracebacks tell nothing about our code
            _log.error("An update could not be answered: %s", error)
        else:
            _log.error("An update could not be handled", exc_info=error)
        if isinstance(error, TelegramError) and not isinstance(error, BadRequest):
            return  # Telegram cannot be reached, or the reply may have arrived: a second one would repeat it
        if isinstance(update, Update) and update.callback_query:
            texts = await self.requests.texts(update)
            await acknowledge(update.callback_query, texts("failed"), alert=True)
        elif isinstance(update, Update) and update.effective_message:
            await _apologise(update.effective_message, await self.requests.texts(update))


def _passing(part: str, handle: Callable[[Any], Awaitable[None]]) -> Handler:
    """Hands on this part of an update."""

    async def passed(update: Update, context: Context) -> None:
        await handle(getattr(update, part))

    return passed


async def _apologise(message: Message, texts: Texts) -> None:
    try:
        await send(message, [escape(texts("failed"))])
    except TelegramError as error:
        _log.error("Nor could the reader be told: %s", error)
