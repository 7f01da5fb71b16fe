"""What a question names and where in it: times, countries, names.

Spans point into `query.text`.
"""

from collections.abc import Sequence

import regex

from retrieval.article import Span
from retrieval.languages.reading import VIETNAMESE
from retrieval.questions.query import Query
from retrieval.text.forms import Token, is_within
from retrieval.text.language import is_syllable
from retrieval.text.values import TOLD_YEAR, values

_YEAR = regex.compile(TOLD_YEAR)
_LONGEST_DATE = 5
"""Words of `2 tháng 4 năm 2025`."""


def times(query: Query) -> list[Span]:
    """The dates and years that `query` names, in order."""
    found: list[Span] = []
    position = 0
    while position < len(query.tokens):
        length = _date_length(query.tokens[position:])
        if length:
            found.append(Span(query.tokens[position].start, query.tokens[position + length - 1].end))
        position += max(length, 1)
    return found


def years_in(words: Sequence[Token]) -> frozenset[int]:
    """The years among `words`, those of numeric dates too."""
    parts = (part for word in words for part in word.folded.split("/"))
    return frozenset(int(part) for part in parts if _YEAR.fullmatch(part))


def dates_in(words: Sequence[Token]) -> frozenset[str]:
    """The dates among `words`, in the forms of `values`."""
    return frozenset(value for value in values(words) if not value.startswith(("=", "%")))


def _date_length(words: Sequence[Token]) -> int:
    """Of how many words the date or year is that `words` begin with; 0 for none."""
    if _YEAR.fullmatch(words[0].folded):
        return 1
    lengths = range(1, min(_LONGEST_DATE, len(words)) + 1)
    counts = [len(dates_in(words[:length]) - dates_in(words[1:length])) for length in lengths]
    return counts.index(max(counts)) + 1 if any(counts) else 0


def is_capitalised(word: Token, query: Query) -> bool:
    return query.text[word.start].isupper()


def names_and_numbers(query: Query) -> list[Token]:
    """Numbers, and words that are capitalised inside a sentence."""
    return [
        word
        for i, word in enumerate(query.tokens)
        if word.folded[0].isnumeric() or (i > 0 and is_capitalised(word, query))
    ]


def names(query: Query, taken: Sequence[Span]) -> list[Span]:
    """Proper names of `query` outside `taken`: runs of capitalised words, of two at least or with one that is no
    Vietnamese syllable. The first word is always capitalised: only where it can be no common word it begins a name.
    """
    runs: list[list[Token]] = []
    for i, word in enumerate(query.tokens):
        telling = (
            i > 0 or len(query.tokens) == 1 or (query.language == VIETNAMESE and not is_syllable(word.folded))
        )
        if not (telling and is_capitalised(word, query)) or is_within(word, taken):
            continue
        if runs and query.text[runs[-1][-1].end : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    named = [run for run in runs if len(run) > 1 or not is_syllable(run[0].folded)]
    return [Span(run[0].start, run[-1].end) for run in named]
