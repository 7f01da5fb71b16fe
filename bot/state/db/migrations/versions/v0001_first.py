"""The first tables."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, Text

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("facts", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
    op.create_table(
        "preferences",
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("language", Text, nullable=False),
    )
    _updates()
    _answers()
    _conversations()
    _questions()


def _updates() -> None:
    op.create_table(
        "updates",
        Column("update_id", BigInteger, primary_key=True, autoincrement=False),
        Column("chat_id", BigInteger),
        Column("stage", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("payload", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
    )
    op.create_index("updates_by_time", "updates", ["at"])


def _answers() -> None:
    op.create_table(
        "answers",
        Column("id", Text, primary_key=True),
        Column("chat_id", BigInteger, nullable=False),
        Column("user_id", BigInteger),
        Column("asked_in", BigInteger, nullable=False),
        *(Column(name, Text, nullable=False) for name in ("replied_in", "question", "searched")),
        *(Column(name, Text, nullable=False) for name in ("language", "generation", "options")),
        Column("at", BigInteger, nullable=False),
    )
    op.create_index("answers_by_message", "answers", ["chat_id", "asked_in"])
    op.create_index("answers_by_user", "answers", ["user_id"])
    op.create_index("answers_by_time", "answers", ["at"])


def _conversations() -> None:
    op.create_table(
        "conversations",
        Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("question", Text, nullable=False),
        Column("searched", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
    )
    op.create_table(
        "feedback",
        Column("answer_id", Text, primary_key=True),
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("up", Boolean, nullable=False),
        Column("at", BigInteger, nullable=False),
    )


def _questions() -> None:
    op.create_table(
        "questions",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("question", Text, nullable=False),
        Column("language", Text, nullable=False),
        Column("unaccented", Boolean, nullable=False),
        Column("answered", Boolean, nullable=False),
        Column("confidence", Float, nullable=False),
        Column("article_id", Text),
        Column("elapsed_ms", Float, nullable=False),
        Column("generation", Text),
        Column("chat_kind", Text, nullable=False),
        Column("user_id", BigInteger),
        Column("at", BigInteger, nullable=False),
    )
    op.create_index("questions_by_user", "questions", ["user_id"])
    op.create_index("questions_by_time", "questions", ["at"])
