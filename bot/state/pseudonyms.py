"""What admins see in place of a person: a name that is the same every time and cannot be turned back into an id."""

import base64
import hashlib
import hmac
import secrets

from sqlalchemy import select

from bot.state.db.database import Database
from bot.state.db.schema import facts

_KEY = "people_key"
_NAME_BYTES = 5
_LONG_NAME_BYTES = 15


class Pseudonyms:
    """Names by a random key that never leaves the database: who knows an id cannot work out its name."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    async def load(cls, database: Database) -> "Pseudonyms":
        """By the key of this database, which is made the first time."""
        made = database.insert(facts).values(name=_KEY, value=secrets.token_hex(32))
        async with database.write() as connection:
            await connection.execute(made.on_conflict_do_nothing())
            key = (await connection.execute(select(facts.c.value).where(facts.c.name == _KEY))).scalar_one()
        return cls(bytes.fromhex(key))

    def name(self, user_id: int | None) -> str | None:
        """Eight letters and digits; None for nobody."""
        return None if user_id is None else self._named(user_id, _NAME_BYTES)

    def long_name(self, user_id: int) -> str:
        """The same with twenty-four, which no two share: by it somebody is let in. It begins with the short one."""
        return self._named(user_id, _LONG_NAME_BYTES)

    def _named(self, user_id: int, size: int) -> str:
        digest = hmac.new(self._key, str(user_id).encode(), hashlib.sha256).digest()
        return base64.b32encode(digest[:size]).decode().lower()
