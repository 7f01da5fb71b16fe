"""In which language the bot writes to a person: as they chose, else as their Telegram speaks, else as they asked."""

import logging

from telegram import User

from bot.state.db.errors import StateError
from bot.state.preferences import Preferences
from bot.texts import choose_language
from retrieval.recent import Remembered

_MOST_KNOWN = 10_000
"""So many people's choices are kept in memory, so that a question costs no look into the database."""

_log = logging.getLogger(__name__)


class Languages:
    """The one place where preferences are read and changed: what it knows of them is true."""

    def __init__(self, preferences: Preferences, *, most: int = _MOST_KNOWN) -> None:
        """The choices of the `most` people asked for last are kept in memory."""
        self._preferences = preferences
        self._chosen: Remembered[int, str | None] = Remembered(most)

    async def of(self, user: User | None, question_language: str | None = None) -> str:
        """One of `LANGUAGES`; where a choice cannot be read, as if there were none."""
        return choose_language(await self.spoken_by(user) or question_language)

    async def spoken_by(self, user: User | None) -> str | None:
        """The code of the language that somebody chose, else of that of their Telegram; None where neither is known."""
        return await self._choice(user.id) or user.language_code if user else None

    async def of_id(self, user_id: int, client_language: str | None) -> str:
        """The same for somebody who has not written just now; `client_language` is how their Telegram spoke then."""
        return choose_language(await self._choice(user_id) or client_language)

    async def choose(self, user_id: int, language: str | None) -> None:
        """Keeps a choice; None goes back to automatic. Raises StateError."""
        await self._preferences.set_language(user_id, language)
        self._chosen.keep({user_id: language})

    def forget(self, user_id: int) -> None:
        """The state has forgotten this person."""
        self._chosen.keep({user_id: None})

    async def _choice(self, user_id: int) -> str | None:
        if user_id in (known := self._chosen.known([user_id])):
            return known[user_id]
        try:
            found = await self._preferences.language(user_id)
        except StateError as error:
            _log.error("The language that a person chose could not be read: %s", error)
            return None
        return self._chosen.get(user_id, lambda: found)[
            0
        ]  # a choice made meanwhile is newer than what was read
