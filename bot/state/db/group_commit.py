"""Writes that come at the same time share a transaction: a disk is waited for once, not once for each of them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.db.errors import StateError, StateLocked

Result = TypeVar("Result")
Work = Callable[[AsyncConnection], Awaitable[Result]]


class Transactions(Protocol):
    """Opens a transaction that is committed at its end."""

    def __call__(self, *, durable: bool) -> AbstractAsyncContextManager[AsyncConnection]: ...


@dataclass
class _Waiting:
    work: Work[Any]
    durable: bool
    result: "asyncio.Future[Any]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Together:
    """Runs works in the order they came, as many as have come in one transaction."""

    def __init__(self, write: Transactions) -> None:
        self._write = write
        self._waiting: list[_Waiting] = []
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, work: Work[Result], *, durable: bool = False) -> Result:
        """What `work` returns, once it is committed.

        A transaction that fails is done again work by work, so that one that cannot be written spoils no other; but
        not where the database is locked, for which all of them would wait again.

        Raises:
            StateError: it cannot be written.
        """
        waiting = _Waiting(work, durable)
        self._waiting.append(waiting)
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        result: Result = await asyncio.shield(waiting.result)
        return result

    async def end(self) -> None:
        """Returns when all that was asked for is written."""
        if self._running:
            await self._running

    async def _run(self) -> None:
        try:
            while batch := self._waiting:
                self._waiting = []
                if not await self._all(batch):
                    for each in batch:
                        await self._alone(each)
        finally:
            self._running = None

    async def _all(self, batch: list[_Waiting]) -> bool:
        try:
            async with self._write(durable=any(each.durable for each in batch)) as connection:
                results = [await each.work(connection) for each in batch]
        except StateError as error:
            if len(batch) > 1 and not isinstance(error, StateLocked):
                return False
            for each in batch:
                _tell(each, error)
            return True
        for each, result in zip(batch, results, strict=True):
            if not each.result.done():
                each.result.set_result(result)
        return True

    async def _alone(self, each: _Waiting) -> None:
        await self._all([each])


def _tell(waiting: _Waiting, error: StateError) -> None:
    if not waiting.result.done():
        waiting.result.set_exception(error)
