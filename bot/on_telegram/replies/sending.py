"""Replies as messages: rendered in a worker thread, sent or edited in place, and kept for their buttons."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from telegram import InlineKeyboardMarkup, Message

from bot.bootstrap import Services
from bot.conversation.buttons import Share, keyboard
from bot.conversation.reply import Reply
from bot.on_telegram.outgoing.delivery import send
from bot.on_telegram.outgoing.hand_over import done_at_hand
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.updates.turns import Turns
from bot.state.answers import Kept, new_id
from bot.state.db.errors import StateError
from bot.state.state import State
from bot.telegram_html.messages import render
from bot.telegram_html.pages import paged
from bot.texts import Texts, load_texts

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Messages in HTML, the buttons under the last, and the numbers of the results that they show."""

    messages: Sequence[str]
    buttons: InlineKeyboardMarkup | None
    numbers: range


class Shown:
    """Makes messages of replies."""

    def __init__(self, services: Services, turns: Turns, state: State, share: Share) -> None:
        self._services = services
        self._share = share
        self._turns = turns
        self._state = state

    async def render(self, answer_id: str, reply: Reply, texts: Texts) -> Rendered | None:
        """What shows `reply` now; None when nothing of it stands in the index any more. Raises IndexUnusable."""
        return await self._turns.compute(lambda: self.rendered(answer_id, reply, texts))

    def rendered(self, answer_id: str, reply: Reply, texts: Texts) -> Rendered | None:
        """The same, in a worker thread."""
        whole = reply.view(answer_id, self._services.serving.retriever())
        if whole is None:
            return None
        today = datetime.now(UTC).date()
        pages = paged(whole, texts, today) or (whole,)
        view = pages[min(reply.page, len(pages) - 1)]
        numbers = range(view.first, view.first + len(view.results))
        buttons = markup(keyboard(view, texts, self._share))
        return Rendered(render(view, texts, today), buttons, numbers)

    async def send(
        self, to: Message, kept: Kept, reply: Reply, *noting: Callable[[], Awaitable[None]]
    ) -> None:
        """Answers `to` with the reply and keeps it, in one transaction with what `noting` writes."""
        answer_id = new_id()
        texts = load_texts(kept.language)
        shown = await self.render(answer_id, reply, texts)
        assert shown is not None  # it was found in the index a moment ago
        sent = await send(to, shown.messages, shown.buttons)
        kept = replace(kept, replied_in=tuple(m.message_id for m in sent), options=reply.options())
        try:
            await asyncio.gather(
                self._state.answers.keep(kept, answer_id), done_at_hand(), *(note() for note in noting)
            )
        except StateError as error:
            _log.error("A reply could not be kept, its buttons will do nothing: %s", error)
