"""The reply to one update on its way to Telegram, so that it is sent once whatever happens.

The mark that a reply may have been sent is set right before its first message is handed to the network, and taken
back when Telegram certainly has nothing of it: between mark and message lies no wait, neither for a budget nor for an
outage. Handlers need not know: the reply at hand is that of the task that sends.
"""

import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable
from contextvars import ContextVar

import httpx

from bot.state.db.errors import StateError
from bot.state.journal import Journal

_NEW_MESSAGES = ("/sendmessage", "/sendphoto", "/senddocument")

_log = logging.getLogger(__name__)


class NotToBeSent(Exception):
    """The reply may have been sent before."""


class HandOver:
    """Of the update with number `update_id`; without a journal nothing is marked."""

    def __init__(self, update_id: int, journal: Journal | None, *, resumed: bool = False) -> None:
        self._update_id = update_id
        self._journal = journal
        self.resumed = resumed
        """Whether an earlier process left the update."""
        self._delivered = False
        self.on_its_way = False
        """Whether something of the reply may be at Telegram's, so that it cannot be left for later."""

    @contextlib.asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """While the answer is made. An update that an earlier process left is counted: it may be what ended it.

        An end that lets this one finish, whether by an error or by a stop in order, is not its fault.
        """
        if self._journal is None or not self.resumed:
            yield
            return
        try:  # the note as well: a stop may come while it is written
            await self._noted(self._journal.at_work(self._update_id))
            yield
        finally:
            await self._noted(self._journal.worked_on(self._update_id))

    async def _noted(self, note: Awaitable[None]) -> None:
        try:
            await note
        except StateError as error:  # an answer is worth more than the count of its attempts
            _log.error("It could not be noted that update %d is worked on: %s", self._update_id, error)

    async def before_message(self) -> None:
        """Raises NotToBeSent."""
        if self.on_its_way:
            return
        self.on_its_way = True
        if self._journal and not await self._journal.sending(self._update_id):
            raise NotToBeSent(f"update {self._update_id} has a reply, or may have one")

    async def refused(self) -> None:
        """Telegram certainly has nothing of the message that was about to be sent."""
        if not self.on_its_way or self._delivered:
            return
        if self._journal:
            await self._journal.unsent(self._update_id)
        self.on_its_way = False

    def delivered(self) -> None:
        """Telegram has confirmed a message."""
        self._delivered = self.on_its_way

    async def done(self) -> None:
        """Nothing is left to do; a second time does nothing."""
        journal, self._journal = self._journal, None
        if journal:
            await journal.done(self._update_id)


_at_hand: ContextVar[HandOver | None] = ContextVar("hand_over", default=None)


def take_in_hand(reply: HandOver | None) -> None:
    """What this task, and those that it starts, send from now on is `reply`; None: is no reply."""
    _at_hand.set(reply)


def at_hand() -> HandOver | None:
    """The reply that this task sends; None outside of updates."""
    return _at_hand.get()


def is_resumed() -> bool:
    """Whether this task works at what an earlier process left, which may have done it."""
    reply = at_hand()
    return reply is not None and reply.resumed


def is_new_message(url: str) -> bool:
    """Whether a call of the Bot API makes a message, and so must not be repeated blindly."""
    return url.lower().endswith(_NEW_MESSAGES)


async def before_request(request: httpx.Request) -> None:
    """For the HTTP client: has a new message marked when there is a connection and the next step is to write to it."""
    reply = at_hand()
    if reply is None or not is_new_message(request.url.path):
        return

    async def trace(event: str, _: object) -> None:
        if event.endswith("send_request_headers.started"):
            await _mark(reply)

    request.extensions = {**request.extensions, "trace": trace}


async def _mark(reply: HandOver) -> None:
    try:
        await reply.before_message()
    except StateError as error:  # an answer is worth more than the note that it was sent
        _log.error("A reply goes out without having been noted: %s", error)


async def after_refusal() -> None:
    """Telegram certainly has nothing of what this task was about to send."""
    reply = at_hand()
    if reply:
        try:
            await reply.refused()
        except StateError as error:
            _log.error("It could not be noted that a reply was not sent: %s", error)


async def done_at_hand() -> None:
    """All of the reply at hand is sent: written down together with what else is kept of it. Raises StateError."""
    if reply := at_hand():
        await reply.done()
