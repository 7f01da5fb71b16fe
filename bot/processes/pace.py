"""The pace of long work: how fast a step goes, and how long it will take."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

_SURE_AFTER_S = 1.0
"""A rate measured over less time than this is noise."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The standing of a step: `done` of `total` (0: unknown), units a second and seconds left where they are known."""

    step: str
    done: int
    total: int
    per_s: float | None = None
    left_s: float | None = None

    def __str__(self) -> str:
        """In words, as far as known: `512 of 4000, 14/s, 4 min left`."""
        counted = f"{self.done} of {self.total}" if self.total else str(self.done)
        rate = f", {self.per_s:.0f}/s" if self.per_s and self.per_s >= 10 else ""
        rate = rate or (f", {self.per_s:.1f}/s" if self.per_s else "")
        return counted + rate + (f", {duration(self.left_s)} left" if self.left_s is not None else "")


class Pace:
    """Measures each step from its first call on; a step that begins anew is measured anew."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun: tuple[str, int, float] = ("", 0, 0.0)

    def __call__(self, step: str, done: int, total: int) -> Standing:
        standing, now = Standing(step=step, done=done, total=total), self._clock()
        name, first, began = self._begun
        if name != step or done < first:
            self._begun = (step, done, now)
            return standing
        if now - began < _SURE_AFTER_S or done == first:
            return standing
        rate = (done - first) / (now - began)
        return replace(standing, per_s=rate, left_s=(total - done) / rate if total > done else None)


def duration(seconds: float) -> str:
    """A time to wait, roughly: `40 s`, `3 min`, `2 h 10 min`."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
