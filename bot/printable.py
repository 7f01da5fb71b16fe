"""Text from outside made harmless where it is shown: names, titles, paths and reasons may hold anything.

Control characters steer a terminal, and directional ones make what follows read backwards: so a file of one kind looks
like one of another. In JSON they are escaped: there they still mean the same.
"""

import json
import re
import sys
from typing import TextIO

from retrieval.text.addresses import without_password

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")
_LINE_END = re.compile(r"[\x0b\x0c\x1c-\x1e\x85]")
# Lone surrogates cannot be written as UTF-8, and some readers end a line at NEL, LS and PS.
# All of them can only stand inside JSON strings, where an escape means the same character.
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """`text` without the power to steer a terminal: control characters become visible stand-ins."""
    return _CONTROL.sub(_stand_in, _DIRECTION.sub("", text))


def harmless(text: str) -> str:
    """`text` as a chat may show it: lines and tabs stay, other control characters and directional ones go.

    Each character by itself, so that pieces may be joined before or after.
    """
    lines = _LINE_END.sub("\n", _DIRECTION.sub("", text))
    return _CONTROL.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else "", lines)


def say(text: str, to: TextIO | None = None) -> None:
    """Prints a line that may hold names from outside, on stdout unless another stream is given."""
    print(printable(text), file=to if to is not None else sys.stdout, flush=True)


def complain(text: str) -> None:
    """The same on stderr, for errors: what libraries say may hold the bot's token or the password of an address."""
    say(without_secrets(text), to=sys.stderr)


def without_secrets(text: str) -> str:
    """`text` without what looks like a bot's token, and without user names and passwords in addresses."""
    return without_password(_TOKEN.sub("<token>", text))


def json_line(values: object, *, surrogates: bool = False) -> str:
    """`values` as one line of JSON that can be written in UTF-8 and steers no terminal.

    A lone surrogate becomes a question mark, or with `surrogates` an escape, which not every reader takes.
    """
    line = json.dumps(values, ensure_ascii=False, allow_nan=False)
    line = line if surrogates else line.encode("utf-8", "replace").decode()
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures block: ESC is shown as one character
    return "\u2421" if code == 0x7F else "\ufffd"
