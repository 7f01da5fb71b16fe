"""Buttons under replies: what they show stands in the state, so they outlive restarts and reindexing."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import cast

from telegram import CallbackQuery, Message
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from bot.bootstrap import Services
from bot.conversation.buttons import Press, decode
from bot.conversation.reply import Reply
from bot.conversation.view import Vote
from bot.conversation.widening import widened_reply
from bot.on_telegram.outgoing.delivery import edit
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.replies.questions import Questions
from bot.on_telegram.replies.sending import Shown
from bot.on_telegram.updates.turns import Turns, acknowledge
from bot.state.answers import Kept
from bot.state.db.errors import StateError
from bot.state.state import State
from bot.texts import Texts, load_texts
from retrieval.errors import IndexUnusable
from retrieval.excerpts.order import Order

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Presses:
    """One press at a time in each chat."""

    services: Services
    turns: Turns
    state: State
    languages: Languages
    shown: Shown
    questions: Questions

    async def pressed(self, query: CallbackQuery) -> None:
        """Does what the button says; whatever it is, its spinner ends."""
        notes = load_texts(await self.languages.of(query.from_user))
        press, message = decode(query.data or ""), query.message
        if press is None or not isinstance(message, Message) or not message.is_accessible:
            await acknowledge(query, notes("button-stale"), alert=True)
            return
        async with self.turns.of(message.chat_id):
            kept = await self.state.answers.get(press.answer_id)
            if kept is None or kept.chat_id != message.chat_id:
                await acknowledge(query, notes("button-stale"), alert=True)
                return
            try:
                note = await self._done(
                    _Pressed(query, message, press, kept, Reply.from_options(kept.options))
                )
            except IndexUnusable as error:
                _log.warning("A button was pressed while no index serves: %s", error)
                note = "not-ready"
            await acknowledge(query, notes(note) if note else None)

    async def _done(self, pressed: "_Pressed") -> str | None:
        """The message to show the presser, if any."""
        actions: dict[str, Callable[[_Pressed], Awaitable[str | None]]] = {
            "widen": self._widen,
            "page": self._turn_page,
            "order": self._order,
            "vote": self._vote,
            "nearest": self._nearest,
            "only": self._only,
        }
        action = actions.get(pressed.press.verb)
        return await action(pressed) if action else None

    async def _turn_page(self, pressed: "_Pressed") -> str | None:
        return await self._show(pressed, replace(pressed.reply, page=int(pressed.press.argument)))

    async def _order(self, pressed: "_Pressed") -> str | None:
        order = cast(Order, pressed.press.argument)  # the form of the data admits nothing else
        return await self._show(pressed, replace(pressed.reply, order=order, page=0))

    async def _widen(self, pressed: "_Pressed") -> str | None:
        number, step = pressed.press.widening
        outcome = await self.turns.compute(
            lambda: widened_reply(
                pressed.reply,
                number,
                step,
                self.services.serving.retriever(),
                lambda reply: self.shown.rendered(pressed.press.answer_id, reply, pressed.texts),
            )
        )
        return outcome if isinstance(outcome, str) else await self._show(pressed, outcome)

    async def _vote(self, pressed: "_Pressed") -> str | None:
        vote = cast(Vote, pressed.press.argument)  # the form of the data admits nothing else
        if not await self.state.feedback.vote(
            pressed.press.answer_id, pressed.query.from_user.id, up=vote == "up"
        ):
            return "button-stale"
        if (
            pressed.message.chat.type == ChatType.PRIVATE and vote != pressed.reply.vote
        ):  # elsewhere it is one of many
            await self._show(pressed, replace(pressed.reply, vote=vote))
        return "vote-thanks" if vote == "up" else "vote-thanks-down"

    async def _nearest(self, pressed: "_Pressed") -> str | None:
        """The nearest passages stand in a message of their own, and once only."""
        reply, asked = pressed.reply, pressed.message.reply_to_message
        if reply.spent:
            return None
        if (
            await self.shown.render(pressed.press.answer_id, replace(reply, kind="nearest"), pressed.texts)
            is None
        ):
            return "button-stale"
        await self.shown.send(asked or pressed.message, pressed.kept, replace(reply, kind="nearest"))
        await self._keep(pressed, replace(reply, spent=True))
        try:
            await pressed.message.edit_reply_markup(None)
        except TelegramError as error:
            _log.info("The button of a refusal was not taken away: %s", error)
        return None

    async def _only(self, pressed: "_Pressed") -> str | None:
        """The question without the one before."""
        found = await self.questions.search_alone(pressed.kept)
        note = await self._show(pressed, found.reply())
        if pressed.kept.user_id is not None and note is None:
            question = pressed.kept.question
            await self.state.conversations.remember(
                pressed.message.chat_id, pressed.kept.user_id, question, question
            )
        return note

    async def _show(self, pressed: "_Pressed", reply: Reply) -> str | None:
        """Puts `reply` in the place of what is shown, and keeps it."""
        shown = await self.shown.render(pressed.press.answer_id, reply, pressed.texts)
        if shown is None:
            return "button-stale"
        if (
            len(shown.messages) > 1
            and reply.windows == pressed.reply.windows
            and reply.page == pressed.reply.page
        ):
            try:
                await pressed.message.edit_reply_markup(
                    shown.buttons
                )  # too long for one message: only its end is ours
            except BadRequest as error:
                _log.info("The buttons of a reply were not changed: %s", error)
        else:
            await edit(pressed.message, shown.messages[-1], shown.buttons)
        await self._keep(pressed, reply)
        return None

    async def _keep(self, pressed: "_Pressed", reply: Reply) -> None:
        try:
            await self.state.answers.update(pressed.press.answer_id, options=reply.options())
        except StateError as error:
            _log.error(
                "What a button changed could not be kept, the next press goes back before it: %s", error
            )


class _Pressed:
    """A press with all that belongs to it. `texts` are of the language that the reply is in."""

    def __init__(
        self, query: CallbackQuery, message: Message, press: Press, kept: Kept, reply: Reply
    ) -> None:
        self.query = query
        self.message = message
        self.press = press
        self.kept = kept
        self.reply = reply
        self.texts: Texts = load_texts(kept.language)
