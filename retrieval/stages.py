"""How long each stage of a piece of work takes."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager


class Stages:
    """Seconds by stage, for those named, in order; `with stages("reading"):` adds what its block takes."""

    def __init__(self, names: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seconds = dict.fromkeys(names, 0.0)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        started = self._clock()
        try:
            yield
        finally:
            self._seconds[name] += self._clock() - started

    def seconds(self) -> Mapping[str, float]:
        """Seconds so far, 0 for a stage that never began, to a thousandth."""
        return {name: round(seconds, 3) for name, seconds in self._seconds.items()}
