"""Machine-readable times: what pages write into their markup -> a day, and whether a time zone goes with it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from datetime import date as Date
from email.utils import parsedate_to_datetime

import regex

from retrieval.sources.cleaning.dates import YEARS, find_dates

_EPOCH = regex.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_LONG_FRACTION = regex.compile(r"(?<=:\d\d)\.\d+")
_WRITTEN_ZONE = regex.compile(r"(?:GMT|UTC)\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?(?!\d)", regex.IGNORECASE)
_FURTHEST = timedelta(hours=14)
_ONE_ZONE = {
    "vi": timezone(timedelta(hours=7)),
    "th": timezone(timedelta(hours=7)),
    "ja": timezone(timedelta(hours=9)),
}
"""Languages that are written in one time zone."""


def read_stamp(written: str, *, month_first: bool) -> datetime | Date | None:
    """A moment where a time zone is told, else a day; None when it is neither. 10 and 13 digits count from 1970."""
    text = _LONG_FRACTION.sub("", written.strip()[:80])
    if epoch := _EPOCH.fullmatch(text):
        return _in_years(datetime.fromtimestamp(int(epoch.group(1)), UTC))
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return _in_years(found if found.tzinfo else found.date())
    spaced = text.replace("T", " ")
    dates = find_dates(spaced, month_first) or find_dates(spaced, not month_first)
    return dates[0].date if dates else None


def day_of(stamp: datetime | Date, zone: timezone | None) -> Date:
    """The day of a stamp where the page is at home: one in UTC is told in the page's own zone, where that is known."""
    if not isinstance(stamp, datetime):
        return stamp
    local = stamp.astimezone(zone) if zone and not stamp.utcoffset() else stamp
    return local.date()


def may_be(stamp: datetime | Date, day: Date) -> bool:
    """Whether a stamp falls on a day somewhere on earth."""
    if not isinstance(stamp, datetime):
        return abs((stamp - day).days) <= 1
    first, last = ((stamp.astimezone(UTC) + shift).date() for shift in (-_FURTHEST, _FURTHEST))
    return first <= day <= last


def zone_of(stamps: Iterable[datetime | Date], texts: Iterable[str], lang: str | None) -> timezone | None:
    """The page's own time zone: that of its other stamps, as its date lines tell it, or that of its language."""
    for stamp in stamps:
        if isinstance(stamp, datetime) and (offset := stamp.utcoffset()):
            return timezone(offset)
    for text in texts:
        if found := _WRITTEN_ZONE.search(text[:200]):
            hours, minutes = int(found.group(2)), int(found.group(3) or 0)
            if hours <= 14 and minutes < 60:
                offset = timedelta(hours=hours, minutes=minutes)
                return timezone(offset if found.group(1) == "+" else -offset)
    return _ONE_ZONE.get(lang or "")


def _in_years(found: datetime | Date) -> datetime | Date | None:
    return found if found.year in YEARS else None
