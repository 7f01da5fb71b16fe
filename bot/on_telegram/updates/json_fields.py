"""Values out of Telegram's JSON, one at a time. Every function returns None for what cannot be read."""

import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

_NUMBER = re.compile(r"-?[0-9]{1,19}")


def number(value: object) -> int | None:
    """A whole number of 64 bits, also where it is written as a text."""
    if isinstance(value, float):
        value = str(int(value)) if value.is_integer() else None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if -(2**63) <= value < 2**63 else None


def words(value: object) -> str | None:
    """A text that can be written down and sent: halves of characters are replaced."""
    if not isinstance(value, str):
        return None
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def identifier(value: object) -> str | None:
    """An id that is a text, also where it is written as a number; none is empty."""
    plain = str(value) if isinstance(value, int) and not isinstance(value, bool) else words(value)
    return plain or None


def taken(value: Json, read: Callable[[object], Any], *names: str) -> Json:
    """Those of the fields that are there and can be read."""
    found = {name: read(value[name]) for name in names if value.get(name) is not None}
    return {name: each for name, each in found.items() if each is not None}
