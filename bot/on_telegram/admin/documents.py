"""Documents of the collection in an admin's chat: files and links that are sent, the list, one article."""

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from telegram import Document, Message
from telegram.error import TelegramError

from bot.conversation.replies.buttons import Keyboard
from bot.on_telegram.admin.articles import Articles
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import edit, send
from bot.on_telegram.requests import AdminPress, Request
from bot.on_telegram.updates.turns import Turns
from bot.processes.uploads import Stopped, UploadsProcess
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
from retrieval.uploads.uploads import Staged

MOST_BYTES: Final = 20 * 2**20
"""What Telegram lets a bot download."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Documents:
    """Each method answers one message or press of an admin. They raise IndexUnusable where the index is needed."""

    articles: Articles
    reader: UploadsProcess
    turns: Turns
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
        article = await self._named(request)
        if article is None:
            return
        passages = await self.turns.compute(lambda: len(split(article)))
        await send(request.message, [article_text(article, passages, request.texts)])
        if is_cut(article):
            whole = io.BytesIO(article.text.encode("utf-8", "replace"))
            await request.message.reply_document(whole, filename="article.txt")

    async def remove(self, request: Request) -> None:
        """/remove ID asks first."""
        if article := await self._named(request):
            html, keyboard = remove_question(article, request.texts)
            await send(request.message, [html], markup(keyboard))

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
                why = error.reason.rstrip(".")
                await send(message, [escape(texts("document-refused", name=name, reason=why))])
                return
        await send(message, [preview_text(staged, texts)], markup(preview_buttons(staged, texts)))

    async def _named(self, request: Request) -> Article | None:
        """The article that the command names, or None after saying that there is none."""
        message, texts, named = request.message, request.texts, request.said
        if not named:
            await send(message, [escape(texts("article-usage"))])
            return None
        article = await self.turns.compute(lambda: self.articles.named(named))
        if article is None:
            await send(message, [escape(texts("article-unknown", id=named[:100]))])
        return article

    async def _page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        return await self.turns.compute(lambda: self.articles.page(page, texts))
