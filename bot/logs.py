"""Logging to stderr, one format, in which neither a secret nor, unless it is wished, what people write appears."""

import logging
import sys
import warnings
from urllib.parse import quote

from telegram.warnings import PTBDeprecationWarning

from bot.printable import printable
from retrieval.addresses import without_user
from retrieval.article import Answer

_HIDDEN = "<token>"
_OURS = ("bot", "config", "retrieval")
_LONGEST_QUESTION = 300
_SAID_BY_US = ("telegram.request.BaseRequest", "telegram.ext.AIORateLimiter")
"""What these report, with a traceback, they also raise: our own line tells of it."""
_TALKATIVE = ("httpx", "httpcore", "alembic")
"""A line for every request, several for every start."""

_log = logging.getLogger(__name__)


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
        return printable(without_user(line))


def log_to_stderr(level: str, secret: str, *, questions: bool = False) -> None:
    """Everything from `level` up goes to stderr, without `secret`.

    Unless `questions` may be logged, libraries are kept from `debug`: there Telegram's writes out whole updates, the
    database's every value, and of the next one nobody knows.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(secret))
    ours = logging.getLevelNamesMapping()[level.upper()]
    theirs = ours if questions else max(ours, logging.INFO)
    logging.basicConfig(level=theirs, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)  # of what the library itself calls
    for name in _OURS:
        logging.getLogger(name).setLevel(ours)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _SAID_BY_US:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def log_answer(answer: Answer, *, in_words: bool) -> None:
    """One line for a question that was answered or refused: at info with its words where the setting
    TRICHDAN_LOG_QUESTIONS allows them (`in_words`), else at debug without."""
    outcome = "answered" if answer.answered else answer.reason or "refused"
    took = answer.elapsed_ms.get("total", 0.0)
    said = "Question in %s, %s, confidence %.2f, %.0f ms"
    if in_words:
        words = " ".join(answer.question.split())[:_LONGEST_QUESTION]
        _log.info(f"{said}: %s", answer.language, outcome, answer.confidence, took, words)
    else:
        _log.debug(said, answer.language, outcome, answer.confidence, took)
