"""What the bot says, as Telegram HTML: pure functions, values in, text out."""
