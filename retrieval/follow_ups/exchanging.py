"""One question with a part of it exchanged for that of another: year for year, country for country, name for name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from retrieval.article import Span
from retrieval.languages.reading import VIETNAMESE, of
from retrieval.questions.mentions import Mentions, Said
from retrieval.questions.phrases import cues_of, length_at_start
from retrieval.text.forms import is_within
from retrieval.text.values import TOLD_YEAR

_HOME = of(VIETNAMESE, "home")
"""`trade of Vietnam and Japan` is about Japan."""

_YEAR = regex.compile(TOLD_YEAR)

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
    about one year may have an answer that is of no year. Where it names a year, after a question for a part of one, the
    first wording is of the whole year.
    """
    of_times = _times(before, current.mentions)
    if of_times and (part := _part_of_year(before)) and _YEAR.fullmatch(of_times[0][1]):
        yield _substituted(before, current, [*of_times, (part, "")])
    yield _substituted(before, current, of_times)
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


def without_times(before: Mentions) -> str:
    """The question `before` as asked of no time."""
    spans = [_with_words(before, span) for span in before.times]
    part = _part_of_year(before) if before.times else None
    text = before.query.text
    for span in sorted([*spans, *([part] if part else [])], reverse=True):
        text = text[: span.start] + text[span.end :]
    return _BEFORE_MARK.sub("", " ".join(text.split()))


def _part_of_year(before: Mentions) -> Span | None:
    """Where it says which part of its first time is meant: `11 tháng` năm 2024."""
    pattern = _parts(before.query.language)
    match = pattern and pattern.search(before.query.text[: before.times[0].start])
    return Span(*match.span("part")) if match else None


@cache
def _parts(language: str) -> "regex.Pattern[str] | None":
    """Of a part of a year that at most two words stand behind."""
    parts = of(language, "times", "parts")
    return regex.compile(rf"(?i)\b(?P<part>{'|'.join(parts)})(?: \w+){{0,2}}\s$") if parts else None


def _with_words(named: Mentions, time: Span) -> Span:
    """A time with the words that mean nothing without it: `in 2024`, `в 2024 году`."""
    cues, words = cues_of(named.query.language), named.query.tokens
    inside = [i for i, word in enumerate(words) if is_within(word, [time])]
    if cues is None or not inside:
        return time
    first, last = inside[0], inside[-1]
    while first and length_at_start(words[first - 1 : first], cues.empty):
        if is_within(words[first - 1], named.named):
            break  # `Nam` of `Việt Nam` may be `năm` without its marks
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
