"""Messages on their way to Telegram: once each, in turn, within its budgets."""
