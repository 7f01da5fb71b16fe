"""The tables as this version of the program knows them; `migrations` brings a database to them, step by step."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, Table, Text

from bot.state.db.columns import AnyText, Moment, Structure

metadata = MetaData()

facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", AnyText, nullable=False),
)

updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("stage", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("payload", AnyText, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("updates_by_time", "at"),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger),
    Column("asked_in", BigInteger, nullable=False),
    Column("replied_in", Structure, nullable=False),
    Column("question", AnyText, nullable=False),
    Column("searched", AnyText, nullable=False),
    Column("language", AnyText, nullable=False),
    Column("generation", AnyText, nullable=False),
    Column("options", Structure, nullable=False),
    Column("at", Moment, nullable=False),
    Index("answers_by_message", "chat_id", "asked_in"),
    Index("answers_by_user", "user_id"),
    Index("answers_by_time", "at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("context", Structure, nullable=False),
    Column("at", Moment, nullable=False),
)

# A vote stays when its answer is gone: it is another person's, and it counts.
feedback = Table(
    "feedback",
    metadata,
    Column("answer_id", Text, primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("up", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("question", AnyText, nullable=False),
    Column("language", AnyText, nullable=False),
    Column("unaccented", Boolean, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("article_id", AnyText),
    Column("elapsed_ms", Float, nullable=False),
    Column("generation", AnyText),
    Column("chat_kind", AnyText, nullable=False),
    Column("user_id", BigInteger),
    Column("at", Moment, nullable=False),
    Column("searched", AnyText),
    Column("answer_id", Text),
    Index("questions_by_user", "user_id"),
    Index("questions_by_time", "at"),
    Index("questions_by_answer", "answer_id"),
)

# An invite is known by the digest of its token: who reads the database can open nothing with it.
invites = Table(
    "invites",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("label", AnyText, nullable=False),
    Column("at", Moment, nullable=False),
)

# Who was let in by an invite: users and chats by names that cannot be turned back into ids (see `people`).
guests = Table(
    "guests",
    metadata,
    Column("name", Text, primary_key=True),
    Column("label", AnyText, nullable=False),
    Column("at", Moment, nullable=False),
)

admins = Table(
    "admins",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", AnyText),
)

digests = Table(
    "digests",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("next_at", Moment, nullable=False),
)

# What admins did. Who was forgotten since has neither id nor name.
admin_log = Table(
    "admin_log",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("action", Text, nullable=False),
    Column("subject", AnyText, nullable=False),
    Column("user_id", BigInteger),
    Column("name", AnyText, nullable=False),
    Column("at", Moment, nullable=False),
    Index("admin_log_by_time", "at"),
)

# The question that the next document of an admin is to answer.
wanted = Table(
    "wanted",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("question", AnyText, nullable=False),
    Column("at", Moment, nullable=False),
)
