"""How long work tells its caller where it stands."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with a step's name, the units done and the units in all, from the thread that does the work."""


def silent(step: str, done: int, total: int) -> None:
    """A `Progress` for callers that show none."""
