"""What an admin is shown of how the bot does: feedback, figures, the daily digest, what other admins did."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram.constants import ParseMode

from bot.conversation.replies.buttons import Keyboard
from bot.conversation.replies.wording import named
from bot.on_telegram.admin.gaps import Gaps
from bot.on_telegram.admin.notices import ToAdmins
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import edit, send
from bot.on_telegram.requests import AdminPress, Request
from bot.on_telegram.updates.turns import Turns
from bot.state.db.errors import StateError
from bot.state.state import State
from bot.telegram_html.admin.digest import Digest, digest_buttons, digest_text
from bot.telegram_html.admin.feedback import feedback_page
from bot.telegram_html.admin.log import LOG_PAGE, log_page
from bot.telegram_html.admin.stats import stats_text
from bot.telegram_html.admin.stats_chart import chart_png
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.errors import IndexUnusable
from retrieval.serving import Serving
from retrieval.text.shortening import opening_words

_DAY = timedelta(days=1)
_VOTES_READ = 100
_DIGESTS_INTERVAL_S = 60.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Reports:
    """Each method answers one command or press; they raise StateError, and IndexUnusable where the index is needed.

    Questions are kept for `keep_days`.
    """

    serving: Serving
    gaps: Gaps
    keep_days: int
    turns: Turns
    state: State

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
        text = stats_text(statistics, titles, texts, await self._count_gaps(statistics.period))
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

    async def turn_feedback(self, pressed: AdminPress) -> None:
        """Another page of /feedback."""
        html, keyboard = await self._feedback_page(pressed.press.page, pressed.texts)
        await edit(pressed.on, html, markup(keyboard))

    async def choose_digest(self, pressed: AdminPress) -> None:
        """The digest comes every day, or does not; the chat is the admin's own."""
        wanted = pressed.press.argument == "on"
        await (self.state.digests.want if wanted else self.state.digests.stop)(pressed.on.chat_id)
        said = escape(pressed.texts("digest-on" if wanted else "digest-off"))
        await edit(pressed.on, said, markup(digest_buttons(pressed.texts, wanted=wanted)))

    async def log(self, request: Request) -> None:
        """/log: what admins did."""
        html, keyboard = await self._log_page(0, request.texts)
        await send(request.message, [html], markup(keyboard))

    async def turn_log(self, pressed: AdminPress) -> None:
        """Another page of /log."""
        html, keyboard = await self._log_page(pressed.press.page, pressed.texts)
        await edit(pressed.on, html, markup(keyboard))

    async def _log_page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        log = self.state.admin_log
        count = await log.count()
        page = min(page, max(0, -(-count // LOG_PAGE) - 1))
        return log_page(await log.page(page * LOG_PAGE, LOG_PAGE), page, count, texts)

    async def _feedback_page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        # What was said against a refusal stands in /gaps.
        found = await self.state.feedback.downvoted(_VOTES_READ)
        voted = [each for each in found if each.kept.options.get("kind") != "refusal"]
        days, retriever = self.keep_days, self.serving.retriever
        return await self.turns.compute(lambda: feedback_page(voted, page, days, retriever(), texts))

    async def _digest(self, texts: Texts) -> str:
        kept = self.keep_days > 0
        return digest_text(await self.last_day(), texts, kept=kept)

    async def last_day(self) -> Digest:
        """Raises StateError."""
        statistics = await self.state.statistics.of(_DAY)
        gaps = await self._count_gaps(_DAY)
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

    async def _count_gaps(self, period: timedelta) -> int | None:
        """How many different things got no answer; None without an index, which tells what asks the same."""
        try:
            return len(await self.gaps.within(period))
        except IndexUnusable:
            return None

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
