"""What a person decides for themselves: /language, /new, /forgetme."""

import logging
from typing import Final

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, User
from telegram.error import TelegramError

from bot.on_telegram.outgoing.delivery import send
from bot.on_telegram.people.languages import Languages
from bot.state.state import State
from bot.telegram_html.markup import escape
from bot.texts import LANGUAGES, Texts, load_texts
from retrieval.text.forms import fold

LANGUAGE_BUTTON: Final = "1:lang:"
"""How the data of the language buttons begin; a language or `auto` follows. `conversation.buttons` has the others."""

_AUTOMATIC = "auto"

_log = logging.getLogger(__name__)


class Personal:
    """Each method answers one command or press; all raise StateError."""

    def __init__(self, state: State, languages: Languages) -> None:
        self._state = state
        self._languages = languages

    async def language(self, message: Message, user: User, named: str = "") -> None:
        """/language offers the languages, /language ru takes the one that is named.

        Whoever writes in the name of a chat has no choice of their own: they get the buttons.
        """
        choice = _choices().get(fold(named.strip())) if named and message.sender_chat is None else None
        if choice:
            await self._choose(user.id, choice)
        texts = await self._texts(user)
        words = _confirmation(choice, texts) if choice else texts("language-choose")
        await send(message, [escape(words)], None if choice else _buttons(texts))

    async def language_pressed(self, query: CallbackQuery) -> None:
        """A button under /language: the choice is the presser's, the answer is in the new language.

        In a group the buttons and their question stay as they are, for the others.
        """
        choice = (query.data or "").removeprefix(LANGUAGE_BUTTON)
        if choice not in (*LANGUAGES, _AUTOMATIC):
            await _acknowledge(query, (await self._texts(query.from_user))("button-expired"))
            return
        await self._choose(query.from_user.id, choice)
        texts = await self._texts(query.from_user)
        words = _confirmation(choice, texts)
        await _acknowledge(query, words)
        if isinstance(query.message, Message) and query.message.chat_id == query.from_user.id:
            await _replace(query.message, words, _buttons(texts, choice))

    async def new(self, message: Message, user: User) -> None:
        """/new: the next question is not taken for one that follows."""
        await self._state.conversations.forget(message.chat_id, user.id)
        await send(message, [escape((await self._texts(user))("new-done"))])

    async def forget_me(self, message: Message, user: User) -> None:
        """/forgetme: nothing is kept of the person; they hear so in the language that was theirs."""
        texts = await self._texts(user)
        count = await self._state.forget(user.id)
        self._languages.forget(user.id)
        await send(message, [escape(texts("forgotten", count=count))])

    async def _choose(self, user_id: int, choice: str) -> None:
        await self._languages.choose(user_id, None if choice == _AUTOMATIC else choice)

    async def _texts(self, user: User) -> Texts:
        return load_texts(await self._languages.of(user))


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


def _buttons(texts: Texts, chosen: str | None = None) -> InlineKeyboardMarkup:
    # Each in its own language, for whoever reads no other.
    labels = {language: load_texts(language)("language-name") for language in LANGUAGES}
    labels[_AUTOMATIC] = texts("button-automatic")
    buttons = [
        InlineKeyboardButton(
            f"{label} ✓" if choice == chosen else label, callback_data=f"{LANGUAGE_BUTTON}{choice}"
        )
        for choice, label in labels.items()
    ]
    return InlineKeyboardMarkup([buttons[:-1], buttons[-1:]])


async def _acknowledge(query: CallbackQuery, text: str) -> None:
    try:
        await query.answer(text)
    except TelegramError as error:
        _log.info("A press of a button was not acknowledged: %s", error)


async def _replace(message: Message, text: str, buttons: InlineKeyboardMarkup) -> None:
    """Where the message is gone, or shows this already, the choice is kept all the same."""
    if message.text == text and message.reply_markup == buttons:
        return
    try:
        await message.edit_text(text, reply_markup=buttons)
    except TelegramError as error:
        _log.info("The choice of a language was not shown: %s", error)
