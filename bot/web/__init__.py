"""The HTTP side: whether the bot is well, what it has done, and where updates may come in."""
