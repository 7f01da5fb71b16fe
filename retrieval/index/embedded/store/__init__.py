"""Articles and passages in SQLite."""
