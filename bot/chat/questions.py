"""A question in a chat: answered in its turn, off the event loop, with a sign of life meanwhile."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import TypeVar
from weakref import WeakValueDictionary

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ChatAction, ChatType
from telegram.error import TelegramError

from bot.answering import answer_verified
from bot.bootstrap import Services
from bot.chat.delivery import send
from bot.replies.messages import escape, render_answer, render_nearest
from bot.texts import Texts, load_texts
from retrieval.article import Answer
from retrieval.errors import IndexUnusable

NEAREST = "nearest"
"""Callback data of the button under a refusal. The question is the message that the refusal replies to, so the
button outlives restarts; it is asked again when pressed, so it outlives generations as well."""

_PRESSES_KEPT = 1000
"""A second press that comes before the button is gone is known by its chat and message."""
_TYPING_SHOWS_S = 4.0  # clients hide the indicator after five seconds

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Questions:
    """Answers in the order of the questions in each chat; no chat waits for another."""

    def __init__(self, services: Services, workers: Executor) -> None:
        self._services = services
        self._workers = workers
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._typing: set[asyncio.Task[None]] = set()
        self._pressed: deque[tuple[int, int]] = deque(maxlen=_PRESSES_KEPT)

    async def answer(self, message: Message, language: str | None, *, not_ready: str = "not-ready") -> None:
        """Replies to the question in `message` in the interface `language`, else in the question's own."""
        async with self._turn(message.chat_id):
            with self._shows_typing(message):
                answer = await self._ask(message)
            if answer is None:
                await send(message, [escape(load_texts(language)(not_ready))])
                return
            texts = load_texts(language or answer.language)
            await send(message, render_answer(answer, texts), _buttons(answer, texts))

    async def show_nearest(self, query: CallbackQuery, texts: Texts) -> None:
        """What the button under a refusal gives: the nearest passages, or by now an answer. Once only."""
        refusal = query.message if isinstance(query.message, Message) else None
        if refusal is None or refusal.reply_to_message is None or refusal.reply_markup is None:
            await acknowledge(query, texts("button-expired"))
            return
        await acknowledge(query)
        async with self._turn(refusal.chat_id):
            if (refusal.chat_id, refusal.message_id) not in self._pressed:
                await self._show_nearest(refusal, refusal.reply_to_message, texts)
                self._pressed.append((refusal.chat_id, refusal.message_id))

    async def _show_nearest(self, refusal: Message, asked: Message, texts: Texts) -> None:
        answer = await self._ask(asked)
        if answer is None:
            await send(asked, [escape(texts("not-ready"))])
            return
        await _take_button(refusal)
        render = render_answer if answer.answered else render_nearest
        await send(asked, render(answer, texts))

    async def example(self, texts: Texts) -> str | None:
        """The example question, where the collection answers it."""
        question = texts("example-question")
        answer = await self.compute(lambda: self._answer_to(question))
        return question if answer.answered else None

    async def compute(self, work: Callable[[], Result]) -> Result:
        """Runs `work` in a thread: the event loop never computes."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, work)

    async def close(self) -> None:
        """Waits for what is still on its way to Telegram."""
        await asyncio.gather(*self._typing)

    async def _ask(self, message: Message) -> Answer | None:
        """The answer to the question in `message`; None while no index serves."""
        question = question_of(message)
        try:
            return await self.compute(lambda: self._answer_to(question))
        except IndexUnusable as error:
            _log.warning("A question came while no index serves: %s", error)
            return None

    def _answer_to(self, question: str) -> Answer:
        return answer_verified(self._services.serving.retriever(), question)

    def _turn(self, chat_id: int) -> asyncio.Lock:
        return self._chats.setdefault(chat_id, asyncio.Lock())

    @contextlib.contextmanager
    def _shows_typing(self, message: Message) -> Iterator[None]:
        """Meanwhile a private chat shows that the bot writes; a group's budget is kept for answers."""
        done = asyncio.Event()
        if message.chat.type == ChatType.PRIVATE:
            task = asyncio.create_task(show_typing(message, done))
            self._typing.add(task)
            task.add_done_callback(self._typing.discard)
        try:
            yield
        finally:
            done.set()


def question_of(message: Message) -> str:
    """The question in a message: its text without a leading command."""
    text = message.text or ""
    if not text.startswith("/"):
        return text
    _, _, question = text.partition(text.split(maxsplit=1)[0])
    return question.strip()


async def acknowledge(query: CallbackQuery, text: str | None = None) -> None:
    """Ends the button's spinner; a press that has waited too long for that still gets what it asks for."""
    try:
        await query.answer(text)
    except TelegramError as error:
        _log.info("A press of a button was not acknowledged: %s", error)


async def show_typing(message: Message, done: asyncio.Event) -> None:
    """Shows that the bot writes, again and again, until `done`; where Telegram refuses, not at all."""
    while not done.is_set():
        try:
            await message.reply_chat_action(ChatAction.TYPING)
        except TelegramError as error:
            _log.info("The typing indicator was not shown: %s", error)
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _TYPING_SHOWS_S)


async def _take_button(refusal: Message) -> None:
    try:
        await refusal.edit_reply_markup(None)
    except TelegramError as error:
        _log.info("The button of a refusal was not taken away: %s", error)


def _buttons(answer: Answer, texts: Texts) -> InlineKeyboardMarkup | None:
    if not answer.nearest:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(texts("button-nearest"), callback_data=NEAREST)]])
