"""The time of day, handed in, so that tests need not wait."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the time it is, with its time zone."""


def utc_now() -> datetime:
    return datetime.now(UTC)
