"""/articles: which articles there are, and each of them to read, in one message that its buttons change."""

import logging
from dataclasses import dataclass

from telegram import CallbackQuery, Message
from telegram.error import BadRequest

from bot.conversation.about import gather
from bot.conversation.reading import article_list, article_page
from bot.conversation.replies.buttons import Keyboard, Press, Verb, decode
from bot.on_telegram.admin.articles import Articles
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import acknowledge, edit_at, send
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.requests import Request
from bot.on_telegram.updates.turns import Turns
from bot.telegram_html.articles import PAGE, render_list, render_page
from bot.telegram_html.markup import escape
from bot.texts import Texts, load_texts
from retrieval.errors import IndexUnusable

_KEY = 11
"""Characters of an article's key in the data of a button."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ArticleLists:
    """`switched_on`: whether everybody may see the list."""

    articles: Articles
    model: str
    turns: Turns
    languages: Languages
    switched_on: bool

    async def list(self, request: Request) -> None:
        """/articles"""
        try:
            await self.show(request.message, request.texts)
        except IndexUnusable:
            await send(request.message, [escape(request.texts(request.not_ready))])

    async def show(self, to: Message, texts: Texts) -> None:
        """The first page in answer to a message, one sentence where the list is switched off.

        Raises IndexUnusable.
        """
        if not self.switched_on:
            await send(to, [escape(texts("articles-off"))])
            return
        html, keyboard = await self.turns.compute(lambda: self._page(0, texts))
        await send(to, [html], markup(keyboard))

    async def pressed(self, query: CallbackQuery) -> None:
        """Another page of the list, or a page of an article, in the place of what the message shows."""
        texts = load_texts(await self.languages.of(query.from_user))
        press, message = decode(query.data or ""), query.message
        if press is None or message is None or not self.switched_on:
            await acknowledge(
                query, texts("button-stale" if self.switched_on else "articles-off"), alert=True
            )
            return
        try:
            shown = await self.turns.compute(lambda: self._shown(press, texts))
        except IndexUnusable as error:
            _log.warning("A button was pressed while no index serves: %s", error)
            await acknowledge(query, texts("not-ready"))
            return
        if shown is None:
            await acknowledge(query, texts("articles-gone"), alert=True)
            return
        html, keyboard = shown
        try:
            await edit_at(query.get_bot(), message.chat.id, message.message_id, html, markup(keyboard))
        except BadRequest as error:
            _log.info("A page of articles was not shown: %s", error)
        await acknowledge(query)

    def _shown(self, press: Press, texts: Texts) -> tuple[str, Keyboard] | None:
        """For a worker thread; None where the article is not there any more."""
        if press.verb is Verb.ARTICLES:
            return self._page(press.page, texts)
        page, _, list_page = press.argument[_KEY:].partition("-")
        article = self.articles.with_key(press.argument[:_KEY])
        return render_page(article_page(article, int(page)), int(list_page), texts) if article else None

    def _page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        """For a worker thread."""
        serving = self.articles.serving
        catalogue = serving.retriever().generation.articles
        return render_list(gather(serving, self.model), article_list(catalogue, page, PAGE), texts)
