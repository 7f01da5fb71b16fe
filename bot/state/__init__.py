"""What the bot remembers, in SQLite or PostgreSQL: preferences, journal, answers, conversations, feedback, questions."""
