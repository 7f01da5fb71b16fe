"""How much one person may ask for in a minute."""

import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from retrieval.recent import Remembered

_WINDOW_S = 60.0
_MOST_PEOPLE = 10_000


@dataclass(slots=True)
class _Person:
    admitted: deque[tuple[float, int]]
    sum: int = field(default=0)
    told: float | None = field(default=None)


class RateLimit:
    """What costs `per_minute` at most for one person within any minute; 0 admits everything.

    `clock` gives seconds that only grow. What is refused does not count, so that waiting always helps. `most` people
    are remembered at a time; who asked longest ago is forgotten first.
    """

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = time.monotonic, *, most: int = _MOST_PEOPLE
    ) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._people: Remembered[Hashable, _Person] = Remembered(most)

    def admit(self, who: Hashable, cost: int = 1) -> float | None:
        """None: it is admitted, and counts; else the seconds, over 0, until it would be."""
        if not self._per_minute:
            return None
        now, (person, _) = self._clock(), self._people.get(who, lambda: _Person(deque()))
        while person.admitted and now - person.admitted[0][0] >= _WINDOW_S:
            person.sum -= person.admitted.popleft()[1]
        excess = person.sum + min(cost, self._per_minute) - self._per_minute
        if excess > 0:
            return min(_WINDOW_S, _enough(person, excess) + _WINDOW_S - now)
        person.admitted.append((now, cost))
        person.sum += cost
        return None

    def to_tell(self, who: Hashable) -> bool:
        """Whether a person who was refused is still to be told so: True once a minute at most."""
        person, now = self._people.known([who]).get(who), self._clock()
        if person is None or (person.told is not None and now - person.told < _WINDOW_S):
            return False
        person.told = now
        return True


def _enough(person: _Person, excess: int) -> float:
    """When that was admitted with which so much is free again."""
    for moment, cost in person.admitted:
        excess -= cost
        if excess <= 0:
            return moment
    return person.admitted[-1][0]
