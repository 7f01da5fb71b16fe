"""What the bot says of itself: /start, /help, /about, and how to ask."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import Bot
from telegram.constants import ChatType

from bot.conversation.about import About, gather
from bot.conversation.examples import Examples
from bot.conversation.replies.buttons import LinkFor
from bot.conversation.replies.wording import collection_line
from bot.on_telegram.answering.questions import Questions
from bot.on_telegram.outgoing.messages import send
from bot.on_telegram.people.door import Door
from bot.on_telegram.requests import Request
from bot.on_telegram.updates.turns import Turns
from bot.telegram_html.about import render_about
from bot.telegram_html.markup import escape
from bot.telegram_html.welcome import help_text, start_text
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
    set_admin_menu: Callable[[Bot, int], Awaitable[None]]

    async def start(self, request: Request) -> None:
        """A greeting; or what the link that led here is for: an invite, a passage."""
        if not await self.door.enters(request):
            return
        if not (request.said.startswith(LinkFor.PASSAGE) and await self.questions.shared(request)):
            await self._greet(request)

    async def help(self, request: Request) -> None:
        """/help, and any command that is none."""
        try:
            examples = await self._tried(request.texts)
        except IndexUnusable:
            examples = ()
        said = help_text(request.texts, examples, self.keep_days, admin=request.by_admin)
        await send(request.message, [said])

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
            example = request.texts("example-question")
            await send(request.message, [escape(request.texts("ask-usage", example=example))])

    async def _greet(self, request: Request) -> None:
        message, texts = request.message, request.texts
        try:
            collection = collection_line(await self._about(), texts)
            examples = await self._tried(texts)
        except IndexUnusable:
            collection, examples = texts(request.not_ready), ()
        await send(message, [start_text(texts, collection, examples, self.keep_days)])
        if request.by_admin and message.chat.type == ChatType.PRIVATE:
            await self.set_admin_menu(message.get_bot(), message.chat_id)

    async def _about(self) -> About:
        return await self.turns.compute(lambda: gather(self.serving, self.model))

    async def _tried(self, texts: Texts) -> tuple[str, ...]:
        return await self.turns.compute(lambda: self.examples.questions(texts))
