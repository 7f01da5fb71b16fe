"""An update as Telegram's JSON -> an Update of the library, whatever else stands in it."""

import json
import re
from typing import Final

from telegram import Bot, Update

from bot.on_telegram.updates.json_fields import Json, number
from bot.on_telegram.updates.update_fields import READERS

KINDS: Final = tuple(READERS)
"""The kinds of updates that are asked for."""
_NAME = re.compile(r"[a-z_]{1,40}")


def number_of(body: object) -> int | None:
    """The update's number, by which it is acknowledged; None where it has none that can be."""
    found = number(body.get("update_id")) if isinstance(body, dict) else None
    return found if found is not None and 0 < found < 2**63 - 1 else None


def kind_of(body: object) -> str:
    """The name of what the update holds, such as `message`; its content is in no name."""
    names = [name for name in body if name != "update_id"] if isinstance(body, dict) else []
    found = next((kind for kind in KINDS if kind in names), next(iter(names), ""))
    return found if _NAME.fullmatch(found) else "unknown"


def read(body: Json, bot: Bot) -> Update | None:
    """What the bot uses of the update; None where it is of no kind that it answers, or lacks what it needs.

    The library reads no more than that: one field that it cannot read would cost it the whole update.
    """
    kind, which = kind_of(body), number_of(body)
    if which is None or kind not in READERS:
        return None
    try:
        found = READERS[kind](body[kind])
        return Update.de_json({"update_id": which, kind: found}, bot) if found else None
    except Exception:  # of any kind: nothing that comes from outside may end the bot
        return None


def payload_of(body: Json) -> str:
    """The update as it came, in one form: sent again it is the same. Raises ValueError where it has none."""
    try:
        return json.dumps(body, sort_keys=True, separators=(",", ":"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
