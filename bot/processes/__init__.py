"""The bot's processes: the parent that starts it again, indexing and uploads beside it, and what waits between runs."""
