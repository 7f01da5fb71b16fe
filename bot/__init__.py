"""The command line, the console and the Telegram bot."""
