"""What a reply opens with: one excerpt where the lead is clear, several where they are needed, each trimmed.

Several are needed where figures are asked for that differ with their dates, where a list is asked for, where the next
is nearly as good as the best, and where a message asks several questions. The others wait until they are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from retrieval.article import Answer, Excerpt
from retrieval.excerpts.figures import figures_differ, time_of_figures
from retrieval.excerpts.trimming import ENOUGH, ENOUGH_BESIDE, ENOUGH_UNSURE, trimmed
from retrieval.questions.query import Query
from retrieval.questions.several import asks_for_list, asks_to_compare

MOST_OPENED: Final = 3
_CLOSE: Final = 2.0
"""An excerpt that scores at most so much below the best is opened too: on the questions about the seeds, hardly any
that scores less holds an answer that the best one lacks."""
_LISTED: Final = 3.0
"""The same of a further one where a list is asked for."""
_DIFFERING: Final = 4.0
"""The same of one of another date whose figures differ."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The excerpts, those that a reply opens with having `shown`; `by_date`: these are to be compared."""

    excerpts: tuple[Excerpt, ...]
    by_date: bool = False


def opening(excerpts: Sequence[Excerpt], query: Query, *, unsure: bool = False) -> Opening:
    """The opening of an answer to one question, of which these are the excerpts, best first."""
    compared = _compared(excerpts) if asks_to_compare(query) else []
    opened = compared or (_needed(excerpts, query) if excerpts else [])
    enough = ENOUGH_BESIDE if compared else ENOUGH_UNSURE if unsure else ENOUGH
    shown = (_shown(each, enough) if each in opened else each for each in excerpts)
    return Opening(tuple(shown), bool(compared))


def at_most(excerpts: Sequence[Excerpt], most: int = MOST_OPENED) -> tuple[Excerpt, ...]:
    """`excerpts` of which the first `most` that are opened are."""
    kept = [n for n, each in enumerate(excerpts) if each.shown][:most]
    return tuple(each if n in kept else replace(each, shown=None) for n, each in enumerate(excerpts))


def never_closed(excerpts: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    """`excerpts` of which some may have gone: where none is left that was opened, the reply opens with the best."""
    if not excerpts or any(each.shown for each in excerpts):
        return tuple(excerpts)
    return _shown(excerpts[0]), *excerpts[1:]


def opened(answer: Answer) -> tuple[Excerpt, ...]:
    """The excerpts that a reply opens with, in the order in which it shows them."""
    found = [each for each in never_closed(answer.excerpts) if each.shown]
    if answer.by_date:
        found.sort(key=lambda each: time_of_figures(each) or (0,))
    return tuple(found)


def unopened(answer: Answer) -> tuple[Excerpt, ...]:
    """The others, best first."""
    return tuple(each for each in never_closed(answer.excerpts) if not each.shown)


def _shown(excerpt: Excerpt, enough: int = ENOUGH) -> Excerpt:
    return replace(excerpt, shown=trimmed(excerpt, enough))


def _compared(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """The best that tell figures of a known time; none where all are of one time."""
    timed = [(each, time) for each in excerpts if (time := time_of_figures(each))][:MOST_OPENED]
    return [each for each, _ in timed] if len({time for _, time in timed}) > 1 else []


def _needed(excerpts: Sequence[Excerpt], query: Query) -> list[Excerpt]:
    """The best, and those that it needs beside it."""
    best, *others = excerpts[:MOST_OPENED]
    close = _LISTED if asks_for_list(query) else _CLOSE
    gaps = [best.score - each.score for each in others]
    return [
        best,
        *(
            each
            for each, gap in zip(others, gaps, strict=True)
            if gap <= close or (gap <= _DIFFERING and figures_differ(best, each))
        ),
    ]
