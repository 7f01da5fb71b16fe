"""What a question names, where in it, and what else it says apart from the cues by which it leans on another.

Spans point into `query.text`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import regex

from retrieval.article import Span
from retrieval.languages.reading import VIETNAMESE, of
from retrieval.questions.names import share_held
from retrieval.questions.phrases import CuesFound, Phrase, cues_found, folded
from retrieval.questions.place_forms import Place
from retrieval.questions.places import is_town, places_named
from retrieval.questions.query import Query
from retrieval.text.forms import Token, is_within
from retrieval.text.language import is_syllable
from retrieval.text.values import TOLD_YEAR, dates, month_named

_YEAR = regex.compile(TOLD_YEAR)
_LONGEST_DATE = 5
"""Words of `2 tháng 4 năm 2025`."""


@dataclass(frozen=True)
class Mentions:
    """The times and countries that `query` names, in order, and its other proper names, among them `as_names`."""

    query: Query
    times: tuple[Span, ...]
    places: tuple[tuple[Place, Span], ...]
    as_names: tuple[Span, ...] = ()

    @classmethod
    def of(cls, query: Query) -> Self:
        return cls(query, time_spans(query), tuple(places_named(query)))

    @cached_property
    def names(self) -> tuple[Span, ...]:
        taken = [*self.times, *self.as_names, *(span for _, span in self.places)]
        return tuple(sorted((*self.as_names, *names(self.query, taken))))

    @cached_property
    def towns(self) -> tuple[Span, ...]:
        """The names of towns: of those that stand for a country, and of what stands where a town does: `ở Huế`."""
        known = [span for place, span in self.places if is_town(self.query, place, span)]
        taken = [*self.times, *(span for _, span in self.places)]
        return tuple(sorted({*known, *_towns(self.query, taken)}))

    def with_towns_as_names(self) -> Self:
        """Hanoi is no country beside Huế."""
        places = tuple((place, span) for place, span in self.places if span not in self.towns)
        return replace(self, places=places, as_names=self.towns)

    @property
    def named(self) -> tuple[Span, ...]:
        """The countries and names."""
        return (*(span for _, span in self.places), *self.names)

    def after(self, before: Self) -> Self:
        """Without countries that the question `before` mentions by another name: Moscow is not Russia then."""
        if self.query.language != before.query.language:
            return self
        places = (
            (place, span)
            for place, span in self.places
            if not before.calls_otherwise(place, self.query.within([span]))
        )
        return replace(self, places=tuple(places))

    def calls_otherwise(self, place: Place, name: Sequence[Token]) -> bool:
        """Whether it names `place` too, by another name."""
        known = self.query.within([span for each, span in self.places if each == place])
        return bool(known) and share_held(name, [word.folded for word in known]) < 1


@dataclass(frozen=True)
class Said:
    """What a question mentions, its cues, and its `content`: words of the core that name something, times left out."""

    mentions: Mentions
    cues: CuesFound
    content: Phrase

    def names_only(self, spans: Sequence[Span]) -> bool:
        """Whether all its content is within `spans`."""
        return all(is_within(word, spans) for word in self.content)


def said_after(before: Mentions, query: Query) -> Said | None:
    """What `query` says after a question that mentions what `before` tells; None in a language without cues."""
    cues = cues_found(query.tokens, query.language, before.query.language)
    if cues is None:
        return None
    read = Mentions.of(query)
    content = _content(read, cues)
    return Said((_capitalised(read, content) if cues.framed else read).after(before), cues, content)


def _towns(query: Query, taken: Sequence[Span]) -> Iterator[Span]:
    """Capitalised words, outside `taken`, behind a word that a town stands behind."""
    behind = {*map(folded, of(query.language, "places", "town_behind") or ())}
    words = query.tokens
    for i, word in enumerate(words):
        before = {tuple(w.folded for w in words[max(0, i - n) : i]) for n in (1, 2)}
        end = i
        while (
            end < len(words) and _is_of_name(query, words[end], taken) and (end == i or _adjoin(query, end))
        ):
            end += 1
        if end > i and not before.isdisjoint(behind):
            yield Span(word.start, words[end - 1].end)


def _is_of_name(query: Query, word: Token, taken: Sequence[Span]) -> bool:
    capitalised = query.is_capitalised(word) and word.folded.isalpha()
    return capitalised and month_named(word.folded) is None and not is_within(word, taken)


def _adjoin(query: Query, position: int) -> bool:
    return query.text[query.tokens[position - 1].end : query.tokens[position].start] == " "


def _content(read: Mentions, cues: CuesFound) -> Phrase:
    """Words of a country's name always name something, also those that look idle."""
    there = [span for _, span in read.places]
    return tuple(
        word
        for i, word in enumerate(cues.core)
        if not is_within(word, read.times) and (i not in cues.idle or is_within(word, there))
    )


def _capitalised(read: Mentions, content: Phrase) -> Mentions:
    """What a question mentions that says nothing but the name of a country in small letters: `còn nga?`."""
    text = read.query.text
    for word in content:
        text = text[: word.start] + text[word.start].upper()[:1] + text[word.start + 1 :]
    written = replace(read.query, text=text, unaccented=False)
    places = tuple(places_named(written))
    spans = [span for _, span in places]
    only = spans and all(is_within(word, spans) for word in content)
    return Mentions(written, read.times, places) if only else read


def time_spans(query: Query) -> tuple[Span, ...]:
    """The dates and years."""
    found: list[Span] = []
    position = 0
    while position < len(query.tokens):
        length = _date_length(query.tokens[position:])
        if length:
            found.append(Span(query.tokens[position].start, query.tokens[position + length - 1].end))
        position += max(length, 1)
    return tuple(found)


def _date_length(words: Sequence[Token]) -> int:
    """Of how many words the date or year is that `words` begin with; 0 for none. `11 tháng năm 2024` is
    no date but a year.
    """
    if _YEAR.fullmatch(words[0].folded):
        return 1
    lengths = range(1, min(_LONGEST_DATE, len(words)) + 1)
    found = [dates(words[:length]) & dates(words[: length + 1]) for length in lengths]
    counts = [len(each - dates(words[1:length])) for length, each in zip(lengths, found, strict=True)]
    return counts.index(max(counts)) + 1 if any(counts) else 0


def names(query: Query, taken: Sequence[Span]) -> list[Span]:
    """Proper names of `query` outside `taken`: runs of capitalised words, of two at least or with one that is no
    Vietnamese syllable. The first word is always capitalised: only where it can be no common word it begins a name.
    """
    runs: list[list[Token]] = []
    for i, word in enumerate(query.tokens):
        telling = (
            i > 0 or len(query.tokens) == 1 or (query.language == VIETNAMESE and not is_syllable(word.folded))
        )
        if not (telling and query.is_capitalised(word)) or is_within(word, taken):
            continue
        if runs and query.text[runs[-1][-1].end : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    named = [run for run in runs if len(run) > 1 or not is_syllable(run[0].folded)]
    return [Span(run[0].start, run[-1].end) for run in named]
