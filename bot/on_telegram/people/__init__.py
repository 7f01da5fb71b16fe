"""Who may use the bot, how much, and in which language."""
