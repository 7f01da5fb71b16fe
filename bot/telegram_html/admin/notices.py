"""Errors as admins are told of them: which kinds and how often, never with what a message held."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from bot.logs import form_of, is_ours
from bot.telegram_html.markup import escape
from bot.texts import Texts

_SHOWN: Final = 5
_MOST_KINDS: Final = 100
_LONGEST: Final = 200


class Errors(logging.Handler):
    """Counts what is logged as an error, by kind. Safe to use from several threads."""

    def __init__(self, tell: Callable[[], object]) -> None:
        """`tell` is called at each, from the thread that it comes from."""
        super().__init__(logging.ERROR)
        self._tell = tell
        self._counting = threading.Lock()
        self._kinds: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        with self._counting:
            kind = kind_of(record)
            if kind in self._kinds or len(self._kinds) < _MOST_KINDS:
                self._kinds[kind] += 1
        self._tell()

    def take(self) -> Mapping[str, int]:
        """What has come since the last time: kind -> how often."""
        with self._counting:
            taken, self._kinds = self._kinds, Counter()
        return taken


def kind_of(record: logging.LogRecord) -> str:
    """Our own sentence with what it is about left out; of a library no more than its name. Both with the exception's
    name: what stands in an exception may be what somebody wrote."""
    said = form_of(record) if is_ours(record) else record.name
    error = record.exc_info[0] if record.exc_info else None
    return f"{said[:_LONGEST]} ({error.__name__})" if error else said[:_LONGEST]


def notice_text(kinds: Mapping[str, int], texts: Texts) -> str:
    """The message in HTML, the most frequent first."""
    ranked = sorted(kinds.items(), key=lambda each: (-each[1], each[0]))
    lines = [escape(texts("notice-heading", count=sum(kinds.values())))]
    lines += [f"• {count} × {escape(kind)}" for kind, count in ranked[:_SHOWN]]
    if len(ranked) > _SHOWN:
        lines.append(escape(texts("notice-more", count=len(ranked) - _SHOWN)))
    return "\n".join(lines)
