"""What each button under a reply does."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import cast

from bot.conversation.answering import Findings, find, first_shown
from bot.conversation.exchange_values import AnswerWorkers, Effect, Pressed, Replied
from bot.conversation.replies.buttons import Note, Verb
from bot.conversation.replies.reply import Reply, Vote
from bot.conversation.replies.view import View, view_of
from bot.conversation.replies.widening import Fits, widened_reply
from bot.state.answers import Kept, new_id
from bot.state.feedback import Feedback
from bot.texts import load_texts
from retrieval.excerpts.order import Order
from retrieval.serving import Serving


@dataclass(frozen=True, kw_only=True)
class ReplyButtons:
    """A method for each verb; `kept` is what the state has of the answer, `reply` what stands before the press."""

    serving: Serving
    workers: AnswerWorkers
    feedback: Feedback

    async def effect(self, pressed: Pressed, kept: Kept) -> Effect:
        """Raises IndexUnusable, StateError."""
        actions: dict[Verb, Callable[[Pressed, Kept, Reply], Awaitable[Effect]]] = {
            Verb.WIDEN: self._widen,
            Verb.MORE: self._more,
            Verb.PAGE: self._turn_page,
            Verb.ORDER: self._order,
            Verb.VOTE: self._vote,
            Verb.NEAREST: self._nearest,
            Verb.ONLY: self._only,
            Verb.MENU: self._menu,
        }
        action = actions.get(pressed.press.verb)
        return await action(pressed, kept, Reply.from_options(kept.options)) if action else Effect(kept=kept)

    async def _more(self, pressed: Pressed, kept: Kept, reply: Reply) -> Effect:
        return await self._changed(pressed, kept, replace(reply, opened=0))

    async def _turn_page(self, pressed: Pressed, kept: Kept, reply: Reply) -> Effect:
        page = int(pressed.press.argument)
        return await self._changed(pressed, kept, replace(reply, opened=0, page=page))

    async def _order(self, pressed: Pressed, kept: Kept, reply: Reply) -> Effect:
        order = cast(Order, pressed.press.argument)  # the form of the data admits nothing else
        return await self._changed(pressed, kept, replace(reply, opened=0, order=order, page=0))

    async def _widen(self, pressed: Pressed, kept: Kept, reply: Reply) -> Effect:
        number, step = pressed.press.widening
        texts = load_texts(kept.language)

        def work() -> Reply | Note:
            retriever = self.serving.retriever()

            def fits(wide: Reply) -> Fits | None:
                view = view_of(wide, pressed.press.answer_id, retriever)
                return pressed.fits(view, texts) if view else None

            return widened_reply(reply, number, step, retriever, fits)

        outcome = await self.workers.compute(work)
        if isinstance(outcome, Note):
            return Effect(kept=kept, note=outcome)
        return await self._changed(pressed, kept, outcome)

    async def _vote(self, pressed: Pressed, kept: Kept, reply: Reply) -> Effect:
        vote = cast(Vote, pressed.press.argument)  # the form of the data admits nothing else
        is_up = vote == "up"
        if not await self.feedback.vote(pressed.press.answer_id, pressed.user_id, up=is_up):
            return Effect(kept=kept, note=Note.STALE)
        effect = Effect(kept=kept)
        if pressed.alone and vote != reply.vote:  # elsewhere it is one of many
            effect = await self._changed(pressed, kept, replace(reply, vote=vote))
        return replace(effect, note=Note.VOTED_UP if is_up else Note.VOTED_DOWN)

    async def _nearest(self, pressed: Pressed, kept: Kept, reply: Reply) -> Effect:
        """The nearest passages stand in a message of their own, and once only."""
        if reply.spent:
            return Effect(kept=kept)
        view = await self._view(replace(reply, kind="nearest"), new_id())
        if view is None:
            return Effect(kept=kept, note=Note.STALE)
        further = Replied(view=view, kept=kept)
        return Effect(kept=kept, reply=replace(reply, spent=True), further=further)

    async def _only(self, pressed: Pressed, kept: Kept, reply: Reply) -> Effect:
        """The question without the one before."""

        def work() -> tuple[Findings, View]:
            retriever = self.serving.retriever()
            return first_shown(find(retriever, kept.question), pressed.press.answer_id, retriever)

        found, view = await self.workers.compute(work)
        return Effect(kept=kept, reply=view.reply, view=view, context=found.context)

    async def _menu(self, pressed: Pressed, kept: Kept, reply: Reply) -> Effect:
        """Which buttons there are is not kept: any other press shows the usual ones."""
        view = await self._view(reply, pressed.press.answer_id)
        if view is None:
            return Effect(kept=kept, note=Note.STALE)
        view = replace(view, menu=pressed.press.argument == "open")
        return Effect(kept=kept, reply=reply, view=view, buttons_only=True)

    async def _changed(self, pressed: Pressed, kept: Kept, reply: Reply) -> Effect:
        """What shows `reply` in the place of the one before."""
        view = await self._view(reply, pressed.press.answer_id)
        if view is None:
            return Effect(kept=kept, note=Note.STALE)
        before = Reply.from_options(kept.options)
        buttons_only = (reply.windows, reply.opened, reply.page) == (
            before.windows,
            before.opened,
            before.page,
        )
        return Effect(kept=kept, reply=reply, view=view, buttons_only=buttons_only)

    async def _view(self, reply: Reply, answer_id: str) -> View | None:
        return await self.workers.compute(lambda: view_of(reply, answer_id, self.serving.retriever()))
