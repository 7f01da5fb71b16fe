"""One line below a reply whose sources are old, or of different dates with different figures."""

from collections.abc import Sequence
from datetime import date as Date
from itertools import combinations
from typing import Final

from bot.texts import Texts
from retrieval.article import Excerpt
from retrieval.excerpts.figures import figures_differ

_OLD_DAYS: Final = 366


def hint(excerpts: Sequence[Excerpt], first: int, texts: Texts, today: Date) -> str | None:
    """The line for `excerpts`, numbered from `first`, or None.

    Figures differ when highlighted sentences from different dates hold amounts of which none is the same, or tell
    the same with other numbers. Sources are old when the newest is more than a year older than `today`; an undated
    one may be newer, so that nothing is said then.
    """
    dated = [
        (number, excerpt, date)
        for number, excerpt in enumerate(excerpts, first)
        if (date := excerpt.citation.date) is not None
    ]
    if not dated:
        return None
    number, _, newest = max(dated, key=lambda each: (each[2], -each[0]))
    undated = len(excerpts) - len(dated)
    if any(figures_differ(one, other) for (_, one, _), (_, other, _) in combinations(dated, 2)):
        return texts("hint-figures", date=texts.date(newest), number=number, undated=undated)
    if not undated and (today - newest).days > _OLD_DAYS:
        return texts("hint-old", date=texts.date(newest), sources=len(dated))
    return None
