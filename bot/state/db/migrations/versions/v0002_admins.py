"""Invites, those they let in, admins who have opened the bot, and who gets a daily digest."""

from alembic import op
from sqlalchemy import BigInteger, Column, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "invites",
        Column("digest", Text, primary_key=True),
        Column("label", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
    )
    op.create_table(
        "guests",
        Column("name", Text, primary_key=True),
        Column("label", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
    )
    op.create_table(
        "digests",
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("next_at", BigInteger, nullable=False),
    )
    op.create_table(
        "admins",
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("language", Text),
    )
