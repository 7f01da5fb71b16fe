"""The date of an article: what its markup says, in agreement with the date line that its page shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, timezone
from typing import NamedTuple

import regex

from retrieval.sources.cleaning.dates import find_dates, is_date_line
from retrieval.sources.html.blocks.blocks import Block
from retrieval.sources.html.blocks.lines import Time
from retrieval.sources.html.metadata.stamps import day_of, may_be, read_stamp, zone_of

Stamp = datetime | Date
_PRINTED = regex.compile(r"ausgabe|print|edition|báo in|số báo|báo giấy|выпуск|номер|№", regex.IGNORECASE)
"""The day of a newspaper on paper is another than that of its page."""
_LONGEST_LINE = 200
_LINKED = 0.5


class Near(NamedTuple):
    """A block near the article's title or end; `close` when it stands between title and text, or in one frame with
    the title.
    """

    block: Block
    close: bool


@dataclass(frozen=True)
class Markings:
    """What the markup of a page says, the most trusted first: when its article was published, when it was changed."""

    published: Sequence[str]
    modified: Sequence[str]


def date_of_article(
    marked: Markings, near: Sequence[Near], lang: str | None, *, month_first: bool
) -> Date | None:
    """The day of publication as the page shows it; a change's day only where there is no other."""
    stamps = list(_read(marked.published, month_first))
    changes = list(_read(marked.modified, month_first))
    zone = zone_of([*stamps, *changes], [each.block.text for each in near], lang)
    dated = list(_shown(near, month_first))
    if stamps:
        published = [each for each in dated if not each.updated]
        return _agreed(stamps[0], published, [day_of(each, zone) for each in changes], zone)
    shown = [each for each in dated if each.alone]
    published = [each for each in shown if not each.updated]
    timed = list(_read([time.written for time in _times(near) if not time.changed], month_first))
    if timed and not published:
        return day_of(timed[0], zone)
    return next((each.day for each in published or shown), None)


def _agreed(stamp: Stamp, shown: Sequence["_Shown"], changes: Sequence[Date], zone: timezone | None) -> Date:
    """A stamp's day, unless the page shows it as the day before or after, or shows another date as its own."""
    day = day_of(stamp, zone)
    if any(day in each.readings for each in shown):
        return day
    others = [each for each in shown if each.alone and set(each.readings).isdisjoint(changes)]
    beside = next((each.day for each in others if may_be(stamp, each.day)), None)
    close = next((each.day for each in others if each.close), None)
    return beside or close or day


class _Shown(NamedTuple):
    """A date near the title, as it may be read: day first or month first; `alone` when the line only tells the date."""

    readings: tuple[Date, ...]
    updated: bool
    close: bool
    alone: bool

    @property
    def day(self) -> Date:
        return self.readings[0]


def _shown(near: Sequence[Near], month_first: bool) -> Iterator[_Shown]:
    for block, close in near:
        text = block.text
        if len(text) > _LONGEST_LINE or block.linked > _LINKED or not (close or is_date_line(text)):
            continue
        alone = is_date_line(text) and not _PRINTED.search(text)
        changed = any(time.changed for time in block.times) and len(block.times) == 1
        other_way = find_dates(text, not month_first)
        for n, found in enumerate(find_dates(text, month_first)):
            readings = {found.date: None, **({other_way[n].date: None} if n < len(other_way) else {})}
            yield _Shown(tuple(readings), found.updated or changed, close, alone)


def _times(near: Sequence[Near]) -> Iterator[Time]:
    """The `time` elements of lines that are no prose: those in a sentence tell when something happened."""
    for block, close in near:
        if (
            close
            and len(block.text) <= _LONGEST_LINE
            and block.linked <= _LINKED
            and not block.text.endswith(".")
        ):
            yield from block.times


def _read(written: Sequence[str], month_first: bool) -> Iterator[Stamp]:
    return (stamp for each in written if (stamp := read_stamp(each, month_first=month_first)) is not None)
