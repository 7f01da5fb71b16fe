"""How large the bot's state is, for whoever looks after it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bot.state.db.address import address_of, is_sqlite
from bot.state.db.opening import open_database

_SQLITE = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
_POSTGRES = text("SELECT pg_database_size(current_database())")


@dataclass(frozen=True, slots=True)
class Measured:
    """Where the state is, without its password, and how many bytes it takes there."""

    place: str
    size: int


async def measure(where: str | Path) -> Measured:
    """Opens the state at `where`, as the bot would: a new one is made.

    Raises:
        StateError: it cannot be opened or read; says what to do.
    """
    database = await open_database(where)
    try:
        async with database.read() as connection:
            query = _SQLITE if is_sqlite(address_of(where)) else _POSTGRES
            return Measured(database.place, (await connection.execute(query)).scalar_one())
    finally:
        await database.close()
