"""In which language the bot writes to a person: as they chose, else as their Telegram speaks, else as they asked."""

import logging
from collections import OrderedDict

from telegram import User

from bot.state.db.errors import StateError
from bot.state.preferences import Preferences
from bot.texts import choose_language

_MOST_KNOWN = 10_000
"""So many people's choices are kept in memory, so that a question costs no look into the database."""

_log = logging.getLogger(__name__)


class Languages:
    """The one place where preferences are read and changed: what it knows of them is true."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._chosen: OrderedDict[int, str | None] = OrderedDict()

    async def of(self, user: User | None, question_language: str | None = None) -> str:
        """One of `LANGUAGES`; where a choice cannot be read, as if there were none."""
        if user is None:
            return choose_language(question_language)
        return choose_language(await self._choice(user.id) or user.language_code or question_language)

    async def of_id(self, user_id: int, client_language: str | None) -> str:
        """The same for somebody who has not written just now; `client_language` is how their Telegram spoke then."""
        return choose_language(await self._choice(user_id) or client_language)

    async def choose(self, user_id: int, language: str | None) -> None:
        """Keeps a choice; None goes back to automatic. Raises StateError."""
        await self._preferences.set_language(user_id, language)
        self._know(user_id, language)

    def forget(self, user_id: int) -> None:
        """The state has forgotten this person."""
        self._know(user_id, None)

    async def _choice(self, user_id: int) -> str | None:
        if user_id in self._chosen:
            self._chosen.move_to_end(user_id)
            return self._chosen[user_id]
        try:
            found = await self._preferences.language(user_id)
        except StateError as error:
            _log.error("The language that a person chose could not be read: %s", error)
            return None
        # A choice made meanwhile is newer than what was read.
        return self._know(user_id, self._chosen.get(user_id, found))

    def _know(self, user_id: int, language: str | None) -> str | None:
        self._chosen[user_id] = language
        self._chosen.move_to_end(user_id)
        while len(self._chosen) > _MOST_KNOWN:
            self._chosen.popitem(last=False)
        return language
