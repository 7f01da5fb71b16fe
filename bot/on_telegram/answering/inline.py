"""Inline mode: `@bot question` in any chat offers cited excerpts, and the one that is chosen is posted there."""

import asyncio
import logging
from datetime import UTC, datetime
from itertools import count
from typing import Final

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.conversation.answering import find, first_shown
from bot.conversation.replies.buttons import Button
from bot.conversation.replies.sharing import opening_link, payload_of
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.updates.turns import Turns
from bot.printable import harmless
from bot.telegram_html.cards import Card, cards
from bot.texts import Texts, load_texts
from retrieval.article import Excerpt
from retrieval.errors import IndexUnusable
from retrieval.recent import Remembered
from retrieval.serving import Serving

_PAGE: Final = 10
_SHORTEST = 2
_PATIENCE_S = 8.0
"""Telegram forgets a query after some ten seconds."""
_REMEMBERED_S = 30
"""How long Telegram may give the same answer by itself: a new index shows soon after."""
_MOST_PEOPLE = 10_000
_NOT_KEPT = ""
"""The id of no answer: a card has no buttons that press."""

_log = logging.getLogger(__name__)


class Inline:
    """Only the latest query of a person is worth an answer: whoever types on has left the others behind."""

    def __init__(self, *, serving: Serving, turns: Turns, languages: Languages) -> None:
        self._serving = serving
        self._turns = turns
        self._languages = languages
        self._latest: Remembered[int, int] = Remembered(_MOST_PEOPLE)
        self._numbers = count()

    async def answer(self, query: InlineQuery) -> None:
        """Offers cards; for a question without an answer the way to the bot, for a letter nothing."""
        number = next(self._numbers)  # before the first await: in the order of arrival
        self._latest.keep({query.from_user.id: number})
        texts = load_texts(await self._languages.of(query.from_user))
        try:
            await self._answer(number, query, texts)
        except TelegramError as error:
            _log.info("An inline query was not answered: %s", error)

    async def _answer(self, number: int, query: InlineQuery, texts: Texts) -> None:
        written = query.query.strip()
        if len(written) < _SHORTEST:
            await self._offer(query, [], texts, cache_s=0)
            return
        try:
            async with asyncio.timeout(_PATIENCE_S), self._turns.work():
                who = query.from_user.id
                if self._latest.known([who]).get(who, number) > number:
                    return
                offered = await self._turns.compute(lambda: self._cards(written, texts))
        except (TimeoutError, IndexUnusable) as error:
            _log.warning("An inline query had no answer in time: %s", error or "it took too long")
            await self._offer(query, [], texts, cache_s=0)
            return
        await self._offer(query, offered, texts, cache_s=_REMEMBERED_S)

    def _cards(self, written: str, texts: Texts) -> list[tuple[Card, Excerpt]]:
        """For a worker thread. Raises IndexUnusable."""
        retriever = self._serving.retriever()
        _, view = first_shown(find(retriever, written), _NOT_KEPT, retriever, whole=True)
        if view.reply.kind != "answer":
            return []
        made = cards(view, texts, datetime.now(UTC).date())
        return [(card, each.cited) for card, each in zip(made, view.results, strict=True) if card]

    async def _offer(
        self, query: InlineQuery, offered: list[tuple[Card, Excerpt]], texts: Texts, *, cache_s: int
    ) -> None:
        """A page of cards; where a question has none, a line that opens the bot."""
        first = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
        name = query.get_bot().username
        page = [
            _result(n, card, excerpt, name, texts)
            for n, (card, excerpt) in enumerate(offered[first : first + _PAGE], first)
        ]
        way = InlineQueryResultsButton(texts("inline-none"), start_parameter="inline")
        await query.answer(
            page,
            cache_time=cache_s,
            is_personal=True,
            next_offset=str(first + _PAGE) if first + _PAGE < len(offered) else "",
            button=way if not offered and len(query.query.strip()) >= _SHORTEST else None,
        )


def _result(
    number: int, card: Card, excerpt: Excerpt, bot_name: str, texts: Texts
) -> InlineQueryResultArticle:
    payload = payload_of(excerpt)
    url = opening_link(bot_name, payload) if payload else ""
    return InlineQueryResultArticle(
        id=f"{number}-{payload or ''}"[:64],
        title=harmless(card.title),
        description=harmless(card.description),
        input_message_content=InputTextMessageContent(
            card.html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=markup(((Button(texts("button-open"), url=url),),)) if url else None,
    )
