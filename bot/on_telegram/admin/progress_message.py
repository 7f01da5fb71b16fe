"""One message that shows how long work stands, and in the end what came of it."""

import asyncio
import logging

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from bot.on_telegram.outgoing.messages import edit, send
from bot.processes.unfinished import Begun
from bot.state.admin_log import Admin
from bot.telegram_html.markup import escape
from bot.texts import Texts

_INTERVAL_S = 2.0
_GROUP_INTERVAL_S = 10.0
"""An edit takes from a group's budget of 20 messages a minute, which answers need too."""
_TRIES = 4
"""How often the report is tried where Telegram cannot be reached."""

_log = logging.getLogger(__name__)


class Board:
    """Plain texts, each in the place of the one before."""

    def __init__(
        self,
        request: Message,
        texts: Texts,
        by: Admin,
        shown: Message | None = None,
        begun: Begun | None = None,
    ) -> None:
        """`texts` are in the language of its reader, `by`; `shown` is a message of ours that becomes the board; None: a
        new one does. `begun` is how its work is noted."""
        self.by = by
        self.begun = begun
        self.texts = texts
        self._request = request
        self._shown = shown
        self._text = ""
        self.interval_s = _INTERVAL_S if request.chat.type == ChatType.PRIVATE else _GROUP_INTERVAL_S

    @property
    def message(self) -> Message:
        """The one that it stands in, or is to follow."""
        return self._shown or self._request

    @property
    def place(self) -> tuple[int, int] | None:
        """Chat and number of the message, once there is one."""
        return (self._shown.chat_id, self._shown.message_id) if self._shown else None

    async def show(self, text: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Shows `text` where Telegram lets it; the work goes on in any case."""
        if text in ("", self._text):
            return
        try:
            await self._put(text, buttons)
        except TelegramError as error:
            _log.info("The progress of reindexing was not shown: %s", error)

    async def finish(self, text: str, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Shows `text`, in a new message when the old one is gone."""
        for tries_left in reversed(range(_TRIES)):
            try:
                await self._put(text, buttons)
                return
            except BadRequest:
                self._shown = None  # gone: a new message takes its place
            except TelegramError:
                # An edit, unlike a new message, may safely be repeated.
                if self._shown is None or not tries_left:
                    raise
                await asyncio.sleep(_INTERVAL_S)
        await self._put(text, buttons)

    async def _put(self, text: str, buttons: InlineKeyboardMarkup | None) -> None:
        if self._shown is None:
            self._shown = (await send(self._request, [escape(text)], buttons))[-1]
        else:
            await edit(self._shown, escape(text), buttons)
        self._text = text
