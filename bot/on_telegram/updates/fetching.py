"""getUpdates, as Telegram's JSON: what the library cannot read is ours to look at, one update at a time."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

_MOST: Final = 100
_READ_TIMEOUT_S = 5.0
_NUMBER = re.compile(r'(?<!\\)"update_id"\s*:\s*([0-9]{1,18})\b')
_GARBLED = "Parsing the server response"


class Garbled(TelegramError):
    """An answer that is no JSON object; `number` is that of the first update in it, if it has one."""

    __slots__ = ("number",)

    def __init__(self, number: int | None) -> None:
        super().__init__("an answer that is no JSON object")
        self.number = number


class UpdatesRequest(HTTPXRequest):
    """Says of an answer that cannot be read where it begins, and never what it holds."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        said = payload.decode(errors="replace")
        try:
            parsed = json.loads(said, parse_int=whole_number)
        except (ValueError, RecursionError):
            parsed = None
        if isinstance(parsed, dict):
            return parsed
        found = _NUMBER.search(said)
        raise Garbled(int(found[1]) if found else None)


class Fetching:
    """Asks for updates of some kinds."""

    def __init__(self, bot: Bot, kinds: Sequence[str]) -> None:
        self._bot = bot
        self._kinds = list(kinds)

    async def fetch(self, offset: int | None, timeout_s: int) -> Sequence[object]:
        """Updates as JSON; of one that spoils the answer for all others no more than its number.

        Raises:
            InvalidToken: Telegram refuses the token.
            TelegramError: it cannot be reached, or gives no list.
        """
        try:
            return await self._ask(offset, timeout_s, _MOST)
        except Garbled:
            try:
                return await self._ask(offset, timeout_s, 1)
            except Garbled as error:
                if error.number is None:
                    raise
                return [{"update_id": error.number, "garbled": True}]

    async def _ask(self, offset: int | None, timeout_s: int, limit: int) -> Sequence[object]:
        asked = {"offset": offset, "timeout": timeout_s, "allowed_updates": self._kinds, "limit": limit}
        try:
            found = await self._bot.do_api_request(
                "getUpdates",
                api_kwargs={name: value for name, value in asked.items() if value is not None},
                read_timeout=_READ_TIMEOUT_S + timeout_s,
            )
        except EndPointNotFound as error:  # what the library calls a refused token here
            raise error.__cause__ if isinstance(error.__cause__, InvalidToken) else error from None
        if not isinstance(found, list):
            raise TelegramError("an answer that holds no list of updates")
        return found


def is_garbled(error: TelegramError) -> bool:
    """Whether an error is told by a page of some gateway, and not in Telegram's own form."""
    return _GARBLED in error.message


def whole_number(digits: str) -> int | str:
    """A number that is longer than any of Telegram's stays a text."""
    return int(digits) if len(digits) <= 20 else digits
