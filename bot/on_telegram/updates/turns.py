"""One thing at a time in each chat, off the event loop, with a sign of life meanwhile."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor
from contextvars import copy_context
from typing import TypeVar
from weakref import WeakValueDictionary

from telegram import Message
from telegram.constants import ChatAction, ChatType
from telegram.error import TelegramError

from bot.on_telegram.outgoing.hand_over import at_hand
from bot.on_telegram.updates.slots import Slots

WORKERS = os.cpu_count() or 2
_MOST_TYPING = 16
_TYPING_SHOWS_S = 4.0
"""Clients hide the indicator after five seconds."""

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Turns:
    """Questions and presses of a chat are answered in their order, those of several people in rotation; no chat waits
    for another."""

    def __init__(self, workers: Executor, most: int, *, typing_s: float = _TYPING_SHOWS_S) -> None:
        """`most` answers are made at a time; `workers` has as many threads at least. That the bot writes is shown every
        `typing_s` seconds."""
        self._workers = workers
        self._making = Slots(most)
        self._computing = Slots(WORKERS)
        self._loaded = asyncio.Event()
        self._chats: WeakValueDictionary[int, Slots] = WeakValueDictionary()
        self._typing: set[asyncio.Task[None]] = set()
        self._typing_s = typing_s
        self._waiting = 0

    def of(self, chat_id: int) -> Slots:
        """To be held while something is done in a chat."""
        return self._chats.setdefault(chat_id, Slots())

    @property
    def waiting(self) -> int:
        """How many questions are being answered, or wait for it."""
        return self._waiting

    @property
    def has_begun(self) -> bool:
        return self._loaded.is_set()

    def begin(self) -> None:
        """Model and index are loaded, or are known to be missing."""
        self._loaded.set()

    @contextlib.asynccontextmanager
    async def work(self) -> AsyncIterator[None]:
        """While the answer to the update at hand is made: no more are at work than are computed side by side.

        None is at work before `begin`: whatever ends the process while it loads was not a question.
        """
        await self._loaded.wait()
        async with self._making:
            reply = at_hand()
            async with reply.at_work() if reply else contextlib.nullcontext():
                yield

    async def compute(self, work: Callable[[], Result]) -> Result:
        """Runs `work` in a thread: the event loop never computes."""
        async with self._computing:
            here = copy_context()  # what the log names in lines of the thread
            return await asyncio.get_running_loop().run_in_executor(self._workers, here.run, work)

    @contextlib.contextmanager
    def shows_typing(self, message: Message) -> Iterator[None]:
        """Meanwhile a private chat shows that the bot writes; a group's budget is kept for answers."""
        done = asyncio.Event()
        self._waiting += 1
        if message.chat.type == ChatType.PRIVATE and self._waiting <= _MOST_TYPING:
            task = asyncio.create_task(show_typing(message, done, self._typing_s))
            self._typing.add(task)
            task.add_done_callback(self._typing.discard)
        try:
            yield
        finally:
            self._waiting -= 1
            done.set()

    async def close(self) -> None:
        """Waits for what is still on its way to Telegram."""
        await asyncio.gather(*self._typing)


async def show_typing(message: Message, done: asyncio.Event, every_s: float = _TYPING_SHOWS_S) -> None:
    """Shows that the bot writes, again and again, until `done`; where Telegram refuses, not at all."""
    while not done.is_set():
        try:
            await message.reply_chat_action(ChatAction.TYPING)
        except TelegramError as error:
            _log.info("The typing indicator was not shown: %s", error)
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), every_s)
