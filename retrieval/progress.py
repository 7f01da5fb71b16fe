"""How long work tells its caller where it stands, and how long each stage of it takes."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum


class Step(StrEnum):
    """What long work is at, in words for people."""

    READING = "reading articles"
    SPLITTING = "splitting articles"
    PASSAGES = "embedding passages"
    SENTENCES = "embedding sentences"
    WRITING = "writing the index"
    MODEL = "writing the bundled model"
    PREPARING = "preparing the model for this machine"


Progress = Callable[[Step, int, int], None]
"""Called with a step, the units done and the units in all, from the thread that does the work."""


def silent(step: Step, done: int, total: int) -> None:
    """A `Progress` for callers that show none."""


class Stages:
    """A stop-watch: the time that each stage of a piece of work takes; `with stages("reading"):` adds its block's."""

    def __init__(self, names: Sequence[str] = (), clock: Callable[[], float] = time.perf_counter) -> None:
        """`names` are the stages that are listed though they never begin."""
        self._clock = clock
        self._started = clock()
        self._seconds = dict.fromkeys(names, 0.0)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        started = self._clock()
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + self._clock() - started

    def add(self, name: str, seconds: float) -> None:
        """A stage that took so long before this began."""
        self._seconds[name] = self._seconds.get(name, 0.0) + seconds
        self._started -= seconds

    def seconds(self) -> Mapping[str, float]:
        """Seconds so far by stage, in order, to a thousandth; 0 for a stage that never began."""
        return {name: round(seconds, 3) for name, seconds in self._seconds.items()}

    def milliseconds(self) -> dict[str, float]:
        """Milliseconds so far by stage, to a thousandth, and under `total` those since the beginning."""
        total = self._clock() - self._started
        return {
            name: round(seconds * 1000, 3) for name, seconds in (*self._seconds.items(), ("total", total))
        }


def added_up(times: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The times by stage of several pieces of work -> their sums; the total comes last."""
    summed: dict[str, float] = {}
    for stages in times:
        for stage, spent in stages.items():
            summed[stage] = round(summed.get(stage, 0.0) + spent, 3)
    total = summed.pop("total", 0.0)
    return {**summed, "total": total}
