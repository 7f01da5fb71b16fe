"""The bot in Telegram: updates come in, replies go out. Only here is `telegram` imported."""
