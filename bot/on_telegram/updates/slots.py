"""Places of which there are few, given in rotation: no author gets ahead of another by asking more."""

import asyncio
from collections import OrderedDict, deque

from bot.on_telegram.updates.authors import acting_for


class Slots:
    """An async context manager that holds one of `most` places. Each author's own come in their order."""

    def __init__(self, most: int = 1) -> None:
        self._free = most
        self._waiting: OrderedDict[int, deque[asyncio.Future[None]]] = OrderedDict()

    async def __aenter__(self) -> None:
        if self._free:
            self._free -= 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(acting_for(), deque()).append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():  # it was given in the same moment
                self._pass_on()
            raise

    async def __aexit__(self, *exception: object) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        while self._waiting:
            author, places = next(iter(self._waiting.items()))
            place = places.popleft()
            self._waiting.move_to_end(author)
            if not places:
                del self._waiting[author]
            if not place.done():
                place.set_result(None)
                return
        self._free += 1
