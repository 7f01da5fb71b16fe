"""How much is done for one author, and in one group, in a minute; who must wait is told for how long, once."""

import asyncio
import contextlib
import math
from collections.abc import Callable, Hashable, Iterator

from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.conversation.replies.buttons import Verb
from bot.on_telegram.outgoing.hand_over import is_resumed
from bot.on_telegram.outgoing.messages import acknowledge, send
from bot.on_telegram.people.admins import Admins
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.people.rate_limit import RateLimit
from bot.on_telegram.updates.addressing import ByThisBot, is_chatter
from bot.on_telegram.updates.authors import author_of
from bot.on_telegram.updates.slots import Slots
from bot.telegram_html.markup import escape
from bot.texts import load_texts

_QUESTION = 5
"""What is sent costs as much as a question, be it a command, an edit or a file."""
_TRIFLE = 1
"""What is pressed, and what comes at every pause in typing, a fifth."""

_SPINS_S = 0.02
"""A button that is pressed too often spins a little longer, and leaves the processor to everybody else."""

_Limits = Iterator[tuple[RateLimit, Hashable, int]]


class Admission:
    """The limits of everything that the bot would answer or change a message for."""

    def __init__(
        self,
        *,
        per_minute: int,
        per_minute_in_group: int,
        admins: Admins,
        languages: Languages,
        is_resumed: Callable[[], bool] = is_resumed,
    ) -> None:
        """Questions, 0 for no limit. `is_resumed` tells whether what is at hand was left by an earlier process."""
        self._admins = admins
        self._languages = languages
        self._is_resumed = is_resumed
        in_group = _QUESTION * per_minute_in_group
        self._of_author = RateLimit(_QUESTION * per_minute)
        self._of_author_in_group = RateLimit(in_group and max(_QUESTION, in_group * 2 // 3))
        self._of_group = RateLimit(in_group)
        self._spinners = Slots()  # of buttons that nobody waits for: one ends after the other

    async def check(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Whoever asks for too much goes no further."""
        assert isinstance(update, Update)
        for limit, who, cost in self._limits(update):
            if (wait := limit.admit(who, cost)) is not None:
                await self._refuse(update, math.ceil(wait), tell=limit.to_tell(who))
                raise ApplicationHandlerStop

    def _limits(self, update: Update) -> _Limits:
        """What counts, against whom, at what cost: the author first, so that they use up nobody else's."""
        chat, author = update.effective_chat, author_of(update)
        if self._is_resumed() or not self._counts(update):  # what was left had been admitted
            return
        in_group = chat is not None and chat.type != ChatType.PRIVATE
        pressed = update.callback_query.data or "" if update.callback_query else ""
        asks = pressed.startswith(f"{Verb.TRY.head}:")
        is_sent = asks or update.message is not None or update.edited_message is not None
        yield self._of_author, author, _QUESTION if is_sent else _TRIFLE
        if chat and in_group:  # there Telegram's own budget is small, and every change of a message counts
            yield self._of_author_in_group, (chat.id, author), _QUESTION
            yield self._of_group, chat.id, _QUESTION if is_sent else _TRIFLE

    def _counts(self, update: Update) -> bool:
        message = update.message or update.edited_message
        if message is None:
            return update.callback_query is not None or update.inline_query is not None
        tells = message.is_automatic_forward or message.delete_chat_photo or message.migrate_to_chat_id
        if tells or message.migrate_from_chat_id or ByThisBot().filter(message) or is_chatter(update):
            return False
        return not (message.document and self._admins.wrote_privately(message))

    async def _refuse(self, update: Update, wait_s: int, *, tell: bool) -> None:
        """One sentence, once; a button's spinner ends each time, and a list of cards is empty."""
        message = update.message or update.edited_message
        said = None
        if tell:  # else nothing is looked up: a flood is to cost little
            texts = load_texts(await self._languages.of(update.effective_user))
            said = texts("rate-limited", seconds=wait_s)
        if update.callback_query:
            async with self._spinners:
                await asyncio.sleep(0 if said else _SPINS_S)
                await acknowledge(update.callback_query, said)
        elif update.inline_query:
            with contextlib.suppress(TelegramError):  # it is forgotten after some seconds
                await update.inline_query.answer([], cache_time=0, is_personal=True)
        elif message and said:
            await send(message, [escape(said)])
