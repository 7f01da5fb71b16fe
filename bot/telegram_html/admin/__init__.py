"""The pages that admins read, as Telegram HTML."""
