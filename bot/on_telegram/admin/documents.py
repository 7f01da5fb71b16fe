"""Documents of the collection in an admin's chat: files and links that are sent, the list, one article, its end."""

import asyncio
import base64
import io
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final, TypeVar

from telegram import Bot, Document, Message
from telegram.error import TelegramError

from bot.bootstrap import Services
from bot.conversation.buttons import Keyboard
from bot.on_telegram.admin.reindexing import UPLOADS, ChatReindex, is_resumed
from bot.on_telegram.outgoing.delivery import edit, message_at, send
from bot.on_telegram.outgoing.hand_over import at_hand, take_in_hand
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.updates.turns import Turns
from bot.processes.unfinished import Begun, Unfinished
from bot.processes.uploads import Stopped, UploadsProcess
from bot.telegram_html.admin.buttons import AdminPress, page_of
from bot.telegram_html.admin.documents import (
    KEY_SIGN,
    PAGE,
    article_text,
    is_cut,
    list_page,
    preview_buttons,
    preview_text,
    remove_question,
)
from bot.telegram_html.markup import escape
from bot.texts import Texts, load_texts
from retrieval.article import Article
from retrieval.errors import NotStaged, SourceError
from retrieval.text.passages import split
from retrieval.uploads.staging import Staged

MOST_BYTES: Final = 20 * 2**20
"""What Telegram lets a bot download."""
_BEGUN_KNOWN = 100
_MOST_TRIES = 3
"""What ends the process so often is not tried once more."""

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Documents:
    """Each method answers one message or press of an admin. They raise IndexUnusable where the index is needed."""

    def __init__(
        self, services: Services, turns: Turns, reindex: ChatReindex, unfinished: Unfinished
    ) -> None:
        self._services = services
        self._turns = turns
        self._reindex = reindex
        self._changing = asyncio.Lock()
        self._reading = asyncio.Lock()
        self._unfinished = unfinished
        # What was pressed once is not done twice, be it an earlier process that was asked first.
        self._begun = deque((each.place for each in unfinished.all()), maxlen=_BEGUN_KNOWN)
        self._uploads = UploadsProcess(services.settings)

    async def sent(self, message: Message, document: Document, texts: Texts) -> None:
        """A file: kept aside and shown, to be added or not."""
        name = document.file_name or "document"
        if (document.file_size or 0) > MOST_BYTES:
            await send(message, [escape(texts("document-large", name=name, limit=MOST_BYTES // 2**20))])
            return

        async def stage() -> Staged:
            file = await document.get_file()
            content = bytes(await file.download_as_bytearray())
            return await asyncio.to_thread(self._uploads.stage, name, content)

        try:
            await self._stage(message, texts, name, stage)
        except TelegramError as error:
            _log.info("A document could not be had: %s", error)
            await send(message, [escape(texts("document-unavailable", name=name))])

    async def linked(self, message: Message, url: str, texts: Texts) -> None:
        """The page at an address, in the same way."""

        async def stage() -> Staged:
            return await asyncio.to_thread(self._uploads.stage_link, url)

        await self._stage(message, texts, url, stage)

    async def list(self, message: Message, texts: Texts) -> None:
        """/sources"""
        html, keyboard = await self._turns.compute(lambda: self._page(0, texts))
        await send(message, [html], markup(keyboard))

    async def show(self, message: Message, article_id: str, texts: Texts) -> None:
        """/show ID: what is known, the text, and the whole of it as a file where it is long."""
        article = await self._found(message, article_id, texts)
        if article is None:
            return
        passages = await self._turns.compute(lambda: len(split(article)))
        await send(message, [article_text(article, passages, texts)])
        if is_cut(article):
            whole = io.BytesIO(article.text.encode("utf-8", "replace"))
            await message.reply_document(whole, filename="article.txt")

    async def remove(self, message: Message, article_id: str, texts: Texts) -> None:
        """/remove ID asks first."""
        if article := await self._found(message, article_id, texts):
            html, keyboard = remove_question(article, texts)
            await send(message, [html], markup(keyboard))

    async def pressed(self, press: AdminPress, on: Message, texts: Texts) -> None:
        """A button under `on`, one of these messages."""
        if press.verb == "sources":
            html, keyboard = await self._turns.compute(lambda: self._page(page_of(press), texts))
            await edit(on, html, markup(keyboard))
        elif press.verb == "add":
            await self._add(press.argument, on, texts)
        elif press.verb == "discard":
            await self._changed(lambda: self._services.uploads.discard(press.argument))
            await edit(on, escape(texts("document-discarded")))
        elif press.verb == "remove":
            await self._remove(press.argument, on, texts)
        elif press.verb == "keep":
            await edit(on, escape(texts("remove-kept")))

    async def _stage(
        self, message: Message, texts: Texts, name: str, stage: Callable[[], Awaitable[Staged]]
    ) -> None:
        """One at a time: a document may be large. It waits for a process, so that no worker is kept from answers."""
        with self._turns.shows_typing(message):
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

    def stop(self) -> None:
        """The bot is to end: what is being read is not waited for."""
        self._uploads.stop()

    async def resume(self, bot: Bot) -> None:
        """Does what an earlier process has begun and could not end. To be begun before the first press is handled."""
        take_in_hand(None)
        async with self._changing:  # nobody adds or removes anything meanwhile
            added = await self._recover()
        begun = self._unfinished.all()
        for each in begun:
            try:
                await self._resume(each, message_at(each.chat_id, each.message_id, bot))
            except TelegramError as error:
                _log.error("What was left unfinished could not be shown: %s", error)
            except Exception:  # one of them never costs the others
                _log.exception("What was left unfinished could not be taken up")
        if added and not any(is_resumed(each.options) for each in begun):
            self._reindex.take_in_silently()

    async def _recover(self) -> bool:
        uploads = self._services.uploads
        self._unfinished.sweep()
        try:
            return await asyncio.to_thread(self._uploads.recover if uploads.begun else uploads.recover)
        except Stopped:
            raise asyncio.CancelledError from None
        except (OSError, SourceError) as error:
            _log.error("What an earlier run has begun to add could not be finished: %s", error)
            return False

    async def _resume(self, begun: Begun, on: Message) -> None:
        texts = load_texts(begun.language)
        if begun.change == "" and not is_resumed(begun.options):
            await self._give_up(begun, on, texts("reindex-cut-off"))
        elif begun.tries >= _MOST_TRIES:
            await self._give_up(begun, on, texts("change-given-up", count=begun.tries))
        else:
            begun = replace(begun, tries=begun.tries + 1)
            self._unfinished.note(begun)
            await self._change(begun, on, texts, resumed=True)

    async def _give_up(self, begun: Begun, on: Message, why: str) -> None:
        self._unfinished.done(begun)
        await edit(on, escape(why))

    async def _add(self, token: str, on: Message, texts: Texts) -> None:
        if (on.chat_id, on.message_id) in self._begun:
            return  # pressed twice
        begun = Begun(
            chat_id=on.chat_id,
            message_id=on.message_id,
            language=texts.language,
            options=UPLOADS,
            change="add",
            argument=token,
        )
        await self._begin(begun, on, texts)

    async def _remove(self, key: str, on: Message, texts: Texts) -> None:
        if (on.chat_id, on.message_id) in self._begun:
            return
        article = await self._turns.compute(lambda: self._with_key(key))
        if article is None:
            reply = at_hand()
            if not (reply and reply.resumed):  # else an earlier process has taken it out and said so
                await edit(on, escape(texts("remove-gone")))
            return
        begun = Begun(
            chat_id=on.chat_id,
            message_id=on.message_id,
            language=texts.language,
            options=UPLOADS,
            change="remove",
            argument=article.id,
        )
        await self._begin(begun, on, texts)

    async def _begin(self, begun: Begun, on: Message, texts: Texts) -> None:
        self._begun.append(begun.place)
        self._unfinished.note(begun)
        reply = at_hand()
        # An earlier process may have done it and no more than that.
        await self._change(begun, on, texts, resumed=bool(reply and reply.resumed))

    async def _change(self, begun: Begun, on: Message, texts: Texts, *, resumed: bool) -> None:
        try:
            if begun.change == "add":
                await self._changed(lambda: self._uploads.add(begun.argument))
            elif begun.change == "remove":
                await self._changed(lambda: self._uploads.remove(begun.argument))
        except NotStaged:
            if not resumed:
                self._begun.remove(begun.place)
                await self._give_up(begun, on, texts("document-gone"))
                return
        except (OSError, SourceError) as error:
            failed = "remove-failed" if begun.change == "remove" else "reindex-failed"
            await self._give_up(begun, on, texts(failed, reason=str(error)))
            return
        await self._reindex.take_in(on, texts, begun)

    async def _changed(self, change: Callable[[], Result]) -> Result:
        """What admins do to the uploads happens one after another. It waits for a process, as `_stage` does."""
        async with self._changing:
            try:
                return await asyncio.to_thread(change)
            except Stopped:  # the next process takes it up
                raise asyncio.CancelledError from None

    async def _found(self, message: Message, article_id: str, texts: Texts) -> Article | None:
        """The article, or None after saying that there is none."""
        if not article_id:
            await send(message, [escape(texts("article-usage"))])
            return None
        retriever = await self._turns.compute(self._services.serving.retriever)
        article = await self._turns.compute(lambda: retriever.article(article_id))
        if article is None and article_id.startswith(KEY_SIGN):
            article = await self._turns.compute(lambda: self._with_key(article_id.removeprefix(KEY_SIGN)))
        if article is None:
            await send(message, [escape(texts("article-unknown", id=article_id[:100]))])
        return article

    def _page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        articles = self._services.serving.retriever().generation.articles
        last = max(0, -(-articles.articles // PAGE) - 1)
        page = min(page, last)
        listed = articles.listed(page * PAGE, PAGE)
        return list_page(listed, articles.sources() if page == 0 else {}, page, articles.articles, texts)

    def _with_key(self, key: str) -> Article | None:
        try:
            wanted = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
        except ValueError:
            return None
        return self._services.serving.retriever().generation.articles.by_key(wanted)
