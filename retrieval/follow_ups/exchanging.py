"""One question with a part of it exchanged for that of another: year for year, country for country, name for name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from retrieval.article import Span
from retrieval.languages.reading import VIETNAMESE, of
from retrieval.questions.mentions import Mentions, Said
from retrieval.questions.phrases import cues_of, length_at_start
from retrieval.text.forms import is_within

_HOME = of(VIETNAMESE, "home")
"""`trade of Vietnam and Japan` is about Japan."""

_BEFORE_MARK = regex.compile(r" (?=[?!.,])")

Edit = tuple[Span, str]


@dataclass(frozen=True)
class Substituted:
    """The previous question's new wording, and the spans of the current question that found their place in it."""

    text: str
    placed: tuple[Span, ...]


def wordings(before: Mentions, current: Said) -> Iterator[Substituted]:
    """`before` with year for year, date for date, country for country, name for name; everything else stays.

    Where the current question names no time, a second wording leaves that of `before` out: `Belarus?` after a question
    about one year may have an answer that is of no year.
    """
    yield _substituted(before, current, _times(before, current.mentions))
    if not current.mentions.times and before.times:
        yield _substituted(before, current, [(_with_words(before, span), "") for span in before.times])


def _substituted(before: Mentions, current: Said, of_times: list[Edit]) -> Substituted:
    named = current.mentions
    of_places, of_names = _places(before, current), _names(before, current)
    text, rest = before.query.text, len(before.query.text)
    for span, written in sorted([*of_times, *of_places, *of_names], reverse=True):
        if span.end <= rest:  # two names of countries may share a word
            text, rest = text[: span.start] + written + text[span.end :], span.start
    placed = (
        *(named.times if of_times else ()),
        *((span for _, span in named.places) if of_places else ()),
        *((named.as_names or named.names) if of_names else ()),
    )
    return Substituted(_BEFORE_MARK.sub("", " ".join(text.split())), placed)


def _times(before: Mentions, current: Mentions) -> list[Edit]:
    """The first time becomes the current ones, further ones go."""
    if not (before.times and current.times):
        return []
    further = ((_with_words(before, span), "") for span in before.times[1:])
    return [(before.times[0], written(current, current.times)), *further]


def _with_words(named: Mentions, time: Span) -> Span:
    """A time with the words that mean nothing without it: `in 2024`, `в 2024 году`."""
    cues, words = cues_of(named.query.language), named.query.tokens
    inside = [i for i, word in enumerate(words) if is_within(word, [time])]
    if cues is None or not inside:
        return time
    first, last = inside[0], inside[-1]
    while first and length_at_start(words[first - 1 : first], cues.empty):
        first -= 1
    if length_at_start(words[last + 1 : last + 2], cues.behind_time):
        last += 1
    return Span(words[first].start, words[last].end)


def _places(before: Mentions, current: Said) -> list[Edit]:
    """The last country that is not at home becomes the current one; one of two that were named changes its role."""
    if not before.places or len(current.mentions.places) != 1:
        return []
    ((place, span),) = current.mentions.places
    distinct = list(dict.fromkeys(place for place, _ in before.places))
    if place in distinct:
        both = len(before.places) == len(distinct) == 2
        return _exchanged(before) if both and current.names_only([span]) else []
    foreign = [each for each in distinct if each.code != _HOME]
    replaced = (foreign or distinct)[-1]
    return [(at, written(current.mentions, [span])) for each, at in before.places if each == replaced]


def _exchanged(before: Mentions) -> list[Edit]:
    (_, one), (_, other) = before.places
    return [(one, written(before, [other])), (other, written(before, [one]))]


def _names(before: Mentions, current: Said) -> list[Edit]:
    """The last name becomes the current one, when that is all that the current question says; a town takes the place of
    a town in any case.
    """
    names = current.mentions.names
    if before.as_names and current.mentions.as_names:
        return [(before.as_names[-1], written(current.mentions, current.mentions.as_names[-1:]))]
    if not (before.names and names and current.names_only(names)):
        return []
    return [(before.names[-1], written(current.mentions, names))]


def written(named: Mentions, spans: Sequence[Span]) -> str:
    return named.query.text[spans[0].start : spans[-1].end]


def asked_otherwise(before: Mentions, asking: str) -> str | None:
    """The question `before` with `asking` in the place of its question words; None where it has none.

    `How many times has he come?` asked with `when` is `When has he come?`.
    """
    query = before.query
    cues, words = cues_of(query.language), query.tokens
    if cues is None:
        return None
    for i, word in enumerate(words):
        if not (length := length_at_start(words[i:], cues.asking)):
            continue
        end = i + length
        if length_at_start(words[i:], cues.counting) and end < len(words):
            end += 1  # what is counted
        first, rest = query.text[: word.start], query.text[words[end - 1].end :]
        put = asking[:1].lower() if first.strip() else asking[:1].upper()
        return f"{first}{put}{asking[1:]}{rest}"
    return None
