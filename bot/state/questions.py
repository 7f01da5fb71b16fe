"""The log of questions: what was asked, what in vain. Its length in days is a setting; at 0 nothing is written."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, insert, select

from bot.state.db.columns import day_of
from bot.state.db.database import Database
from bot.state.db.schema import feedback, questions
from bot.state.pseudonyms import Pseudonyms


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and what became of it. `article_id` is the best excerpt's; `chat_kind` is `private`, `group` ...

    `searched` is what was searched, where that is not the question as it stands; `answer_id` that of the reply.
    """

    question: str
    language: str
    unaccented: bool
    answered: bool
    confidence: float
    article_id: str | None
    elapsed_ms: float
    generation: str | None
    chat_kind: str
    user_id: int | None
    searched: str | None = None
    answer_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredQuestion:
    """A question that was asked in vain, word for word, and what was searched for it, where that is something else:
    how often, by whom, when last, and of which index then; and how many say that the articles do answer it."""

    question: str
    searched: str | None = None
    language: str
    unaccented: bool
    times: int
    askers: frozenset[str]
    last: datetime
    generation: str | None
    disputed: int = 0

    @property
    def meaning(self) -> str:
        """The question as it was meant: a follow-up says little by itself."""
        return self.searched or self.question


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The questions of one day in UTC; `mean_ms` is how long an answer took."""

    day: date
    asked: int
    answered: int
    people: int
    mean_ms: float


class QuestionLog:
    """The rows of the log; `keep_days` 0 keeps none. All methods raise StateError."""

    def __init__(self, database: Database, people: Pseudonyms, keep_days: int) -> None:
        self._database = database
        self._people = people
        self._keep_days = keep_days

    async def add(self, asked: Asked) -> None:
        if self._keep_days:
            row = {"at": self._database.now(), **asdict(asked)}
            await self._database.execute(insert(questions), row)

    async def unanswered(self, younger_than: timedelta, limit: int) -> list[UnansweredQuestion]:
        """What was asked in vain, the most frequent first."""
        q = questions.c
        times, last = func.count().label("times"), func.max(q.at, type_=q.at.type).label("last")
        meant = func.coalesce(q.searched, q.question)
        in_vain = (q.answered.is_(False), q.at > self._database.now() - younger_than)
        most_frequent = (
            select(meant)
            .where(*in_vain)
            .group_by(meant)
            .order_by(times.desc(), last.desc(), meant)
            .limit(limit)
        )
        by_person = (
            select(q.question, q.searched, q.language, q.unaccented, q.user_id, q.generation, times, last)
            .where(*in_vain, meant.in_(most_frequent))
            .group_by(q.question, q.searched, q.language, q.unaccented, q.user_id, q.generation)
        )
        against = (
            select(q.question, q.searched, func.count(feedback.c.user_id.distinct()))
            .join(feedback, feedback.c.answer_id == q.answer_id)
            .where(*in_vain, feedback.c.up.is_(False))
            .group_by(q.question, q.searched)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(by_person)).all()
            disputed = {(row[0], row[1]): row[2] for row in await connection.execute(against)}
        gaps = [self._gap(own, disputed.get(words, 0)) for words, own in _by_question(rows).items()]
        return sorted(gaps, key=lambda gap: (-gap.times, -gap.last.timestamp(), gap.meaning))

    def _gap(self, rows: Sequence[Any], disputed: int) -> UnansweredQuestion:
        """Of all rows of one question."""
        latest = max(rows, key=lambda row: row.last)
        askers = (self._people.name(row.user_id) for row in rows)
        return UnansweredQuestion(
            question=latest.question,
            searched=latest.searched,
            language=latest.language,
            unaccented=latest.unaccented,
            times=sum(row.times for row in rows),
            askers=frozenset(filter(None, askers)),
            last=latest.last,
            generation=latest.generation,
            disputed=disputed,
        )

    async def by_day(self, younger_than: timedelta) -> list[Day]:
        """The days on which something was asked, in order."""
        q = questions.c
        first = func.min(q.at, type_=q.at.type)
        answered = func.count(case((q.answered, 1)))
        query = (
            select(first, func.count(), answered, func.count(q.user_id.distinct()), func.avg(q.elapsed_ms))
            .where(q.at > self._database.now() - younger_than)
            .group_by(day_of(q.at))
            .order_by(first)
        )
        async with self._database.read() as connection:
            return [
                Day(
                    day=moment.astimezone(UTC).date(),
                    asked=asked,
                    answered=replied,
                    people=people,
                    mean_ms=float(mean),
                )
                for moment, asked, replied, people, mean in await connection.execute(query)
            ]

    async def purge(self, older_than: timedelta) -> int:
        """Forgets older ones; says how many."""
        return await self._database.purge(questions, older_than)


def _by_question(rows: Iterable[Any]) -> dict[tuple[str, str | None], list[Any]]:
    found: dict[tuple[str, str | None], list[Any]] = {}
    for row in rows:
        found.setdefault((row.question, row.searched), []).append(row)
    return found
