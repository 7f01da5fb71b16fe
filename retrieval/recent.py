"""What was worked out or read lately: groups ask the same, and one answer reads its articles several times."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

_MOST = 256


class Remembered(Generic[Key, Value]):
    """The values of the keys asked for last, at most `most`. Threads may share it."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> tuple[Value, bool]:
        """The value of `key`, made where it is not known, and whether it was known.

        Two threads that ask for one at the same time may both make it: none waits for another.
        """
        if key in (found := self.known([key])):
            return found[key], True
        value = make()
        self.keep({key: value})
        return value, False

    def known(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """The values that are known of `keys`, which were asked for last now."""
        with self._lock:
            found = {key: self._values[key] for key in keys if key in self._values}
            for key in found:
                self._values.move_to_end(key)
            return found

    def keep(self, values: Mapping[Key, Value]) -> None:
        with self._lock:
            for key, value in values.items():
                self._values[key] = value
                self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
