"""Replies as messages: rendered in a worker thread, sent, and kept for their buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import Chat, InlineKeyboardMarkup, Message
from telegram.constants import ChatType

from bot.conversation.exchange import Exchange
from bot.conversation.exchange_values import Replied
from bot.conversation.replies.keyboard import Read, Share, keyboard
from bot.conversation.replies.view import View, with_links
from bot.on_telegram.outgoing.hand_over import done_at_hand
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import send
from bot.on_telegram.updates.turns import Turns
from bot.telegram_html.messages import render
from bot.telegram_html.pages import paged
from bot.texts import Texts, load_texts
from bot.web.links import ArticleLinks


@dataclass(frozen=True, slots=True)
class Rendered:
    """Messages in HTML, the buttons under the last, and the numbers of the results that they show."""

    messages: Sequence[str]
    buttons: InlineKeyboardMarkup | None
    numbers: range


@dataclass(frozen=True, kw_only=True)
class Sending:
    """Makes messages of replies; `links` lead to articles that have no address of their own."""

    exchange: Exchange
    turns: Turns
    share: Share
    links: ArticleLinks | None = None

    async def render(self, view: View, language: str, chat: Chat) -> Rendered:
        """The page of the view that its reply is at, with the buttons for that chat."""
        alone = chat.type == ChatType.PRIVATE
        return await self.turns.compute(lambda: self.rendered(view, load_texts(language), alone=alone))

    def rendered(self, view: View, texts: Texts, *, alone: bool = True) -> Rendered:
        """The same, in a worker thread."""
        if links := self.links:
            view = with_links(view, lambda excerpt: links.to(excerpt, texts.language))
        today = datetime.now(UTC).date()
        pages = paged(view, texts, today) or (view,)
        page = pages[min(view.reply.page, len(pages) - 1)]
        buttons = markup(keyboard(page, texts, self.share, self._reader(texts), alone=alone))
        numbers = range(page.first, page.first + len(page.results))
        return Rendered(render(page, texts, today), buttons, numbers)

    def _reader(self, texts: Texts) -> Read | None:
        """Articles as a Mini App: Telegram opens one from a secure address alone."""
        links = self.links
        if links is None or not links.base.startswith("https://"):
            return None
        return lambda excerpt: links.to_app(excerpt, texts.language)

    async def send(self, to: Message, replied: Replied) -> None:
        """Answers `to` with the reply and keeps it."""
        shown = await self.render(replied.view, replied.kept.language, to.chat)
        sent = await send(to, shown.messages, shown.buttons)
        await self.exchange.keep(replied, [message.message_id for message in sent], done_at_hand())
