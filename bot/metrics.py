"""What the bot has done and how it stands, counted for Prometheus."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from retrieval.article import Answer

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LANGUAGES = ("vi", "en", "ru")
"""Others count as `other`: labels are few."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How things stand when they are asked for: each gives a number, or None where nobody can tell."""

    waiting: Callable[[], int]
    index_made: Callable[[], datetime | None]
    backlog: Callable[[], Awaitable[int | None]]


class Metrics:
    """Counters since the start of the process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "trichdan_questions",
            "Questions by what became of them: sure, unsure, refused, chitchat, invalid.",
            ("outcome", "language"),
            registry=self._registry,
        )
        self._stages = Histogram(
            "trichdan_answer_stage_seconds",
            "Seconds that each stage of an answer took; `total` is all of them.",
            ("stage",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._sends = Counter(
            "trichdan_telegram_calls",
            "Calls of the Bot API by method and HTTP status, or the kind of error where there is none.",
            ("method", "result"),
            registry=self._registry,
        )
        self._logged = Counter(
            "trichdan_log_lines", "Lines of the log from warning up.", ("level",), registry=self._registry
        )
        self._waiting = Gauge(
            "trichdan_questions_waiting",
            "Questions that are being answered or wait for it.",
            registry=self._registry,
        )
        self._age = Gauge(
            "trichdan_index_age_seconds", "Since the index in service was made.", registry=self._registry
        )
        self._backlog = Gauge(
            "trichdan_journal_backlog",
            "Updates that were taken down and are not done.",
            registry=self._registry,
        )

    def answered(self, answer: Answer) -> None:
        """A question was answered, refused, or none."""
        language = answer.language if answer.language in _LANGUAGES else "other"
        self._questions.labels(outcome_of(answer), language).inc()
        for stage, milliseconds in answer.elapsed_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)

    def called(self, method: str, result: str) -> None:
        """A call of the Bot API has ended."""
        self._sends.labels(method, result).inc()

    def log_handler(self) -> logging.Handler:
        """Counts lines of the log."""
        return _Counting(self._logged)

    async def text(self, standing: Standing) -> bytes:
        """All of it, in Prometheus' text format."""
        self._waiting.set(standing.waiting())
        if made := standing.index_made():
            self._age.set((datetime.now(UTC) - made).total_seconds())
        if (backlog := await standing.backlog()) is not None:
            self._backlog.set(backlog)
        return generate_latest(self._registry)


def outcome_of(answer: Answer) -> str:
    """sure, unsure or refused for a question, else the kind of what was written."""
    if answer.kind != "question":
        return answer.kind
    if not answer.answered:
        return "refused"
    return "unsure" if answer.unsure else "sure"


class _Counting(logging.Handler):
    def __init__(self, counter: Counter) -> None:
        super().__init__(logging.WARNING)
        self._counter = counter

    def emit(self, record: logging.LogRecord) -> None:
        self._counter.labels(record.levelname.lower()).inc()
