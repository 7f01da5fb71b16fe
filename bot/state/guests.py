"""Whom invites have let in. An invite is a token that works once; guests are known by names, never by their ids."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.db.database import Database
from bot.state.db.schema import guests, invites
from bot.state.pseudonyms import Pseudonyms

INVITE_LASTS = timedelta(days=7)
_TOKEN_BYTES = 16
_KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Invite:
    """A new one: `token` is known to nobody else, `key` names it to its maker, who may withdraw it."""

    token: str
    key: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A person or a group that was let in: `label` is what the admin wrote of them."""

    name: str
    label: str
    since: datetime


class Guests:
    """The guests and the invites that are open. All methods but `admits` raise StateError."""

    def __init__(self, database: Database, people: Pseudonyms, admitted: frozenset[str]) -> None:
        """`admitted`: the names of those who were let in already."""
        self._database = database
        self._people = people
        self._admitted = admitted

    @classmethod
    async def load(cls, database: Database, people: Pseudonyms) -> "Guests":
        async with database.read() as connection:
            names = (await connection.execute(select(guests.c.name))).scalars()
            return cls(database, people, frozenset(names))

    def admits(self, chat_id: int) -> bool:
        """Whether a user, or a chat, was let in and is still."""
        return bool(self._admitted) and self._people.long_name(chat_id) in self._admitted

    async def invite(self, label: str) -> Invite:
        """A token for one person or group, within `INVITE_LASTS`."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        digest = _digest(token)
        async with self._database.write(durable=True) as connection:
            row = {"digest": digest, "label": label, "at": self._database.now()}
            await connection.execute(invites.insert().values(row))
        return Invite(token, digest[:_KEY_LENGTH])

    async def withdraw(self, key: str) -> bool:
        """Makes an invite worthless; False when it was used, or is too old, or was withdrawn before."""
        async with self._database.write(durable=True) as connection:
            matching = func.substr(invites.c.digest, 1, _KEY_LENGTH) == key
            return (await connection.execute(delete(invites).where(matching))).rowcount == 1

    async def redeem(self, token: str, chat_id: int) -> bool:
        """Lets a user or a chat in; False for a token that was used, withdrawn, is too old, or never was."""
        name, now = self._people.long_name(chat_id), self._database.now()
        async with self._database.write(durable=True) as connection:
            if (label := await _taken(connection, _digest(token), now - INVITE_LASTS)) is None:
                return False
            await connection.execute(
                self._database.upsert(guests, {"name": name}, {"label": label, "at": now})
            )
        self._admitted |= {name}
        return True

    async def let_in(self, chat_id: int, label: str) -> None:
        """Without an invite: a chat that the settings name has got another id."""
        name = self._people.long_name(chat_id)
        self._admitted |= {name}  # first: what is said there at this moment finds the door open
        guest = self._database.upsert(guests, {"name": name}, {"label": label, "at": self._database.now()})
        async with self._database.write(durable=True) as connection:
            await connection.execute(guest)

    async def all(self) -> list[Guest]:
        """The latest first."""
        query = select(guests.c.name, guests.c.label, guests.c.at).order_by(guests.c.at.desc(), guests.c.name)
        async with self._database.read() as connection:
            return [Guest(*row) for row in await connection.execute(query)]

    async def revoke(self, name: str) -> str | None:
        """From now on the guest is not let in. The label of the invite; None when there was no such guest."""
        self._admitted -= {name}
        gone = delete(guests).where(guests.c.name == name).returning(guests.c.label)
        async with self._database.write(durable=True) as connection:
            return (await connection.execute(gone)).scalar_one_or_none()

    async def follow(self, old_chat_id: int, new_chat_id: int) -> None:
        """A group that was let in has a new id."""
        old, new = map(self._people.long_name, (old_chat_id, new_chat_id))
        if old not in self._admitted or new in self._admitted:
            return
        self._admitted = self._admitted - {old} | {new}
        async with self._database.write(durable=True) as connection:
            await connection.execute(update(guests).where(guests.c.name == old).values(name=new))

    async def purge(self) -> int:
        """Forgets invites that nobody has used in time."""
        return await self._database.purge(invites, INVITE_LASTS)


async def _taken(connection: AsyncConnection, digest: str, younger_than: datetime) -> str | None:
    """The label of an invite, which is used up by this."""
    found = delete(invites).where(invites.c.digest == digest, invites.c.at > younger_than)
    label: str | None = (await connection.execute(found.returning(invites.c.label))).scalar_one_or_none()
    return label


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
