"""What the bot says of itself: /start, /help, /about, and how to ask."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import Bot
from telegram.constants import ChatType

from bot.conversation.about import About, gather
from bot.conversation.examples import Examples
from bot.conversation.replies.buttons import LinkFor
from bot.on_telegram.answering.questions import Questions
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import send
from bot.on_telegram.people.door import Door
from bot.on_telegram.requests import Request
from bot.on_telegram.updates.turns import Turns
from bot.telegram_html.about import render_about
from bot.telegram_html.markup import escape
from bot.telegram_html.welcome import example_buttons, help_text, start_text
from bot.texts import Texts
from retrieval.errors import IndexUnusable
from retrieval.serving import Serving


@dataclass(frozen=True, kw_only=True)
class Greetings:
    """Each method answers one command.

    `model` is the setting; questions are kept for `keep_days`; an admin's menu is set when they open the bot.
    """

    serving: Serving
    model: str
    keep_days: int
    examples: Examples
    turns: Turns
    door: Door
    questions: Questions
    lists_articles: bool
    set_admin_menu: Callable[[Bot, int], Awaitable[None]]

    async def start(self, request: Request) -> None:
        """A greeting; or what the link that led here is for: an invite, a passage."""
        if not await self.door.enters(request):
            return
        if not (request.said.startswith(LinkFor.PASSAGE) and await self.questions.shared(request)):
            await self._greet(request)

    async def help(self, request: Request) -> None:
        """/help, and any command that is none."""
        tried = self.examples.questions(request.texts.language)
        said = help_text(
            request.texts,
            self.keep_days,
            examples=len(tried),
            lists=self.lists_articles,
            admin=request.by_admin,
        )
        await send(request.message, [said], markup(example_buttons(tried)))

    async def about(self, request: Request) -> None:
        """What the collection is, and how old."""
        try:
            about = await self._about()
        except IndexUnusable:
            await send(request.message, [escape(request.texts(request.not_ready))])
            return
        await send(request.message, [render_about(about, request.texts, datetime.now(UTC))])

    async def ask(self, request: Request) -> None:
        """/ask QUESTION, in private and in groups."""
        if request.said:
            await self.questions.answer(request)
        else:
            await send(request.message, [escape(self._usage(request.texts))])

    async def _greet(self, request: Request) -> None:
        message, texts = request.message, request.texts
        try:
            about, tried = await self._about(), self.examples.questions(texts.language)
        except IndexUnusable:
            about, tried = None, ()
        said = start_text(texts, about, self.keep_days, examples=len(tried), lists=self.lists_articles)
        if about is None:
            said = f"{said}\n\n{escape(texts(request.not_ready))}"
        await send(message, [said], markup(example_buttons(tried)))
        if request.by_admin and message.chat.type == ChatType.PRIVATE:
            await self.set_admin_menu(message.get_bot(), message.chat_id)

    def _usage(self, texts: Texts) -> str:
        tried = self.examples.questions(texts.language)
        return texts("ask-usage", example=tried[0]) if tried else texts("ask-usage-plain")

    async def _about(self) -> About:
        return await self.turns.compute(lambda: gather(self.serving, self.model))
