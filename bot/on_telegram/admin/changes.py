"""What admins do to the collection by a press: a document is added or thrown away, an article taken out. What is begun
is noted, and done by the next process where this one cannot."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from telegram import Bot, Message
from telegram.error import TelegramError

from bot.conversation.replies.buttons import Keyboard
from bot.on_telegram.admin.articles import Articles
from bot.on_telegram.admin.change_steps import done
from bot.on_telegram.admin.reindex_outcome import UPLOADS
from bot.on_telegram.admin.reindexing import ChatReindex
from bot.on_telegram.outgoing.hand_over import take_in_hand
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import edit, message_at, send
from bot.on_telegram.requests import AdminPress
from bot.on_telegram.updates.turns import Turns
from bot.problems import reason_in
from bot.processes.unfinished import Begun, Change, Unfinished
from bot.processes.uploads import Stopped, UploadsProcess
from bot.state.admin_log import Admin
from bot.telegram_html.admin.article_lists import removed_page
from bot.telegram_html.admin.documents import key_of
from bot.telegram_html.markup import escape
from bot.texts import Texts, load_texts
from retrieval.errors import NameTaken, NotStaged, SourceError
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
        self._begun = deque(map(_pressed, unfinished.all()), maxlen=_BEGUN_KNOWN)

    async def add(self, pressed: AdminPress) -> None:
        """Takes up the document that was shown."""
        await self._begin(pressed, "add", pressed.press.argument)

    async def add_for(self, on: Message, token: str, texts: Texts, by: Admin, question: str) -> None:
        """Takes up a document that was asked for to answer a question, which is asked again then; shown in `on`."""
        begun = replace(self._begun_by(on, texts, by, "add", token), asks=question)
        self._note(begun)
        await self._change(begun, on, texts, resumed=False)

    async def discard(self, pressed: AdminPress) -> None:
        """Throws it away."""
        await self._changed(lambda: self._uploads.discard(pressed.press.argument))
        await edit(pressed.on, escape(pressed.texts("document-discarded")))

    async def remove(self, pressed: AdminPress) -> None:
        """Takes out the article that was asked about."""
        if any(place == (pressed.on.chat_id, pressed.on.message_id) for place, *_ in self._begun):
            return
        article = await self._turns.compute(lambda: self._articles.with_key(pressed.press.argument))
        if article is not None:
            await self._begin(pressed, "remove", article.id)
        elif not pressed.resumed:  # else an earlier process has taken it out and said so
            await edit(pressed.on, escape(pressed.texts("remove-gone")))

    async def bring_back(self, pressed: AdminPress) -> None:
        """Lets in again what was taken out."""
        found = await asyncio.to_thread(self._uploads.taken_out)
        named = next((each for each in found if key_of(each.id) == pressed.press.argument), None)
        if named is not None:
            await self._begin(pressed, "return", named.id)
        elif not pressed.resumed:
            await send(pressed.on, [escape(pressed.texts("return-gone"))])

    async def removed(self, pressed: AdminPress) -> None:
        """Another page of what was taken out."""
        html, keyboard = await self.removed_page(pressed.press.page, pressed.texts)
        await edit(pressed.on, html, markup(keyboard))

    async def removed_page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        """What was taken out, each with a button that brings it back."""
        return removed_page(await asyncio.to_thread(self._uploads.taken_out), page, texts)

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
        if added and not any(each.is_taken_up for each in begun):
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
        if not begun.is_taken_up:
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

    async def _begin(self, pressed: AdminPress, change: Change, argument: str) -> None:
        """Once: a second press of the same button does nothing."""
        begun = self._begun_by(pressed.on, pressed.texts, pressed.by, change, argument)
        if _pressed(begun) not in self._begun:
            self._note(begun)
            await self._change(begun, pressed.on, pressed.texts, resumed=pressed.resumed)

    @staticmethod
    def _begun_by(on: Message, texts: Texts, by: Admin, change: Change, argument: str) -> Begun:
        return Begun(
            chat_id=on.chat_id,
            message_id=on.message_id,
            language=texts.language,
            options=UPLOADS,
            change=change,
            argument=argument,
            by_id=by.user_id,
            by_name=by.name,
        )

    def _note(self, begun: Begun) -> None:
        self._begun.append(_pressed(begun))
        self._unfinished.note(begun)

    async def _change(self, begun: Begun, on: Message, texts: Texts, *, resumed: bool) -> None:
        """`resumed`: an earlier process may have done it and no more than that."""
        try:
            begun = await self._changed(lambda: done(begun, self._uploads, self._reader))
        except NotStaged:
            if not resumed:
                self._begun.remove(_pressed(begun))
                await self._give_up(begun, on, texts("document-gone"))
                return
        except NameTaken:
            await self._give_up(begun, on, texts("return-taken"))
            return
        except (OSError, SourceError) as error:
            failed = "reindex-failed" if begun.change == "add" else f"{begun.change}-failed"
            await self._give_up(begun, on, texts(failed, reason=reason_in(error, texts)))
            return
        self._unfinished.note(begun)
        await self._reindex.take_in(on, texts, begun)

    async def _changed(self, change: Callable[[], Result]) -> Result:
        """It waits for a process, so that no worker is kept from answers."""
        async with self._changing:
            try:
                return await asyncio.to_thread(change)
            except Stopped:  # the next process takes it up
                raise asyncio.CancelledError from None


def _pressed(begun: Begun) -> tuple[tuple[int, int], Change, str]:
    """Tells a button from all others."""
    return begun.place, begun.change, begun.argument
