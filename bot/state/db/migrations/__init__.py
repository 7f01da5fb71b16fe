"""Migrations of the state, run by Alembic when it is opened. A released one is never changed: add another."""
