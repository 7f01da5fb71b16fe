"""What a failure of Telegram's may say in a log: no gateway's page, and nothing that Telegram quotes."""

import re

from telegram.error import TelegramError

from bot.logs import may_say

_NOT_TO_BE_SAID = re.compile(
    r"\. Parsing the server response .*|\. The server response contained unknown parameters.*"
    r"|(?<=HTTP implementation: )(?P<kind>\w+).*",
    re.DOTALL,
)
_QUOTED = re.compile(r"\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|“[^”]*”|«[^»]*»")


@may_say.register
def of_telegram(error: TelegramError) -> str:
    """Telegram's own words for what it refuses, without those of others in them."""
    plain = _NOT_TO_BE_SAID.sub(lambda found: found["kind"] or "", error.message)
    return " ".join(_QUOTED.sub("…", plain).split())
