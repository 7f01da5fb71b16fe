"""Telegram's budgets for messages, shared out in rotation: a flood waits behind itself, all others go ahead."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_PRIVATE_S = 1.0
_BURST = 3
"""Messages to one person: one a second, some at once."""
_MOST_CHATS = 512

Lane = tuple[int, int]


class Budget:
    """`most` at once, and one more each `interval_s` after that."""

    def __init__(self, most: float, interval_s: float, clock: Callable[[], float]) -> None:
        self._full_s = most * interval_s
        self._interval_s = interval_s
        self._clock = clock
        self._until = 0.0

    def wait(self) -> float:
        """Seconds until one more may be taken; 0: now."""
        return max(0.0, self._until - self._clock() - self._full_s + self._interval_s)

    def take(self) -> None:
        self._until = max(self._until, self._clock()) + self._interval_s

    @property
    def whole(self) -> bool:
        """Whether nothing of it is taken."""
        return self._until <= self._clock()


class Rotation:
    """Whoever waits is in a lane, of an author and a chat; lanes take turns, and within one the order is kept."""

    def __init__(
        self, per_second: float, per_minute_in_group: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """0 is no budget; without one for all there is none for a person either."""
        self._clock = clock
        self._all = Budget(max(1.0, per_second), 1 / per_second, clock) if per_second else None
        self._group = per_minute_in_group
        self._chats: dict[int, Budget] = {}
        self._lanes: OrderedDict[Lane, deque[asyncio.Future[None]]] = OrderedDict()
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, author: int, chat: int, *, is_message: bool) -> None:
        """Returns when `author` may do the next thing in `chat`; a change of a message counts in groups only."""
        lane = (author, chat) if is_message or chat < 0 else (author, 0)
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lanes.setdefault(lane, deque()).append(waiting)
        self._grant()
        await waiting

    def _grant(self) -> None:
        """Lets go ahead whoever may, the lane that went last behind all others."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        while self._lanes:
            waits = {lane: self._wait(lane) for lane in self._lanes}
            lane = next((lane for lane, wait in waits.items() if not wait), None)
            if lane is None:
                self._timer = asyncio.get_running_loop().call_later(min(waits.values()), self._grant)
                return
            self._let_go(lane)

    def _wait(self, lane: Lane) -> float:
        budgets = (self._all, self._of_chat(lane[1]))
        return max((budget.wait() for budget in budgets if budget), default=0.0)

    def _let_go(self, lane: Lane) -> None:
        waiting = self._lanes[lane].popleft()
        self._lanes.move_to_end(lane)
        if not self._lanes[lane]:
            del self._lanes[lane]
        if waiting.done():  # whoever waited has left
            return
        for budget in (self._all, self._of_chat(lane[1])):
            if budget:
                budget.take()
        waiting.set_result(None)

    def _of_chat(self, chat: int) -> Budget | None:
        limited = self._group if chat < 0 else self._all
        if not chat or not limited:
            return None
        if chat not in self._chats:
            self._forget()
            most, interval_s = (self._group, 60 / self._group) if chat < 0 else (_BURST, _PRIVATE_S)
            self._chats[chat] = Budget(most, interval_s, self._clock)
        return self._chats[chat]

    def _forget(self) -> None:
        if len(self._chats) >= _MOST_CHATS:
            self._chats = {chat: budget for chat, budget in self._chats.items() if not budget.whole}
