"""What an error may say in a log: nothing that could be what somebody wrote."""

import re
from pathlib import Path

from telegram.error import TelegramError

from bot.state.errors import StateError
from retrieval.errors import IndexUnusable, ModelError

_LONGEST = 300
_NOT_TO_BE_SAID = re.compile(
    r"\. Parsing the server response .*|\. The server response contained unknown parameters.*"
    r"|(?<=HTTP implementation: )(?P<kind>\w+).*",
    re.DOTALL,
)
_QUOTED = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|“[^”]*”|«[^»]*»")
_OUR_WORDS = (StateError, IndexUnusable, ModelError)
"""Sentences of ours on things of ours. Those of others name what was sent: a file, an address."""


def reason(error: BaseException) -> str:
    """One line of bearable length: no gateway's page, nothing that Telegram quotes, and of an exception that is
    neither a failure of Telegram's nor one of our sentences its kind."""
    if isinstance(error, TelegramError):
        plain = _NOT_TO_BE_SAID.sub(lambda found: found["kind"] or "", error.message)
        said = " ".join(_QUOTED.sub("…", plain).split())
    elif isinstance(error, _OUR_WORDS):
        said = " ".join(str(error).split())
    elif isinstance(error, OSError) and error.strerror:
        where = f" in {Path(str(error.filename)).parent}" if error.filename else ""
        said = f"{error.strerror}{where}"
    else:
        said = type(error).__name__
    return said if len(said) <= _LONGEST else said[:_LONGEST] + "…"
