"""Telegram's HTML: escaping, the limits of a message, and parts packed into messages within them.

Limits: https://core.telegram.org/bots/api#sendmessage, and 32,767 bytes of markup.
"""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from bot.printable import harmless

MESSAGE_LENGTH: Final = 4096  # code points once the markup is parsed
MESSAGE_BYTES: Final = 32_767
MESSAGE_ENTITIES: Final = 99

_TAG = re.compile(r"<[^>]*>")


class Part(NamedTuple):
    """Markup that is never divided, and what stands between it and the part before it in the same message."""

    html: str
    joint: str = "\n\n"


Group = Sequence[Part]
"""Parts that stay in one message if one can carry them."""


def escape(text: str) -> str:
    """Text as HTML content or as a quoted attribute, without characters that steer or cannot be sent."""
    return html.escape(harmless(text), quote=False).replace('"', "&quot;")


def plain(message: str) -> str:
    """A message as its reader sees it: without markup, to send when the markup is refused."""
    return html.unescape(_TAG.sub("", message))


def fits(message: str) -> bool:
    """Whether Telegram takes the markup as one message."""
    return (
        len(plain(message)) <= MESSAGE_LENGTH
        and len(message.encode()) <= MESSAGE_BYTES
        and message.count("</") <= MESSAGE_ENTITIES
    )


def pack(groups: Iterable[Group]) -> list[str]:
    """As few messages as the limits allow, the parts in order; each part alone must be within the limits."""
    messages: list[str] = []
    for group in groups:
        whole = [Part(_joined(group), group[0].joint)]
        for part in whole if fits(whole[0].html) else group:
            longer = f"{messages[-1]}{part.joint}{part.html}" if messages else part.html
            if messages and fits(longer):
                messages[-1] = longer
            else:
                messages.append(part.html)
    return messages


def _joined(group: Group) -> str:
    first, *rest = group
    return first.html + "".join(part.joint + part.html for part in rest)
