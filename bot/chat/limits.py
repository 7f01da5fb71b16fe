"""How many questions one person may ask in a minute."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

_WINDOW_S = 60.0
_MOST_PEOPLE = 10_000
"""So many are remembered at a time; who asked longest ago is forgotten first."""


@dataclass(slots=True)
class _Person:
    admitted: deque[float]
    told: bool = field(default=False)


class RateLimit:
    """At most `per_minute` questions of one person within any minute; 0 admits everything.

    `clock` gives seconds that only grow. What is refused does not count, so that waiting always helps.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._people: OrderedDict[int, _Person] = OrderedDict()

    def admit(self, user_id: int) -> float | None:
        """None: the question is admitted, and counts; else the seconds, over 0, until the next one is."""
        if not self._per_minute:
            return None
        now = self._clock()
        person = self._person(user_id)
        while person.admitted and now - person.admitted[0] >= _WINDOW_S:
            person.admitted.popleft()
        if len(person.admitted) >= self._per_minute:
            return min(_WINDOW_S, person.admitted[0] + _WINDOW_S - now)
        person.admitted.append(now)
        person.told = False
        return None

    def to_tell(self, user_id: int) -> bool:
        """Whether a person who was refused is still to be told so: True once until they are admitted again."""
        person = self._people.get(user_id)
        if person is None or person.told:
            return False
        person.told = True
        return True

    def _person(self, user_id: int) -> _Person:
        """Each look makes a person the one who asked last, and lets go of those who asked longest ago."""
        person = self._people.setdefault(user_id, _Person(deque()))
        self._people.move_to_end(user_id)
        while len(self._people) > _MOST_PEOPLE:
            self._people.popitem(last=False)
        return person
