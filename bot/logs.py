"""Logging to stderr, one format, in which a secret never appears."""

import logging
import sys


class _Redacting(logging.Formatter):
    """Hides the token wherever a library put it: in messages, addresses, tracebacks."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace(self._secret, "<token>")


def log_to_stderr(level: str, secret: str) -> None:
    """Everything from `level` up goes to stderr, without `secret`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(secret))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # Both would say the same for every request.
    for name in ("httpx", "httpcore", "telegram.ext.AIORateLimiter"):
        logging.getLogger(name).setLevel(logging.WARNING)
