"""How Alembic runs the migrations: in the transaction that `bot.state.db.migrating` hands over."""

from alembic import context

from bot.state.db.migrating import SCHEMA_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=SCHEMA_TABLE)
context.run_migrations()
