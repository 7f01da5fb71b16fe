"""What only admins may do. Who asks is looked at here, in one place, at every command and every press."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.on_telegram.admin.documents import Documents
from bot.on_telegram.admin.reindexing import ChatReindex
from bot.on_telegram.admin.reports import Reports
from bot.on_telegram.outgoing.delivery import edit, send
from bot.on_telegram.people.admins import Admins
from bot.on_telegram.people.invites import Invites
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.replies.questions import question_of
from bot.on_telegram.updates.addressing import command_of
from bot.on_telegram.updates.turns import acknowledge
from bot.telegram_html.admin.buttons import AdminPress, Verb, decode
from bot.telegram_html.markup import escape
from bot.texts import Texts, load_texts
from retrieval.errors import IndexUnusable

COMMANDS: Final = (
    "reindex", "sources", "show", "remove", "gaps", "feedback", "stats", "digest", "invite", "guests",
)  # fmt: skip
_IN_GROUPS_TOO: Final = ("reindex",)
_PRESSED_IN_GROUPS_TOO: Final = ("cancel", "full", "lose", "hold")
"""The others show what is nobody else's business."""
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)

_log = logging.getLogger(__name__)
Context = ContextTypes.DEFAULT_TYPE
_Command = Callable[[Message, str, Texts], Awaitable[None]]
_Pressed = Callable[[AdminPress, Message, Texts], Awaitable[None]]


@dataclass(frozen=True)
class Tools:
    """What does the work of the commands."""

    reindex: ChatReindex
    documents: Documents
    reports: Reports
    invites: Invites


class AdminCommands:
    def __init__(self, admins: Admins, languages: Languages, tools: Tools) -> None:
        documents, reports, invites, reindex = tools.documents, tools.reports, tools.invites, tools.reindex
        self._admins = admins
        self._languages = languages
        self._reindex = reindex
        self._documents = documents
        self._commands: Mapping[str, _Command] = {
            "reindex": lambda message, _, texts: reindex.run(message, texts),
            "sources": lambda message, _, texts: documents.list(message, texts),
            "show": documents.show,
            "remove": documents.remove,
            "gaps": lambda message, _, texts: reports.gaps(message, texts),
            "feedback": lambda message, _, texts: reports.feedback(message, texts),
            "stats": lambda message, _, texts: reports.stats(message, texts),
            "digest": lambda message, _, texts: reports.digest(message, texts),
            "invite": invites.invite,
            "guests": lambda message, _, texts: invites.guests(message, texts),
        }
        self._presses: Mapping[Verb, _Pressed] = {
            **dict.fromkeys(("sources", "add", "discard", "remove", "keep"), documents.pressed),
            **dict.fromkeys(("gaps", "feedback", "export", "digest"), reports.pressed),
            **dict.fromkeys(("withdraw", "revoke", "people"), invites.pressed),
            "cancel": self._cancel,
            "full": lambda _, on, texts: reindex.anew(on, texts),
            "lose": lambda press, on, texts: reindex.allowed(press.argument, on, texts),
            "hold": lambda _, on, texts: edit(on, escape(texts("loss-kept"))),
        }

    async def command(self, update: Update, context: Context) -> None:
        """Any command of `COMMANDS`."""
        message = update.message
        assert message is not None  # the filters admit new messages only
        texts = load_texts(await self._languages.of(update.effective_user))
        name = command_of(message)
        if not self._admins.sent(update):
            await send(message, [escape(texts("admin-only"))])
        elif message.chat.type != ChatType.PRIVATE and name not in _IN_GROUPS_TOO:
            await send(message, [escape(texts("admin-private"))])
        else:
            await self._or_not_ready(
                message, texts, self._commands[name](message, question_of(message), texts)
            )

    async def document(self, update: Update) -> bool:
        """A file that an admin sent, or a message that is nothing but a link; False: it is neither."""
        message = update.message
        if message is None or not self._admins.wrote_privately(message):
            return False
        texts = load_texts(await self._languages.of(update.effective_user))
        if message.document:
            await self._documents.sent(message, message.document, texts)
        elif _LINK.fullmatch((message.text or "").strip()):
            await self._documents.linked(message, (message.text or "").strip(), texts)
        else:
            return False
        return True

    async def pressed(self, update: Update, context: Context) -> None:
        """A button under an admin's message: its data may be forged, so that who presses it is what counts."""
        query = update.callback_query
        assert query is not None
        texts = load_texts(await self._languages.of(query.from_user))
        press, on = decode(query.data or ""), query.message
        if not self._admins.sent(update):
            await acknowledge(query, texts("admin-only"), alert=True)
        elif press is None or not isinstance(on, Message) or not on.is_accessible:
            await acknowledge(query, texts("button-expired"), alert=True)
        elif on.chat.type != ChatType.PRIVATE and press.verb not in _PRESSED_IN_GROUPS_TOO:
            await acknowledge(query, texts("admin-private"), alert=True)
        else:
            await acknowledge(query)
            await self._or_not_ready(on, texts, self._presses[press.verb](press, on, texts))

    async def _or_not_ready(self, message: Message, texts: Texts, work: Awaitable[None]) -> None:
        try:
            await work
        except IndexUnusable as error:
            _log.warning("An admin's command came while no index serves: %s", error)
            await send(message, [escape(texts("not-ready-admin"))])

    async def _cancel(self, press: AdminPress, on: Message, texts: Texts) -> None:
        if not self._reindex.cancel():
            await send(on, [escape(texts("reindex-nothing"))])
