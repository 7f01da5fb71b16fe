"""How large the bot's state is, for whoever looks after it. Nothing is made or brought up to date by looking."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bot.state.db.address import address_of, is_sqlite, place_of
from bot.state.db.opening import open_to_look

_SQLITE = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
_POSTGRES = text("SELECT pg_database_size(current_database())")


@dataclass(frozen=True, slots=True)
class Measured:
    """Where the state is, without its password, and how many bytes it takes there; None where there is none yet."""

    place: str
    size: int | None


async def measure(where: str | Path) -> Measured:
    """Looks at the state at `where`.

    Raises:
        StateError: it cannot be read, is damaged, or was made by a newer program; says what to do.
    """
    url = address_of(where)
    if is_sqlite(url) and not Path(str(url.database)).exists():
        return Measured(place_of(url), None)
    database = await open_to_look(where)
    try:
        async with database.read() as connection:
            query = _SQLITE if is_sqlite(url) else _POSTGRES
            return Measured(database.place, (await connection.execute(query)).scalar_one())
    finally:
        await database.close()
