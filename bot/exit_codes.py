"""Exit codes of the command line."""

from typing import Final

DONE: Final = 0
ERROR: Final = 1
USAGE: Final = 2
NOTHING_FOUND: Final = 3
INTERRUPTED: Final = 130
