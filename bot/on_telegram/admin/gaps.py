"""Questions that got no answer: the one count of them for all reports, their pages, a file of them, and how an admin
fills one."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from bot.conversation.replies.buttons import Keyboard
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import edit, send
from bot.on_telegram.requests import AdminPress, Request
from bot.on_telegram.updates.turns import Turns
from bot.state.state import State
from bot.telegram_html.admin.gaps import (
    PAGE,
    GapGroup,
    answered_since,
    gaps_page,
    grouped,
    questions_file,
    wanted_text,
)
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.serving import Serving

_READ: Final = 1000
"""So many different questions, the most frequent ones, are compared with each other."""


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """Each method but the first answers one command or press; they raise StateError and IndexUnusable.

    Questions are kept for `keep_days`.
    """

    serving: Serving
    keep_days: int
    turns: Turns
    state: State

    async def within(self, period: timedelta) -> list[GapGroup]:
        """What got no answer in this time up to now, what asks the same together: what `/gaps`, `/stats` and the digest
        count."""
        if not self.keep_days:
            return []
        gaps = await self.state.questions.unanswered(period, _READ)
        # Not by the workers: it may take seconds, and answers go on meanwhile.
        return await asyncio.to_thread(lambda: grouped(gaps, self.serving.retriever()))

    async def list(self, request: Request) -> None:
        """/gaps"""
        html, keyboard = await self._page(0, request.texts)
        await send(request.message, [html], markup(keyboard))

    async def turn(self, pressed: AdminPress) -> None:
        """Another page of /gaps."""
        html, keyboard = await self._page(pressed.press.page, pressed.texts)
        await edit(pressed.on, html, markup(keyboard))

    async def fill(self, pressed: AdminPress) -> None:
        """The admin is to send what answers a question."""
        texts = pressed.texts
        for group in await self.within(self._kept):
            if group.key == pressed.press.argument:
                await self.state.wanted.want(pressed.by.user_id, group.meaning)
                await send(pressed.on, [wanted_text(group.meaning, texts)])
                return
        await send(pressed.on, [escape(texts("gaps-gone"))])

    async def export(self, pressed: AdminPress) -> None:
        """The gaps as a file."""
        on, texts = pressed.on, pressed.texts
        if not (groups := await self.within(self._kept)):
            html, _ = gaps_page([], [], 0, self.keep_days, texts)
            await send(on, [html])
            return
        content = await asyncio.to_thread(questions_file, groups)
        name = f"gaps-{datetime.now(UTC):%Y-%m-%d}.jsonl"
        await on.reply_document(content, filename=name, caption=texts("gaps-exported"))

    @property
    def _kept(self) -> timedelta:
        return timedelta(days=self.keep_days)

    async def _page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        groups = await self.within(self._kept)
        page = min(page, max(0, -(-len(groups) // PAGE) - 1))
        shown = groups[page * PAGE : (page + 1) * PAGE]
        retriever = await self.turns.compute(self.serving.retriever)
        answered = [await self.turns.compute(partial(answered_since, group, retriever)) for group in shown]
        return gaps_page(groups, answered, page, self.keep_days, texts)
