"""A conversation keeps what it has been about, in each topic of a forum; those of before end, as after half an hour."""

from alembic import op
from sqlalchemy import BigInteger, Column, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.drop_table("conversations")
    op.create_table(
        "conversations",
        Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
        Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("context", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
    )
