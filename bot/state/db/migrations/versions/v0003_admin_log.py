"""What admins did; which question a document is to answer; of a question, what was searched, and which reply it got."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "admin_log",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("action", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("user_id", BigInteger),
        Column("name", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
    )
    op.create_index("admin_log_by_time", "admin_log", ["at"])
    op.create_table(
        "wanted",
        Column("user_id", BigInteger, primary_key=True, autoincrement=False),
        Column("question", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
    )
    for name in ("searched", "answer_id"):
        op.add_column("questions", Column(name, Text))
    op.create_index("questions_by_answer", "questions", ["answer_id"])
