"""Thumbs up and down: one vote a person an answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, func, select

from bot.state.answers import Kept, kept_from
from bot.state.db.clock import Clock
from bot.state.db.database import Database
from bot.state.db.schema import answers, feedback
from bot.state.pseudonyms import People


@dataclass(frozen=True, slots=True)
class Votes:
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class DownVoted:
    """An answer that somebody found bad; `kept.user_id` is None, `person` stands for who asked."""

    answer_id: str
    kept: Kept
    votes: Votes
    person: str | None
    last: datetime


class Feedback:
    """All methods raise StateError."""

    def __init__(self, database: Database, clock: Clock, people: People) -> None:
        self._database = database
        self._clock = clock
        self._people = people

    async def vote(self, answer_id: str, user_id: int, *, up: bool) -> bool:
        """A second vote takes the place of the first; False when there is no such answer any more."""
        vote = {"up": up, "at": self._clock()}
        row = self._database.insert(feedback).values(answer_id=answer_id, user_id=user_id, **vote)
        async with self._database.write() as connection:
            known = select(answers.c.id).where(answers.c.id == answer_id)
            if (await connection.execute(known)).first() is None:
                return False
            await connection.execute(
                row.on_conflict_do_update(index_elements=["answer_id", "user_id"], set_=vote)
            )
            return True

    async def votes(self, answer_id: str | None = None) -> Votes:
        """The votes on one answer, or on all."""
        query = select(_count(True), _count(False))
        async with self._database.read() as connection:
            only = query.where(feedback.c.answer_id == answer_id) if answer_id is not None else query
            return Votes(*(await connection.execute(only)).one())

    async def recent(self, younger_than: timedelta) -> Votes:
        """Those that were cast in this time, on all answers."""
        query = select(_count(True), _count(False)).where(feedback.c.at > self._clock() - younger_than)
        async with self._database.read() as connection:
            return Votes(*(await connection.execute(query)).one())

    async def downvoted(self, limit: int) -> list[DownVoted]:
        """Answers with a vote against them, the one that was voted on last first."""
        last = func.max(feedback.c.at, type_=feedback.c.at.type).label("last")
        query = (
            select(answers, _count(True).label("up"), _count(False).label("down"), last)
            .join(feedback, feedback.c.answer_id == answers.c.id)
            .group_by(answers.c.id)
            .having(_count(False) > 0)
            .order_by(last.desc(), answers.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [
            DownVoted(
                row["id"],
                kept_from({**row, "user_id": None}),
                Votes(row["up"], row["down"]),
                self._people.name(row["user_id"]),
                row["last"],
            )
            for row in rows
        ]

    async def purge(self, older_than: timedelta) -> int:
        async with self._database.write() as connection:
            query = delete(feedback).where(feedback.c.at <= self._clock() - older_than)
            return (await connection.execute(query)).rowcount


def _count(up: bool) -> ColumnElement[int]:
    return func.count(case((feedback.c.up.is_(up), 1)))
