"""Logging to stderr, one format, in which a secret never appears."""

import logging
import sys
import warnings
from urllib.parse import quote

from telegram.warnings import PTBDeprecationWarning

_HIDDEN = "<token>"
_SAID_BY_US = ("telegram.request.BaseRequest", "telegram.ext.AIORateLimiter")
"""What these report, with a traceback, they also raise: our own line tells of it."""
_TALKATIVE = ("httpx", "httpcore")
"""A line for every request."""


class _Redacting(logging.Formatter):
    """Hides the token wherever a library put it: in messages, addresses, tracebacks."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        after_bot_id = secret.partition(":")[2]
        forms = {secret, quote(secret, safe=""), *([after_bot_id] if len(after_bot_id) > 8 else [])}
        self._secrets = sorted(forms, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return line


def log_to_stderr(level: str, secret: str) -> None:
    """Everything from `level` up goes to stderr, without `secret`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(secret))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)  # of what the library itself calls
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _SAID_BY_US:
        logging.getLogger(name).setLevel(logging.CRITICAL)
