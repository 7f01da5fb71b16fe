"""Where the state is: the path of a SQLite file, or an address as SQLAlchemy writes it."""

from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.state.db.errors import StateError

SETTING = "TRICHDAN_STATE_URL"
_EXPECTED = "expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}


def address_of(where: str | Path) -> URL:
    """The address with a driver that can wait without holding up the event loop.

    Raises:
        StateError: it is no address, or that of a database that cannot hold the state. A password is never shown.
    """
    if isinstance(where, Path):
        return URL.create("sqlite+aiosqlite", database=str(where))
    try:
        url = make_url(where.strip())
    except (ArgumentError, ValueError):
        raise StateError(f"{SETTING} is no address of a database: {_EXPECTED}.") from None
    if not is_sqlite(url) and _holds_bare_at(where, url):
        raise StateError(
            f"{SETTING} has an @ in its user name or password that stands for itself: write it as %40, "
            "and so / as %2F, : as %3A, # as %23, ? as %3F."
        )
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StateError(f"{SETTING} names a database of the kind {url.get_backend_name()}: {_EXPECTED}.")
    if is_sqlite(url) and url.database in (None, "", ":memory:"):
        raise StateError(f"{SETTING} names no file, and what is in memory would be lost: {_EXPECTED}.")
    return url


def _holds_bare_at(where: str, url: URL) -> bool:
    """Whether a part of the password may have been taken for the host or the database."""
    behind_user = where.partition("//")[2].partition(":")[2].partition("?")[0]
    return behind_user.count("@") > 1 or "@" in f"{url.host or ''}{url.database or ''}"


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def place_of(url: URL) -> str:
    """What messages call it: without user, password and parameters."""
    if is_sqlite(url):
        return str(url.database)
    return f"the PostgreSQL database {url.database or ''} on {url.host or 'this machine'}"


def without_password(said: str, url: URL) -> str:
    """What a driver says, without the password of `url`, should it repeat that."""
    password = str(url.password or "")
    for form in (password, quote(password, safe="")):
        said = said.replace(form, "***") if form else said
    return said
