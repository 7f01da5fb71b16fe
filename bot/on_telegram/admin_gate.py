"""Who may do what. Who asks is looked at here, in one place, at every command and every press."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.conversation.replies.buttons import decode
from bot.on_telegram.commands import ADMIN_BUTTONS, Command, Tools, Where, Who
from bot.on_telegram.outgoing.hand_over import is_resumed
from bot.on_telegram.outgoing.messages import acknowledge, send
from bot.on_telegram.people.admins import Admins, admin_of
from bot.on_telegram.requests import AdminPress, Request, Requests
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.errors import IndexUnusable

_BUTTONS = {button.verb: button for button in ADMIN_BUTTONS}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Runs the commands and the admins' buttons of the tables, where whoever asks may."""

    admins: Admins
    requests: Requests
    tools: Tools

    async def command(self, command: Command, request: Request) -> None:
        """A command of the table."""
        message, texts, handle = request.message, request.texts, command.handler(self.tools)
        if command.who is Who.EVERYBODY:
            await handle(request)
        elif not request.by_admin:
            await send(message, [escape(texts("admin-only"))])
        elif not _may_stand_in(message, command.where):
            await send(message, [escape(texts("admin-private"))])
        else:
            await _or_not_ready(message, texts, handle(request))

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button under an admin's message: its data may be forged, so that who presses it is what counts."""
        query = update.callback_query
        assert query is not None
        texts, on = await self.requests.texts(update), query.message
        press = decode(query.data or "")
        button = _BUTTONS.get(press.verb) if press else None
        if not self.admins.sent(update):
            await acknowledge(query, texts("admin-only"), alert=True)
        elif press is None or button is None or not isinstance(on, Message) or not on.is_accessible:
            await acknowledge(query, texts("button-expired"), alert=True)
        elif not _may_stand_in(on, button.where):
            await acknowledge(query, texts("admin-private"), alert=True)
        else:
            await acknowledge(query)
            by = admin_of(query.from_user)
            pressed = AdminPress(press=press, on=on, texts=texts, resumed=is_resumed(), by=by)
            await _or_not_ready(on, texts, button.handler(self.tools)(pressed))


def _may_stand_in(message: Message, where: Where) -> bool:
    return where is Where.ANYWHERE or message.chat.type == ChatType.PRIVATE


async def _or_not_ready(message: Message, texts: Texts, work: Awaitable[None]) -> None:
    try:
        await work
    except IndexUnusable as error:
        _log.warning("An admin's command came while no index serves: %s", error)
        await send(message, [escape(texts("not-ready-admin"))])
