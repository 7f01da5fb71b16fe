"""Logging to stderr, as text or as JSON, in which neither a secret nor what people write appears.

Of a library's line the form is shown, without what it fills in, and of an exception its kind and where it came from:
either may hold a whole update. Only a question's own line has its words, where a setting allows it (`log_answer`).
"""

import asyncio
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import singledispatch
from pathlib import Path
from types import TracebackType
from typing import Any, Literal
from urllib.parse import quote

from bot.printable import printable
from retrieval.article import Answer
from retrieval.errors import IndexUnusable, ModelError
from retrieval.text.addresses import without_user

_HIDDEN = "<token>"
_OURS = ("bot", "config", "retrieval")
_LONGEST_QUESTION = 300
_LONGEST_REASON = 300
_SAID_BY_US = ("telegram.request.BaseRequest",)
"""What it reports, with a traceback, it also raises: our own line tells of it."""
_TALKATIVE = ("httpx", "httpcore", "alembic")
"""A line for every request, several for every start."""
_PLACEHOLDER = re.compile(r"%(?:\([^)]*\))?[-#0-9.+ ]*[a-zA-Z]")
_WARNING = re.compile(r"(?P<file>[^\n]*?):(?P<line>\d+): (?P<kind>\w+):")

_log = logging.getLogger(__name__)
_request: ContextVar[str] = ContextVar("request", default="")


def unheard(*_: object) -> None:
    """For what may be told to somebody who counts, where nobody does."""


@contextmanager
def as_request(name: str) -> Iterator[None]:
    """Meanwhile every line of the log names this request, in whatever task or thread that goes on from here."""
    token = _request.set(name)
    try:
        yield
    finally:
        _request.reset(token)


class _Formatter(logging.Formatter):
    """Hides the token wherever a library put it, and what people write."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        after_bot_id = secret.partition(":")[2]
        forms = {secret, quote(secret, safe=""), *([after_bot_id] if len(after_bot_id) > 8 else [])}
        self._secrets = sorted(forms, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        request = f" [{_request.get()}]" if _request.get() else ""
        line = f"{self.formatTime(record)}{request} {record.levelname} {record.name}: {self._said(record)}"
        return "\n".join([line, *self._frames(record)])

    def _said(self, record: logging.LogRecord) -> str:
        return self._clean(_ours(record) if is_ours(record) else _theirs(record))

    def _frames(self, record: logging.LogRecord) -> list[str]:
        error = record.exc_info[1] if record.exc_info else None
        return [self._clean(line) for line in _frames(error)] if error else []

    def _clean(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return printable(without_user(line))


class _JsonFormatter(_Formatter):
    """One object a line: `time` (ISO, UTC), `level`, `logger`, `message`, and perhaps `request` and `trace`."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._said(record),
            "request": _request.get(),
            "trace": "\n".join(self._frames(record)),
        }
        return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)


def log_to_stderr(level: str, secret: str, form: Literal["text", "json"] = "text") -> None:
    """Everything from `level` up goes to stderr, without `secret`; of libraries nothing from `debug`.

    So does what nobody caught, in whatever thread or task it happened.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((_JsonFormatter if form == "json" else _Formatter)(secret))
    ours = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=max(ours, logging.INFO), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(ours)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _SAID_BY_US:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    threading.excepthook = lambda hook: _uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)
    sys.unraisablehook = lambda hook: _uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)
    sys.excepthook = _uncaught


def log_task_errors(_: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """For an event loop: what a task ended with that nobody waits for."""
    _log.error("Something beside the answers failed", exc_info=context.get("exception"))


def reason(error: BaseException) -> str:
    """One line of bearable length: what `may_say` says of the error."""
    said = " ".join(may_say(error).split())
    return said if len(said) <= _LONGEST_REASON else said[:_LONGEST_REASON] + "…"


@singledispatch
def may_say(error: BaseException) -> str:
    """The kind of an error alone, unless its type is registered here, by whoever knows what its sentences hold.

    Sentences of ours on things of ours may be said; those on things of others name what was sent: a file, an address.
    """
    return type(error).__name__


@may_say.register
def _of_system(error: OSError) -> str:
    if not error.strerror:
        return type(error).__name__
    where = f" in {Path(str(error.filename)).parent}" if error.filename else ""
    return f"{error.strerror}{where}"


may_say.register(IndexUnusable, str)
may_say.register(ModelError, str)


def is_ours(record: logging.LogRecord) -> bool:
    """Whether a line is of our own making."""
    return record.name.partition(".")[0] in _OURS and isinstance(record.msg, str)


def form_of(record: logging.LogRecord) -> str:
    """What a line says, without what it is filled in with."""
    return _PLACEHOLDER.sub("…", str(record.msg))


def _ours(record: logging.LogRecord) -> str:
    """Our own sentence; an error in it says no more than it may."""
    given = record.args if isinstance(record.args, tuple) else ()
    safe = tuple(reason(each) if isinstance(each, BaseException) else each for each in given)
    return str(record.msg) % safe if safe else record.getMessage()


def _theirs(record: logging.LogRecord) -> str:
    if record.name == "py.warnings":
        warning = _WARNING.match(record.getMessage())
        return f"{warning['kind']} ({Path(warning['file']).name}:{warning['line']})" if warning else "…"
    # Without anything filled in, the text may have been put together before; this library never does that.
    known = bool(record.args) or record.name.startswith("telegram.")
    return f"{form_of(record) if known else '…'} ({record.filename}:{record.lineno})"


def _frames(error: BaseException) -> Iterator[str]:
    """Where an exception came from, the first one first, without what any of them says."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from _frames(before)
        yield "which led to:"
    yield "Traceback (most recent call last):"
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    yield (
        reason(error) if reason(error) == type(error).__name__ else f"{type(error).__name__}: {reason(error)}"
    )


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    _log.critical("Something failed that nobody expected", exc_info=(kind, error or kind(), trace))


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
