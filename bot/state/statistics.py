"""Figures over the log of questions and the votes: what `/stats` and the daily digest tell admins."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.db.database import Database
from bot.state.db.schema import questions
from bot.state.feedback import Feedback
from bot.state.questions import Day, QuestionLog

PERIOD: Final = timedelta(days=30)
TIMES_READ: Final = 10_000
_CITED: Final = 5

Writing = Literal["vi", "vi-bare", "en", "ru", "other"]
"""How a question was written; `vi-bare` is Vietnamese without its marks."""


@dataclass(frozen=True, slots=True)
class Cited:
    """How often an article was the first that an answer cited."""

    article_id: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Figures of the time from `until - period` to `until`. Where `keep_days` is 0, no question is written down.

    `people` do not include those who are unknown. `days` has those on which something was asked, in order, the first
    of them from the beginning of the period on. `p50_ms` and `p95_ms`, by nearest rank, are those of the latest
    `TIMES_READ` questions, None without any. `writings` and `cited` have the most frequent first; `cited` at most five.
    """

    until: datetime
    period: timedelta
    keep_days: int
    questions: int
    answered: int
    people: int
    days: tuple[Day, ...]
    p50_ms: float | None
    p95_ms: float | None
    writings: Mapping[Writing, int]
    cited: tuple[Cited, ...]
    up: int
    down: int


class Figures:
    """What works out statistics. All methods raise StateError."""

    def __init__(
        self,
        database: Database,
        log: QuestionLog,
        feedback: Feedback,
        keep_days: int,
        *,
        times_read: int = TIMES_READ,
    ) -> None:
        self._database = database
        self._log = log
        self._feedback = feedback
        self._keep_days = keep_days
        self._times_read = times_read

    async def of(self, period: timedelta = PERIOD) -> Statistics:
        """Of the time before now. Questions are kept for some days only, and a longer period is cut to these."""
        if self._keep_days:
            period = min(period, timedelta(days=self._keep_days))
        until = self._database.now()
        since = until - period
        days = tuple(await self._log.by_day(period))
        votes = await self._feedback.recent(period)
        async with self._database.read() as connection:
            times = await _times(connection, since, self._times_read)
            return Statistics(
                until=until,
                period=period,
                keep_days=self._keep_days,
                questions=sum(day.asked for day in days),
                answered=sum(day.answered for day in days),
                people=await _people(connection, since),
                days=days,
                p50_ms=nearest_rank(times, 0.5),
                p95_ms=nearest_rank(times, 0.95),
                writings=await _writings(connection, since),
                cited=await _cited(connection, since),
                up=votes.up,
                down=votes.down,
            )


def nearest_rank(values: Sequence[float], share: float) -> float | None:
    """The smallest of the values that at least `share` of them, above 0 and up to 1, do not exceed."""
    return sorted(values)[ceil(share * len(values)) - 1] if values else None


async def _people(connection: AsyncConnection, since: datetime) -> int:
    query = select(func.count(questions.c.user_id.distinct())).where(questions.c.at > since)
    return int((await connection.execute(query)).scalar_one())


async def _times(connection: AsyncConnection, since: datetime, limit: int) -> Sequence[float]:
    """Ranks are found here rather than there: SQLite has no function for them."""
    q = questions.c
    query = select(q.elapsed_ms).where(q.at > since).order_by(q.at.desc(), q.id.desc()).limit(limit)
    return (await connection.execute(query)).scalars().all()


async def _writings(connection: AsyncConnection, since: datetime) -> Mapping[Writing, int]:
    q = questions.c
    query = select(q.language, q.unaccented, func.count()).where(q.at > since)
    counts: Counter[Writing] = Counter()
    for language, unaccented, times in await connection.execute(query.group_by(q.language, q.unaccented)):
        counts[_writing(language, unaccented)] += times
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


async def _cited(connection: AsyncConnection, since: datetime) -> tuple[Cited, ...]:
    q, times = questions.c, func.count()
    query = (
        select(q.article_id, times)
        .where(q.at > since, q.answered.is_(True), q.article_id.is_not(None))
        .group_by(q.article_id)
        .order_by(times.desc(), func.max(q.at).desc(), q.article_id)
        .limit(_CITED)
    )
    return tuple([Cited(*row) for row in await connection.execute(query)])


def _writing(language: str, unaccented: bool) -> Writing:
    match language:
        case "vi":
            return "vi-bare" if unaccented else "vi"
        case "en" | "ru":
            return language
    return "other"
