"""The command line: each command, the console, and what they print."""
