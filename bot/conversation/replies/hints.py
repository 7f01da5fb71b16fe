"""One line below a reply whose sources are old, or of different dates with different figures."""

from collections.abc import Sequence
from datetime import date as Date
from itertools import combinations
from typing import Final

from bot.texts import Texts
from retrieval.article import Excerpt
from retrieval.text.forms import tokens
from retrieval.text.near_copies import is_update, word_pairs
from retrieval.text.values import values

_OLD_DAYS: Final = 366

Dated = tuple[int, Excerpt, Date]


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
    if any(_disagree(*pair) for pair in combinations(dated, 2)):
        return texts("hint-figures", date=texts.date(newest), number=number, undated=undated)
    if not undated and (today - newest).days > _OLD_DAYS:
        return texts("hint-old", date=texts.date(newest), sources=len(dated))
    return None


def _disagree(one: Dated, other: Dated) -> bool:
    if one[2] == other[2]:
        return False
    said, said_there = _highlighted(one[1]), _highlighted(other[1])
    amounts, amounts_there = _amounts(said), _amounts(said_there)
    if amounts and amounts_there:
        return amounts.isdisjoint(amounts_there)
    return is_update(word_pairs(said), word_pairs(said_there))


def _highlighted(excerpt: Excerpt) -> str:
    return " ".join(excerpt.text[max(start, 0) : max(end, 0)] for start, end in excerpt.highlights)


def _amounts(text: str) -> set[str]:
    """Amounts as `=4.1e+09`: dates, the other values of a text, are no figures."""
    return {value for value in values(tokens(text)) if value.startswith("=")}
