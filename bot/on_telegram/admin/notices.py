"""Admins hear of errors: at once of the first, of those that follow some minutes later, all in one message."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from telegram import Bot
from telegram.error import TelegramError

from bot.conversation.replies.buttons import Keyboard
from bot.on_telegram.outgoing.hand_over import take_in_hand
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import send_to
from bot.on_telegram.people.admins import Admins
from bot.on_telegram.people.languages import Languages
from bot.processes.doubted import Doubted
from bot.processes.held import Held
from bot.state.admins import KnownAdmins
from bot.telegram_html.admin.doubts import doubt_buttons, doubt_text
from bot.telegram_html.admin.losses import loss_notice
from bot.telegram_html.admin.notices import Errors, notice_text
from bot.telegram_html.markup import escape
from bot.texts import Texts, load_texts
from retrieval.indexing.judging import Doubt
from retrieval.indexing.loss import Loss
from retrieval.serving import Serving

_TOGETHER_S = 1.0
"""An error seldom comes alone."""
_QUIET_S = 600.0
_LOOK_S = 5.0
"""How often it is looked whether a run elsewhere was held."""

_log = logging.getLogger(__name__)


def _no_buttons(_: Texts) -> Keyboard:
    return ()


@dataclass(frozen=True, kw_only=True)
class ToAdmins:
    """Writes to admins of the bot's own accord: to those who have opened it, each in their language."""

    bot: Bot
    admins: Admins
    known: KnownAdmins
    languages: Languages

    async def send(
        self,
        user_id: int,
        make: Callable[[Texts], Awaitable[str]],
        buttons: Callable[[Texts], Keyboard] = _no_buttons,
    ) -> None:
        """The message in HTML that `make` makes, and its buttons; what cannot be sent is no error."""
        known = self.known.all()
        if user_id not in known or user_id not in self.admins.ids:
            return
        texts = load_texts(await self.languages.of_id(user_id, known[user_id]))
        try:
            await send_to(self.bot, user_id, await make(texts), markup(buttons(texts)))
        except TelegramError as error:
            _log.info("An admin could not be told something: %s", error)

    async def tell_of_errors(self) -> None:
        """Runs until it is cancelled."""
        take_in_hand(None)
        loop, something = asyncio.get_running_loop(), asyncio.Event()
        errors = Errors(lambda: loop.call_soon_threadsafe(something.set))
        logging.getLogger().addHandler(errors)
        try:
            while True:
                await something.wait()
                await asyncio.sleep(_TOGETHER_S)
                something.clear()
                await self._tell(errors)
                await asyncio.sleep(_QUIET_S)
        finally:
            logging.getLogger().removeHandler(errors)

    async def tell_of_held_runs(self, held: Held) -> None:
        """Of runs elsewhere that wait for somebody's yes, once of each; runs until it is cancelled."""
        take_in_hand(None)
        told: Loss | None = None
        while True:
            loss = await asyncio.to_thread(held.read)
            if loss is not None and loss != told:
                await self._tell_all(partial(_of_loss, loss))
            told = loss
            await asyncio.sleep(_LOOK_S)

    async def tell_of_doubts(self, doubted: Doubted, serving: Serving) -> None:
        """Of indexes made elsewhere that are not trusted, once of each; runs until it is cancelled."""
        take_in_hand(None)
        told: Doubt | None = None
        while True:
            doubt = await asyncio.to_thread(doubted.read)
            if doubt is not None and doubt != told and doubt.generation != serving.generation:
                make = partial(_of_doubt, doubt)
                await self._tell_all(make, partial(doubt_buttons, doubt))
            told = doubt
            await asyncio.sleep(_LOOK_S)

    async def _tell(self, errors: Errors) -> None:
        if kinds := errors.take():
            await self._tell_all(lambda texts: notice_text(kinds, texts))

    async def _tell_all(
        self, make: Callable[[Texts], str], buttons: Callable[[Texts], Keyboard] = _no_buttons
    ) -> None:
        async def notice(texts: Texts) -> str:
            return make(texts)

        for user_id in sorted(self.admins.ids):
            await self.send(user_id, notice, buttons)


def _of_doubt(doubt: Doubt, texts: Texts) -> str:
    return escape(doubt_text(doubt, texts))


def _of_loss(loss: Loss, texts: Texts) -> str:
    return escape(loss_notice(loss, texts))
