"""Writes that come at the same time share a transaction, and none spoils another."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import cast

import pytest
from sqlalchemy import TextClause
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.db.errors import StateError, StateLocked
from bot.state.db.group_commit import GroupCommit


class Connection:
    """Takes down what it is to execute."""

    def __init__(self) -> None:
        self.written: list[str] = []

    async def execute(self, statement: TextClause, rows: None) -> str:
        self.written.append(statement.text)
        return statement.text.upper()


class Ledger:
    """Stands for a database: what a transaction writes is there when it ends well."""

    def __init__(self) -> None:
        self.transactions: list[tuple[list[str], bool]] = []

    @contextlib.asynccontextmanager
    async def write(self, *, durable: bool) -> AsyncIterator[AsyncConnection]:
        connection = Connection()
        await asyncio.sleep(0)
        yield cast(AsyncConnection, connection)
        if "bad" in connection.written:
            raise StateError("cannot be written")
        self.transactions.append((connection.written, durable))


async def put(commits: GroupCommit, text: str, *, durable: bool = False) -> str:
    result = await commits.execute(sql(text), durable=durable)
    return cast(str, result)


@pytest.mark.asyncio
async def test_what_comes_while_one_is_written_is_written_as_one() -> None:
    ledger = Ledger()
    commits = GroupCommit(ledger.write)
    results = await asyncio.gather(*(put(commits, text, durable=text == "b") for text in "abc"))
    assert results == ["A", "B", "C"]
    assert ledger.transactions == [(["a", "b", "c"], True)]
    await put(commits, "d")
    assert ledger.transactions[1:] == [(["d"], False)]


@pytest.mark.asyncio
async def test_one_that_cannot_be_written_spoils_no_other() -> None:
    ledger = Ledger()
    commits = GroupCommit(ledger.write)
    results = await asyncio.gather(*(put(commits, t) for t in ("a", "bad", "c")), return_exceptions=True)
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

    commits = GroupCommit(locked)
    results = await asyncio.gather(*(put(commits, text) for text in "abc"), return_exceptions=True)
    assert all(isinstance(each, StateLocked) for each in results) and opened == 1


@pytest.mark.asyncio
async def test_a_caller_that_gives_up_leaves_the_write_to_be_done() -> None:
    ledger = Ledger()
    commits = GroupCommit(ledger.write)
    caller = asyncio.create_task(put(commits, "a"))
    await asyncio.sleep(0)
    caller.cancel()
    await commits.end()
    assert ledger.transactions == [(["a"], False)]
