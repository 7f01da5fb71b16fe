"""Thumbs up and down: one vote a person an answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select

from bot.state.answers import Kept, kept_from
from bot.state.db.database import Database
from bot.state.db.schema import answers, feedback
from bot.state.pseudonyms import Pseudonyms


@dataclass(frozen=True, slots=True)
class Votes:
    """How many found an answer, or all, good and how many bad."""

    up: int
    down: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DownVoted:
    """An answer that somebody found bad; `kept.user_id` is None, `person` stands for who asked."""

    answer_id: str
    kept: Kept
    votes: Votes
    person: str | None
    last: datetime


class Feedback:
    """The votes. All methods raise StateError."""

    def __init__(self, database: Database, people: Pseudonyms) -> None:
        self._database = database
        self._people = people

    async def vote(self, answer_id: str, user_id: int, *, up: bool) -> bool:
        """A second vote takes the place of the first; False when there is no such answer any more."""
        vote = {"up": up, "at": self._database.now()}
        row = self._database.upsert(feedback, {"answer_id": answer_id, "user_id": user_id}, vote)
        async with self._database.write() as connection:
            known = select(answers.c.id).where(answers.c.id == answer_id)
            if (await connection.execute(known)).first() is None:
                return False
            await connection.execute(row)
            return True

    async def recent(self, younger_than: timedelta) -> Votes:
        """Those that were cast in this time, on all answers."""
        query = select(_count(True), _count(False)).where(feedback.c.at > self._database.now() - younger_than)
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
                answer_id=row["id"],
                kept=kept_from({**row, "user_id": None}),
                votes=Votes(row["up"], row["down"]),
                person=self._people.name(row["user_id"]),
                last=row["last"],
            )
            for row in rows
        ]

    async def purge(self, older_than: timedelta) -> int:
        return await self._database.purge(feedback, older_than)


def _count(up: bool) -> ColumnElement[int]:
    return func.count(case((feedback.c.up.is_(up), 1)))
