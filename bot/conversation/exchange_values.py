"""What goes into an exchange and what comes out of it: words and a platform's ids, replies and views."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeVar

from bot.conversation.answering import Findings
from bot.conversation.replies.buttons import Note, Press
from bot.conversation.replies.reply import Reply
from bot.conversation.replies.view import View
from bot.conversation.replies.widening import Fits
from bot.state.answers import Kept, new_id
from bot.texts import Texts
from retrieval.follow_ups.context import Context

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What a person wrote; `user_id` is None where a chat wrote it; `thread_id` is a forum's topic, else 0.

    `speaks` is the reader's own language; where it is not known that of the question counts. `is_text`: it was passed
    on, and is a text rather than a question. `tapped`: it stood on a button, so that the reply is to name it.
    """

    words: str
    chat_id: int
    message_id: int
    user_id: int | None = None
    thread_id: int = 0
    speaks: str | None = None
    chat_kind: Literal["private", "group"] = "private"
    is_text: bool = False
    tapped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """A reply that is to be shown, and then kept. `found` is what there is to remember of `asked`, if anything."""

    view: View
    kept: Kept
    asked: Inquiry | None = None
    found: Findings | None = None

    @property
    def asks_for_articles(self) -> bool:
        """Whether it was asked which articles there are."""
        return self.found is not None and self.found.answer.holdings is not None

    def anew(self) -> "Replied":
        """The same as a further reply, of which nothing is remembered but its buttons."""
        return replace(self, view=replace(self.view, answer_id=new_id()), asked=None, found=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button that a person pressed. `alone`: nobody else reads in that chat; `thread_id`: see `Inquiry`.

    `fits` tells what messages a view makes in the language of its reply; it is called in a worker thread.
    """

    press: Press
    chat_id: int
    user_id: int
    alone: bool
    fits: Callable[[View, Texts], Fits]
    thread_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a press does. `note` is told to whoever pressed.

    `reply` is what stands from now on: shown as `view`, of which the buttons alone have changed where `buttons_only`;
    or as it is, without its buttons, and with `further` in a message of its own. `kept` is the reply from before.
    `context` is what the question that follows leans on, where the press has changed it.
    """

    kept: Kept
    note: Note | None = None
    reply: Reply | None = None
    view: View | None = None
    buttons_only: bool = False
    further: Replied | None = None
    context: Context | None = None


class AnswerWorkers(Protocol):
    """Threads in which so many answers are made at a time."""

    def work(self) -> AbstractAsyncContextManager[None]:
        """To be held while an answer is made."""

    async def compute(self, work: Callable[[], Result]) -> Result:
        """What `work` returns, run in a thread."""
