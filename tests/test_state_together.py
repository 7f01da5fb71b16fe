"""Writes that come at the same time share a transaction, and none spoils another."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import cast

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.db.errors import StateError, StateLocked
from bot.state.db.group_commit import Together


class Ledger:
    """Stands for a database: what a transaction writes is there when it ends well."""

    def __init__(self) -> None:
        self.transactions: list[tuple[list[str], bool]] = []

    @contextlib.asynccontextmanager
    async def write(self, *, durable: bool) -> AsyncIterator[AsyncConnection]:
        written: list[str] = []
        await asyncio.sleep(0)
        yield cast(AsyncConnection, written)
        if "bad" in written:
            raise StateError("cannot be written")
        self.transactions.append((written, durable))


async def put(together: Together, text: str, *, durable: bool = False) -> str:
    async def work(connection: AsyncConnection) -> str:
        cast("list[str]", connection).append(text)
        return text.upper()

    return await together(work, durable=durable)


@pytest.mark.asyncio
async def test_what_comes_while_one_is_written_is_written_as_one() -> None:
    ledger = Ledger()
    together = Together(ledger.write)
    results = await asyncio.gather(*(put(together, text, durable=text == "b") for text in "abc"))
    assert results == ["A", "B", "C"]
    assert ledger.transactions == [(["a", "b", "c"], True)]
    await put(together, "d")
    assert ledger.transactions[1:] == [(["d"], False)]


@pytest.mark.asyncio
async def test_one_that_cannot_be_written_spoils_no_other() -> None:
    ledger = Ledger()
    together = Together(ledger.write)
    results = await asyncio.gather(*(put(together, t) for t in ("a", "bad", "c")), return_exceptions=True)
    assert results[0::2] == ["A", "C"] and isinstance(results[1], StateError)
    assert [written for written, _ in ledger.transactions] == [["a"], ["c"]]


@pytest.mark.asyncio
async def test_while_the_database_is_locked_none_waits_a_second_time() -> None:
    opened = 0

    @contextlib.asynccontextmanager
    async def locked(*, durable: bool) -> AsyncIterator[AsyncConnection]:
        nonlocal opened
        opened += 1
        raise StateLocked("held")
        yield

    together = Together(locked)
    results = await asyncio.gather(*(put(together, text) for text in "abc"), return_exceptions=True)
    assert all(isinstance(each, StateLocked) for each in results) and opened == 1


@pytest.mark.asyncio
async def test_a_caller_that_gives_up_leaves_the_write_to_be_done() -> None:
    ledger = Ledger()
    together = Together(ledger.write)
    caller = asyncio.create_task(put(together, "a"))
    await asyncio.sleep(0)
    caller.cancel()
    await together.end()
    assert ledger.transactions == [(["a"], False)]
