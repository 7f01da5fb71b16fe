"""What a person decides for themselves: /language, /new, /forgetme."""

import logging
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, User
from telegram.error import TelegramError

from bot.conversation.replies.buttons import Button, Verb, decode
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import acknowledge, send
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.requests import Request, thread_of
from bot.on_telegram.updates.turns import Turns
from bot.state.conversations import Talk
from bot.state.state import State
from bot.telegram_html.markup import escape
from bot.texts import LANGUAGES, Texts, load_texts
from retrieval.text.forms import fold

_AUTOMATIC = "auto"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Personal:
    """Each method answers one command or press; all raise StateError."""

    state: State
    languages: Languages
    turns: Turns

    async def language(self, request: Request) -> None:
        """/language offers the languages, /language ru takes the one that is named.

        Whoever writes in the name of a chat has no choice of their own: they get the buttons.
        """
        message, user = request.message, request.message.from_user
        named = fold(request.said) if message.sender_chat is None else ""
        choice = _choices().get(named)
        if user is None:
            return
        if choice:
            await self._choose(user.id, choice)
        texts = await self._texts(user)
        words = _confirmation(choice, texts) if choice else texts("language-choose")
        await send(message, [escape(words)], None if choice else _buttons(texts))

    async def language_pressed(self, query: CallbackQuery) -> None:
        """A button under /language: the choice is the presser's, the answer is in the new language.

        In a group the buttons and their question stay as they are, for the others.
        """
        press = decode(query.data or "")
        choice = press.argument if press else ""
        if choice not in (*LANGUAGES, _AUTOMATIC):
            await acknowledge(query, (await self._texts(query.from_user))("button-expired"))
            return
        await self._choose(query.from_user.id, choice)
        texts = await self._texts(query.from_user)
        words = _confirmation(choice, texts)
        await acknowledge(query, words)
        if isinstance(query.message, Message) and query.message.chat_id == query.from_user.id:
            await _replace(query.message, words, _buttons(texts, choice))

    async def new(self, request: Request) -> None:
        """/new: the next question is not taken for one that follows."""
        message = request.message
        if user := message.from_user:
            async with self.turns.of(message.chat_id):
                await self.state.conversations.forget(Talk(message.chat_id, user.id, thread_of(message)))
                await send(message, [escape((await self._texts(user))("new-done"))])

    async def forget_me(self, request: Request) -> None:
        """/forgetme: nothing is kept of the person; they hear so in the language that was theirs."""
        message = request.message
        if user := message.from_user:
            async with self.turns.of(message.chat_id):
                texts = await self._texts(user)
                count = await self.state.forget(user.id)
                self.languages.forget(user.id)
                await send(message, [escape(texts("forgotten", count=count))])

    async def _choose(self, user_id: int, choice: str) -> None:
        await self.languages.choose(user_id, None if choice == _AUTOMATIC else choice)

    async def _texts(self, user: User) -> Texts:
        return load_texts(await self.languages.of(user))


def _choices() -> dict[str, str]:
    """What may follow /language, folded -> a language or `auto`."""
    choices = {_AUTOMATIC: _AUTOMATIC}
    for language in LANGUAGES:
        texts = load_texts(language)
        names = (language, texts("language-name"), *texts("language-also").split(","))
        choices |= {fold(name.strip()): language for name in names}
        choices[fold(texts("button-automatic"))] = _AUTOMATIC
    return choices


def _confirmation(choice: str, texts: Texts) -> str:
    return texts("language-automatic" if choice == _AUTOMATIC else "language-set")


def _buttons(texts: Texts, chosen: str | None = None) -> InlineKeyboardMarkup | None:
    # Each in its own language, for whoever reads no other.
    labels = {language: load_texts(language)("language-name") for language in LANGUAGES}
    labels[_AUTOMATIC] = texts("button-automatic")
    buttons = [
        Button.of(f"{label} ✓" if choice == chosen else label, Verb.LANGUAGE, choice)
        for choice, label in labels.items()
    ]
    return markup((tuple(buttons[:-1]), tuple(buttons[-1:])))


async def _replace(message: Message, text: str, buttons: InlineKeyboardMarkup | None) -> None:
    """Where the message is gone, or shows this already, the choice is kept all the same."""
    if message.text == text and message.reply_markup == buttons:
        return
    try:
        await message.edit_text(text, reply_markup=buttons)
    except TelegramError as error:
        _log.info("The choice of a language was not shown: %s", error)
