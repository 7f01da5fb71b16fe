"""What an admin is shown of how the bot does: gaps, feedback, figures, the daily digest."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from telegram.constants import ParseMode

from bot.conversation.replies.buttons import Keyboard
from bot.conversation.replies.wording import named
from bot.on_telegram.admin.notices import ToAdmins
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import edit, send
from bot.on_telegram.requests import AdminPress, Request
from bot.on_telegram.updates.turns import Turns
from bot.state.db.errors import StateError
from bot.state.state import State
from bot.telegram_html.admin.digest import Digest, digest_buttons, digest_text
from bot.telegram_html.admin.feedback import feedback_page
from bot.telegram_html.admin.gaps import PAGE, GapGroup, answered_since, gaps_page, grouped, questions_file
from bot.telegram_html.admin.stats import stats_text
from bot.telegram_html.admin.stats_chart import chart_png
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.errors import IndexUnusable
from retrieval.excerpts.excerpt import opening_words
from retrieval.serving import Serving

_DAY = timedelta(days=1)
_GAPS_READ = 1000
_VOTES_READ = 100
_DIGESTS_INTERVAL_S = 60.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Reports:
    """Each method answers one command or press; they raise StateError, and IndexUnusable where the index is needed.

    Questions are kept for `keep_days`.
    """

    serving: Serving
    keep_days: int
    turns: Turns
    state: State

    async def gaps(self, request: Request) -> None:
        """/gaps: what was asked in vain."""
        html, keyboard = await self._gaps_page(0, request.texts)
        await send(request.message, [html], markup(keyboard))

    async def feedback(self, request: Request) -> None:
        """/feedback: the answers that were voted down."""
        html, keyboard = await self._feedback_page(0, request.texts)
        await send(request.message, [html], markup(keyboard))

    async def stats(self, request: Request) -> None:
        """/stats: figures, below a picture of them where there is something to draw."""
        message, texts = request.message, request.texts
        statistics = await self.state.statistics.of()
        cited = [each.article_id for each in statistics.cited]
        titles = await self.turns.compute(lambda: self._titles(cited, texts))
        text = stats_text(statistics, titles, texts)
        if not statistics.questions:
            await send(message, [text])
            return
        # It takes a second: no worker is kept from answers.
        picture = await asyncio.to_thread(chart_png, statistics, titles, texts)
        await message.reply_photo(picture, caption=text, parse_mode=ParseMode.HTML)

    async def digest(self, request: Request) -> None:
        """/digest: the last day, and whether it comes every day."""
        message, texts = request.message, request.texts
        wanted = message.from_user is not None and await self.state.digests.wanted(message.from_user.id)
        lines = [await self._digest(texts)]
        if wanted:
            lines.append(escape(texts("digest-is-on")))
        await send(message, ["\n\n".join(lines)], markup(digest_buttons(texts, wanted=wanted)))

    async def turn_gaps(self, pressed: AdminPress) -> None:
        """Another page of /gaps."""
        html, keyboard = await self._gaps_page(pressed.press.page, pressed.texts)
        await edit(pressed.on, html, markup(keyboard))

    async def turn_feedback(self, pressed: AdminPress) -> None:
        """Another page of /feedback."""
        html, keyboard = await self._feedback_page(pressed.press.page, pressed.texts)
        await edit(pressed.on, html, markup(keyboard))

    async def export(self, pressed: AdminPress) -> None:
        """The gaps as a file."""
        on, texts = pressed.on, pressed.texts
        if not (groups := await self._groups()):
            html, _ = gaps_page([], [], 0, self.keep_days, texts)
            await send(on, [html])
            return
        content = await asyncio.to_thread(questions_file, groups)
        name = f"gaps-{datetime.now(UTC):%Y-%m-%d}.jsonl"
        await on.reply_document(content, filename=name, caption=texts("gaps-exported"))

    async def choose_digest(self, pressed: AdminPress) -> None:
        """The digest comes every day, or does not; the chat is the admin's own."""
        wanted = pressed.press.argument == "on"
        await (self.state.digests.want if wanted else self.state.digests.stop)(pressed.on.chat_id)
        said = escape(pressed.texts("digest-on" if wanted else "digest-off"))
        await edit(pressed.on, said, markup(digest_buttons(pressed.texts, wanted=wanted)))

    async def _gaps_page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        groups, days = await self._groups(), self.keep_days
        page = min(page, max(0, -(-len(groups) // PAGE) - 1))
        shown = groups[page * PAGE : (page + 1) * PAGE]
        retriever = await self.turns.compute(self.serving.retriever)
        answered = [await self.turns.compute(partial(answered_since, group, retriever)) for group in shown]
        return gaps_page(groups, answered, page, days, texts)

    async def _groups(self) -> list[GapGroup]:
        days = self.keep_days
        gaps = await self.state.questions.unanswered(timedelta(days=days), _GAPS_READ) if days else []
        # Not by the workers: it may take seconds, and answers go on meanwhile.
        return await asyncio.to_thread(lambda: grouped(gaps, self.serving.retriever()))

    async def _feedback_page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        voted = await self.state.feedback.downvoted(_VOTES_READ)
        days, retriever = self.keep_days, self.serving.retriever
        return await self.turns.compute(lambda: feedback_page(voted, page, days, retriever(), texts))

    async def _digest(self, texts: Texts) -> str:
        kept = self.keep_days > 0
        return digest_text(await self.last_day(), texts, kept=kept)

    async def last_day(self) -> Digest:
        """Raises StateError."""
        statistics = await self.state.statistics.of(_DAY)
        gaps = len(await self.state.questions.unanswered(_DAY, _GAPS_READ))
        try:
            facts = (await self.turns.compute(self.serving.retriever)).generation.facts
        except IndexUnusable:
            articles, indexed = None, None
        else:
            articles, indexed = facts.articles, datetime.fromisoformat(facts.created)
        up, down = statistics.up, statistics.down
        return Digest(
            questions=statistics.questions,
            answered=statistics.answered,
            gaps=gaps,
            up=up,
            down=down,
            articles=articles,
            indexed=indexed,
        )

    def _titles(self, article_ids: Iterable[str], texts: Texts) -> dict[str, str]:
        """What the articles that are still there are called; none without an index."""
        try:
            retriever = self.serving.retriever()
        except IndexUnusable:
            return {}
        found = (retriever.article(article_id) for article_id in article_ids)
        return {a.id: named(a.title, opening_words(a.text), texts) for a in found if a}

    async def send_digests(self, to_admins: ToAdmins) -> None:
        """Sends each admin their digest when it is due; runs until it is cancelled."""
        while True:
            try:
                for user_id in await self.state.digests.take_due():
                    await to_admins.send(user_id, self._digest)
            except StateError as error:
                _log.error("The daily digests could not be made: %s", error)
            except Exception:  # tomorrow's may do
                _log.exception("The daily digests could not be made")
            await asyncio.sleep(_DIGESTS_INTERVAL_S)
