"""Documents of the collection in an admin's chat: files and links that are sent, the list, one article."""

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from telegram import Document, Message
from telegram.error import TelegramError

from bot.conversation.replies.buttons import Keyboard, Verb
from bot.conversation.replies.wording import one_line
from bot.on_telegram.admin.articles import Articles
from bot.on_telegram.admin.changes import Changes
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import edit, send
from bot.on_telegram.people.admins import admin_of
from bot.on_telegram.requests import AdminPress, Request
from bot.on_telegram.updates.turns import Turns
from bot.problems import refusal
from bot.processes.uploads import Stopped, UploadsProcess
from bot.state.wanted import WantedAnswers
from bot.telegram_html.admin.article_lists import choices
from bot.telegram_html.admin.documents import (
    article_text,
    is_cut,
    preview_buttons,
    preview_text,
    remove_question,
)
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.article import Article
from retrieval.errors import SourceError
from retrieval.text.passages import split
from retrieval.uploads.staged import Staged

MOST_BYTES: Final = 20 * 2**20
"""What Telegram lets a bot download."""
_LONGEST_NAMED: Final = 100

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Documents:
    """Each method answers one message or press of an admin. They raise IndexUnusable where the index is needed."""

    articles: Articles
    changes: Changes
    reader: UploadsProcess
    turns: Turns
    wanted: WantedAnswers
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def sent(self, message: Message, document: Document, texts: Texts) -> None:
        """A file: kept aside and shown, to be added or not."""
        name = document.file_name or "document"
        if (document.file_size or 0) > MOST_BYTES:
            await send(message, [escape(texts("document-large", name=name, limit=MOST_BYTES // 2**20))])
            return

        async def stage() -> Staged:
            file = await document.get_file()
            content = bytes(await file.download_as_bytearray())
            return await asyncio.to_thread(self.reader.stage, name, content)

        try:
            await self._stage(message, texts, name, stage)
        except TelegramError as error:
            _log.info("A document could not be had: %s", error)
            await send(message, [escape(texts("document-unavailable", name=name))])

    async def linked(self, message: Message, url: str, texts: Texts) -> None:
        """The page at an address, in the same way."""

        async def stage() -> Staged:
            return await asyncio.to_thread(self.reader.stage_link, url)

        await self._stage(message, texts, url, stage)

    async def list(self, request: Request) -> None:
        """/sources"""
        html, keyboard = await self._page(0, request.texts)
        await send(request.message, [html], markup(keyboard))

    async def show(self, request: Request) -> None:
        """/show ID: what is known, the text, and the whole of it as a file where it is long."""
        if not request.said:
            await send(request.message, [escape(request.texts("article-usage"))])
        elif article := await self._named(request, Verb.SHOW):
            await self._show(request.message, article, request.texts)

    async def remove(self, request: Request) -> None:
        """/remove ID asks first; without an id it lists what was taken out."""
        message, texts = request.message, request.texts
        if not request.said:
            html, keyboard = await self.changes.removed_page(0, texts)
            await send(message, [html], markup(keyboard))
        elif article := await self._named(request, Verb.TAKE_OUT):
            await self._ask(message, article, texts)

    async def chosen(self, pressed: AdminPress) -> None:
        """A button that shows an article, or asks whether to take it out."""
        article = await self.turns.compute(lambda: self.articles.with_key(pressed.press.argument))
        if article is None:
            await send(pressed.on, [escape(pressed.texts("remove-gone"))])
        elif pressed.press.verb is Verb.SHOW:
            await self._show(pressed.on, article, pressed.texts)
        else:
            await self._ask(pressed.on, article, pressed.texts)

    async def page(self, pressed: AdminPress) -> None:
        """Another page of /sources."""
        html, keyboard = await self._page(pressed.press.page, pressed.texts)
        await edit(pressed.on, html, markup(keyboard))

    async def kept(self, pressed: AdminPress) -> None:
        """The article stays."""
        await edit(pressed.on, escape(pressed.texts("remove-kept")))

    async def _stage(
        self, message: Message, texts: Texts, name: str, stage: Callable[[], Awaitable[Staged]]
    ) -> None:
        """One at a time: a document may be large. It waits for a process, so that no worker is kept from answers."""
        with self.turns.shows_typing(message):
            try:
                async with self._reading:
                    staged = await stage()
            except Stopped:  # the next process takes it up
                raise asyncio.CancelledError from None
            except SourceError as error:
                await send(message, [escape(refusal(name, error, texts))])
                return
        by = admin_of(message.from_user)
        if question := await self.wanted.take(by.user_id):
            (shown,) = await send(message, [preview_text(staged, texts, question)])
            await self.changes.add_for(shown, staged.token, texts, by, question)
        else:
            await send(message, [preview_text(staged, texts)], markup(preview_buttons(staged, texts)))

    async def _show(self, to: Message, article: Article, texts: Texts) -> None:
        passages = await self.turns.compute(lambda: len(split(article)))
        await send(to, [article_text(article, passages, texts)])
        if is_cut(article):
            whole = io.BytesIO(article.text.encode("utf-8", "replace"))
            await to.reply_document(whole, filename="article.txt")

    async def _ask(self, to: Message, article: Article, texts: Texts) -> None:
        html, keyboard = remove_question(article, texts)
        await send(to, [html], markup(keyboard))

    async def _named(self, request: Request, verb: Literal[Verb.SHOW, Verb.TAKE_OUT]) -> Article | None:
        """The article that the command names, be it by a part of its id or title; None after saying that there is none,
        or offering those that there are."""
        message, texts, named = request.message, request.texts, request.said
        if article := await self.turns.compute(lambda: self.articles.named(named)):
            return article
        found, more = await self.turns.compute(lambda: self.articles.like(named))
        if len(found) == 1:
            return await self.turns.compute(lambda: self.articles.named(found[0].id))
        html, keyboard = (
            choices(found, more, verb, texts)
            if found
            else (escape(texts("article-unknown", id=one_line(named, _LONGEST_NAMED))), ())
        )
        await send(message, [html], markup(keyboard))
        return None

    async def _page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        return await self.turns.compute(lambda: self.articles.page(page, texts))
