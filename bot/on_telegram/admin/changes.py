"""What admins do to the collection by a press: a document is added or thrown away, an article taken out. What is begun
is noted, and done by the next process where this one cannot."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, TypeVar

from telegram import Bot, Message
from telegram.error import TelegramError

from bot.on_telegram.admin.articles import Articles
from bot.on_telegram.admin.reindexing import UPLOADS, ChatReindex, is_taken_up
from bot.on_telegram.outgoing.hand_over import take_in_hand
from bot.on_telegram.outgoing.messages import edit, message_at
from bot.on_telegram.requests import AdminPress
from bot.on_telegram.updates.turns import Turns
from bot.processes.unfinished import Begun, Unfinished
from bot.processes.uploads import Stopped, UploadsProcess
from bot.telegram_html.markup import escape
from bot.texts import Texts, load_texts
from retrieval.errors import NotStaged, SourceError
from retrieval.uploads.uploads import Uploads

_BEGUN_KNOWN = 100
_MOST_TRIES = 3
"""What ends the process so often is not tried once more."""

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Changes:
    """They happen one after another. Raises IndexUnusable where the index is needed."""

    def __init__(
        self,
        *,
        articles: Articles,
        uploads: Uploads,
        reader: UploadsProcess,
        turns: Turns,
        reindex: ChatReindex,
        unfinished: Unfinished,
    ) -> None:
        """`reader` does what reads documents, in a process of its own, `uploads` the rest."""
        self._articles = articles
        self._uploads = uploads
        self._reader = reader
        self._turns = turns
        self._reindex = reindex
        self._unfinished = unfinished
        self._changing = asyncio.Lock()
        # What was pressed once is not done twice, be it an earlier process that was asked first.
        self._begun = deque((each.place for each in unfinished.all()), maxlen=_BEGUN_KNOWN)

    async def add(self, pressed: AdminPress) -> None:
        """Takes up the document that was shown."""
        if not self._is_begun(pressed.on):
            await self._begin(pressed, "add", pressed.press.argument)

    async def discard(self, pressed: AdminPress) -> None:
        """Throws it away."""
        await self._changed(lambda: self._uploads.discard(pressed.press.argument))
        await edit(pressed.on, escape(pressed.texts("document-discarded")))

    async def remove(self, pressed: AdminPress) -> None:
        """Takes out the article that was asked about."""
        if self._is_begun(pressed.on):
            return
        article = await self._turns.compute(lambda: self._articles.with_key(pressed.press.argument))
        if article is not None:
            await self._begin(pressed, "remove", article.id)
        elif not pressed.resumed:  # else an earlier process has taken it out and said so
            await edit(pressed.on, escape(pressed.texts("remove-gone")))

    def stop(self) -> None:
        """The bot is to end: what is being read is not waited for."""
        self._reader.stop()

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
        if added and not any(is_taken_up(each.options) for each in begun):
            self._reindex.take_in_silently()

    async def _recover(self) -> bool:
        self._unfinished.sweep()
        try:
            return await asyncio.to_thread(
                self._reader.recover if self._uploads.begun else self._uploads.recover
            )
        except Stopped:
            raise asyncio.CancelledError from None
        except (OSError, SourceError) as error:
            _log.error("What an earlier run has begun to add could not be finished: %s", error)
            return False

    async def _resume(self, begun: Begun, on: Message) -> None:
        texts = load_texts(begun.language)
        if begun.change == "" and not is_taken_up(begun.options):
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

    def _is_begun(self, on: Message) -> bool:
        """Whether a button under this message was pressed before."""
        return (on.chat_id, on.message_id) in self._begun

    async def _begin(self, pressed: AdminPress, change: Literal["add", "remove"], argument: str) -> None:
        begun = Begun(
            chat_id=pressed.on.chat_id,
            message_id=pressed.on.message_id,
            language=pressed.texts.language,
            options=UPLOADS,
            change=change,
            argument=argument,
        )
        self._begun.append(begun.place)
        self._unfinished.note(begun)
        await self._change(begun, pressed.on, pressed.texts, resumed=pressed.resumed)

    async def _change(self, begun: Begun, on: Message, texts: Texts, *, resumed: bool) -> None:
        """`resumed`: an earlier process may have done it and no more than that."""
        try:
            if begun.change == "add":
                await self._changed(lambda: self._reader.add(begun.argument))
            elif begun.change == "remove":
                await self._changed(lambda: self._reader.remove(begun.argument))
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
        """It waits for a process, so that no worker is kept from answers."""
        async with self._changing:
            try:
                return await asyncio.to_thread(change)
            except Stopped:  # the next process takes it up
                raise asyncio.CancelledError from None
