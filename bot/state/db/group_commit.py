"""Writes that come at the same time share a transaction: a disk is waited for once, not once for each of them."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.db.errors import StateError, StateLocked

Rows = Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""Values by name, of one row or of several."""


class Transactions(Protocol):
    """Opens a transaction that is committed at its end."""

    def __call__(self, *, durable: bool) -> AbstractAsyncContextManager[AsyncConnection]: ...


@dataclass
class _PendingWrite:
    """A statement that waits for its transaction."""

    statement: Executable
    rows: Rows | None
    durable: bool
    result: "asyncio.Future[CursorResult[Any]]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class GroupCommit:
    """Executes statements in the order they came, as many as have come in one transaction."""

    def __init__(self, write: Transactions) -> None:
        self._write = write
        self._pending: list[_PendingWrite] = []
        self._committing: asyncio.Task[None] | None = None

    async def execute(
        self, statement: Executable, rows: Rows | None = None, *, durable: bool = False
    ) -> CursorResult[Any]:
        """The statement's result, once it is committed.

        Raises:
            StateError: it cannot be written.
        """
        pending = _PendingWrite(statement, rows, durable)
        self._pending.append(pending)
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_pending())
        return await asyncio.shield(pending.result)

    async def end(self) -> None:
        """Returns when all that was asked for is written."""
        if self._committing:
            await self._committing

    async def _commit_pending(self) -> None:
        try:
            while batch := self._pending:
                self._pending = []
                await self._commit(batch)
        finally:
            self._committing = None

    async def _commit(self, batch: Sequence[_PendingWrite]) -> None:
        """In one transaction; where that fails, each in one of its own: one that cannot be written spoils no other.

        But not where the database is locked, for which all of them would wait again.
        """
        try:
            async with self._write(durable=any(each.durable for each in batch)) as connection:
                results = [await connection.execute(each.statement, each.rows) for each in batch]
        except StateError as error:
            for each in batch:
                if len(batch) == 1 or isinstance(error, StateLocked):
                    each.result.set_exception(error)
                else:
                    await self._commit([each])
        else:
            for each, result in zip(batch, results, strict=True):
                each.result.set_result(result)
