"""The bot's state: all that is remembered, opened and closed as one."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, select, update

from bot.state.admin_log import AdminLog
from bot.state.admins import KnownAdmins
from bot.state.answers import Answers
from bot.state.conversations import Conversations
from bot.state.db.database import Clock, Database, utc_now
from bot.state.db.opening import open_database
from bot.state.db.schema import (
    admin_log,
    admins,
    answers,
    conversations,
    digests,
    feedback,
    preferences,
    questions,
    updates,
    wanted,
)
from bot.state.digests import Digests
from bot.state.feedback import Feedback
from bot.state.guests import Guests
from bot.state.journal import Journal
from bot.state.preferences import Preferences
from bot.state.pseudonyms import Pseudonyms
from bot.state.questions import QuestionLog
from bot.state.statistics import Figures
from bot.state.wanted import WantedAnswers

_PERSONAL = (preferences, answers, conversations, feedback, questions, digests, admins, wanted)

_BUTTONS_WORK = timedelta(days=30)
_CONVERSATION_LASTS = timedelta(days=1)
_UPDATES_ARE_KNOWN = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class State:
    """Several processes may have one state open. All methods, its parts' too, raise StateError."""

    preferences: Preferences
    journal: Journal
    answers: Answers
    conversations: Conversations
    feedback: Feedback
    questions: QuestionLog
    people: Pseudonyms
    guests: Guests
    admins: KnownAdmins
    digests: Digests
    statistics: Figures
    admin_log: AdminLog
    wanted: WantedAnswers
    _database: Database
    _keep_days: int

    @classmethod
    async def open(
        cls, where: str | Path, *, clock: Clock = utc_now, keep_questions_days: int = 90
    ) -> "State":
        """The state at `where`, the path of a SQLite file or the address of a database; a new one is made.

        Raises:
            StateError: it cannot be reached, is damaged, or was made by a newer program.
        """
        database = await open_database(where, clock)
        try:
            return await cls._of(database, keep_questions_days)
        except BaseException:
            await database.close()
            raise

    @classmethod
    async def _of(cls, database: Database, keep_questions_days: int) -> "State":
        people = await Pseudonyms.load(database)
        votes = Feedback(database, people)
        log = QuestionLog(database, people, keep_questions_days)
        return cls(
            preferences=Preferences(database),
            journal=Journal(database),
            answers=Answers(database),
            conversations=Conversations(database),
            feedback=votes,
            questions=log,
            people=people,
            guests=await Guests.load(database, people),
            admins=await KnownAdmins.load(database),
            digests=Digests(database),
            statistics=Figures(database, log, votes, keep_questions_days),
            admin_log=AdminLog(database),
            wanted=WantedAnswers(database),
            _database=database,
            _keep_days=keep_questions_days,
        )

    async def forget(self, user_id: int) -> int:
        """Deletes everything that is kept of a person; says how many rows that were.

        Votes of others on the person's answers stay. A question that is on its way keeps its text until it is done.
        """
        self.conversations.forget_person(user_id)
        self.admins.forget(user_id)
        async with self._database.write(durable=True) as connection:
            gone = [
                await connection.execute(delete(table).where(table.c.user_id == user_id))
                for table in _PERSONAL
            ]
            theirs = update(admin_log).where(admin_log.c.user_id == user_id)  # what was done stays
            gone.append(await connection.execute(theirs.values(user_id=None, name="")))
        return sum(each.rowcount for each in gone)

    async def follow_chat(self, old: int, new: int) -> None:
        """A group has become a supergroup, which has another id: what was kept of the one is of the other."""
        self.conversations.forget_chat(old)
        await self.guests.follow(old, new)
        async with self._database.write(durable=True) as connection:
            people = select(conversations.c.user_id).where(conversations.c.chat_id == old)
            newer = (conversations.c.chat_id == new, conversations.c.user_id.in_(people))
            await connection.execute(delete(conversations).where(*newer))
            for table in (conversations, answers, updates):
                moved = update(table).where(table.c.chat_id == old).values(chat_id=new)
                await connection.execute(moved)

    async def purge(self) -> int:
        """Deletes what is too old, to be called once a day; says how many rows that were.

        Answers hold questions too: they are kept for their buttons, but no longer than the log of questions, or,
        where there is none, for a day.
        """
        logged = timedelta(days=self._keep_days)
        shown = min(_BUTTONS_WORK, logged or timedelta(days=1))
        return (
            await self.questions.purge(logged)
            + await self.answers.purge(shown)
            + await self.feedback.purge(logged or shown)
            + await self.conversations.purge(_CONVERSATION_LASTS)
            + await self.journal.purge(_UPDATES_ARE_KNOWN)
            + await self.guests.purge()
            + await self.admin_log.purge()
            + await self.wanted.purge()
        )

    async def close(self) -> None:
        await self._database.close()
