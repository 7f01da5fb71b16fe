"""What goes wrong on demand: failures planned for the next calls, and calls that are held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from fake_bot_request import ApiError, Params
from fake_bot_world import World

FaultKind = Literal[
    "flood", "bad_gateway", "server_error", "gateway_timeout", "timeout", "drop", "lost_response", "slow", "garbage",
    "bad_request", "blocked", "conflict",
]  # fmt: skip
NOT_ANY = ("getMe", "getUpdates")
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass
class Fault:
    """Something to go wrong with the next `times` calls of a method, of any chat where `chat_id` is None."""

    kind: FaultKind
    times: int = 1
    retry_after: int = 1
    description: str = ""
    seconds: float = 60.0
    chat_id: int | None = None

    def refusal(self) -> ApiError:
        """The error with which a call is refused that gets an answer at all."""
        if self.kind == "flood":
            description = f"Too Many Requests: retry after {self.retry_after}"
            return ApiError(429, description, blame=False, retry_after=self.retry_after)
        if self.kind == "blocked":
            return ApiError(403, "Forbidden: bot was blocked by the user", blame=False)
        if self.kind == "conflict":
            return ApiError(409, CONFLICT, blame=False)
        return ApiError(400, f"Bad Request: {self.description}", blame=False)


class Faults:
    """The planned faults, by method ("*": any but getMe and getUpdates), and the chats that are held."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._planned: dict[str, list[Fault]] = {}
        self._held: set[tuple[str, int]] = set()

    def plan(self, method: str, fault: Fault) -> None:
        """Adds a fault behind those that wait already."""
        with self._world.changed:
            self._planned.setdefault(method, []).append(fault)

    def next(self, method: str, params: Params) -> Fault | None:
        """The fault for this call, counted off."""
        with self._world.changed:
            names = (method,) if method in NOT_ANY else (method, "*")
            waiting = [fault for name in names for fault in self._planned.get(name, ())]
            chosen = next((f for f in waiting if f.times and f.chat_id in (None, _chat(params))), None)
            if chosen:
                chosen.times -= 1
            return chosen

    def left(self) -> int:
        """How many planned failures have not happened yet."""
        with self._world.changed:
            return sum(fault.times for faults in self._planned.values() for fault in faults)

    def holds(self, method: str, params: Params) -> bool:
        """Whether this call has to wait."""
        with self._world.changed:
            return (method, _chat(params)) in self._held

    @contextmanager
    def hold(self, method: str, chat_id: int) -> Iterator[None]:
        """Within this block the calls of a method for a chat get no answer; then they are carried out."""
        held = (method, chat_id)
        with self._world.changed:
            self._held.add(held)
        try:
            yield
        finally:
            with self._world.changed:
                self._held.discard(held)


def _chat(params: Params) -> int:
    try:
        return params.integer("chat_id", 0)
    except ApiError:
        return 0
