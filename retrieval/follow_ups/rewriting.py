"""The previous question with what the current one names in the place of what was named there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.article import Span
from retrieval.follow_ups.dependence import Leaning
from retrieval.languages.reading import VIETNAMESE, of
from retrieval.questions.mentions import names, times
from retrieval.questions.places import Place, places_named
from retrieval.questions.query import Query
from retrieval.text.forms import is_within

_HOME = of(VIETNAMESE, "home")
"""`trade of Vietnam and Japan` is about Japan."""

Edit = tuple[Span, str]


@dataclass(frozen=True)
class Substituted:
    """The previous question's new wording, and the spans of the current question that found their place in it."""

    text: str
    placed: tuple[Span, ...]


def wordings(before: Query, current: Leaning) -> Iterator[Substituted]:
    """`before` with year for year, date for date, country for country, name for name; everything else stays.

    Where the current question names no time, a second wording leaves that of `before` out: `Belarus?` after a question
    about one year may have an answer that is of no year.
    """
    yield _substituted(before, current, _times(before, current))
    if not current.times and (timed := times(before)):
        yield _substituted(before, current, [(span, "") for span in timed])


def _substituted(before: Query, current: Leaning, of_times: list[Edit]) -> Substituted:
    of_places, of_names = _places(before, current), _names(before, current)
    text, rest = before.text, len(before.text)
    for span, written in sorted([*of_times, *of_places, *of_names], reverse=True):
        if span.end <= rest:  # two names of countries may share a word
            text, rest = text[: span.start] + written + text[span.end :], span.start
    placed = (
        *(current.times if of_times else ()),
        *((span for _, span in current.places) if of_places else ()),
        *(current.names if of_names else ()),
    )
    return Substituted(" ".join(text.split()), placed)


def _times(before: Query, current: Leaning) -> list[Edit]:
    """The first time becomes the current ones, further ones go."""
    timed = times(before)
    if not (timed and current.times):
        return []
    return [(timed[0], _written(current, current.times)), *((span, "") for span in timed[1:])]


def _places(before: Query, current: Leaning) -> list[Edit]:
    """The last country that is not at home becomes the current one; one of two that were named changes its role."""
    there = places_named(before)
    if not there or len(current.places) != 1:
        return []
    ((place, span),) = current.places
    distinct = list(dict.fromkeys(place for place, _ in there))
    if place in distinct:
        only = all(is_within(word, [span]) for word in current.content)
        return _exchanged(before, there) if only and len(there) == len(distinct) == 2 else []
    foreign = [each for each in distinct if each.code != _HOME]
    replaced = (foreign or distinct)[-1]
    return [(at, _written(current, [span])) for each, at in there if each == replaced]


def _exchanged(before: Query, there: list[tuple[Place, Span]]) -> list[Edit]:
    (_, one), (_, other) = there
    return [(one, before.text[other.start : other.end]), (other, before.text[one.start : one.end])]


def _names(before: Query, current: Leaning) -> list[Edit]:
    """The last name becomes the current one, when that is all that the current question says."""
    if not current.names or not all(is_within(word, current.names) for word in current.content):
        return []
    taken = [*times(before), *(span for _, span in places_named(before))]
    there = names(before, taken)
    return [(there[-1], _written(current, current.names))] if there else []


def _written(current: Leaning, spans: Sequence[Span]) -> str:
    return current.query.text[spans[0].start : spans[-1].end]
