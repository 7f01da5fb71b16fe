"""What columns hold: any text, moments, and small structures; the same from SQLite and from PostgreSQL."""

import json
import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Dialect, Text, type_coerce
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_DAY_US = 24 * 60 * 60 * 1_000_000


def storable(text: str) -> str:
    """The text with NUL and lone surrogates, which databases cannot hold, replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


class AnyText(TypeDecorator[str]):
    """Text, made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone, as microseconds since 1970: it sorts, and comes back in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + int(value) * _MICROSECOND


def day_of(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    """The day in UTC that holds a `Moment`, counted from 1970."""
    return type_coerce(moment, BigInteger) // _DAY_US


class Structure(TypeDecorator[object]):
    """What JSON can hold. It is written in ASCII, so that any text in it comes back as it was."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str:
        return json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        return None if value is None else json.loads(value)
