"""What makes two questions different however alike they sound: another number, date, country, name, or kind of answer.

Questions that differ in one of these alone have nearly the same vectors.
"""

from dataclasses import dataclass, replace

import regex

from retrieval.languages.reading import VIETNAMESE, of, of_each
from retrieval.questions.answer_type import asked_for, numbers_in_words
from retrieval.questions.place_forms import Place
from retrieval.questions.places import places_named
from retrieval.questions.query import Query
from retrieval.questions.translation import Lexicon
from retrieval.same_question.names import differ, proper_names
from retrieval.text.forms import Token, fold, folded_words, tokens
from retrieval.text.values import month_named

_HOME = of(VIETNAMESE, "home")
"""A country that may be left unsaid."""
_IN_CAPITALS = frozenset(of_each("dates", "months_in_capitals"))
"""Languages whose names of months are words as well, where they have no capital."""
_PREFIX = 5
"""Letters that tell a country from its beginning: `Russians`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What `query` names. `numbers` are in digits, `in_words` those that it writes as words; `places` in order."""

    query: Query
    numbers: frozenset[str]
    in_words: frozenset[str]
    places: tuple[Place, ...]
    names: tuple[Token, ...]
    asks: frozenset[str]


def named_in(query: Query, lexicon: Lexicon | None) -> Named:
    """`lexicon` is that of its language: what it translates is no name."""
    read = _without_endings(query)
    found = sorted(places_named(read), key=lambda each: each[1].start)
    return Named(
        query=query,
        numbers=_numbers(query),
        in_words=numbers_in_words(query),
        places=tuple(dict.fromkeys(place for place, _ in found)),
        names=proper_names(read, [span for _, span in found], lexicon),
        asks=asked_for(query),
    )


def surely_differ(a: Named, b: Named) -> bool:
    """Whether two questions surely ask for different things."""
    return (
        _count_differently(a, b)
        or bool(a.asks and b.asks and not a.asks & b.asks)
        or _is_elsewhere(a, b)
        or _is_elsewhere(b, a)
        or _are_exchanged(a, b)
        or differ(a.names, a.query, b.names, b.query)
    )


def _count_differently(a: Named, b: Named) -> bool:
    """Whether a number of one is missing in the other; of those in words only where either has one of its own:
    `thương mại hai chiều` is just trade.
    """
    ours, theirs = a.numbers | a.in_words, b.numbers | b.in_words
    if a.numbers - theirs or b.numbers - ours:
        return True
    return bool(a.in_words - theirs and b.in_words - ours)


def _numbers(query: Query) -> frozenset[str]:
    """Numbers, Roman ones too, the parts of dates, and months by name."""
    found: set[str] = set()
    for word in query.tokens:
        written = query.text[word.start : word.end]
        if word.folded[0].isnumeric():
            found.update(part.lstrip("0") or "0" for part in word.folded.split("/"))
        elif month := month_named(word.folded, query.language):
            found.update([str(month)] if written[0].isupper() or query.language not in _IN_CAPITALS else [])
    return frozenset(found)


def _is_elsewhere(a: Named, b: Named) -> bool:
    """Whether `a` names a country that `b` does not."""
    return any(
        place.code != _HOME and place not in b.places and not _is_hinted_at(place, b) for place in a.places
    )


def _is_hinted_at(place: Place, other: Named) -> bool:
    """Whether a question tells of a country in a form that is not sure to mean it."""
    query = other.query
    if place.is_named_in(query.text):
        return True
    words = [word.folded for word in query.tokens]
    if query.unaccented:
        return any(_holds(words, folded_words(form)) for form in place.phrases)
    stems = [fold(form) for form in place.abroad if len(form) >= _PREFIX and " " not in form]
    return any(word.startswith(stem) for stem in stems for word in words)


def _holds(words: list[str], phrase: list[str]) -> bool:
    return any(words[i : i + len(phrase)] == phrase for i in range(len(words) - len(phrase) + 1))


def _are_exchanged(a: Named, b: Named) -> bool:
    """Whether both name the same countries, in another order: the ambassador of Russia to Vietnam is another one.

    Without marks `nga` is not known for a country: there the same words in another order are enough.
    """
    if (a.query.unaccented or b.query.unaccented) and (a.places or b.places):
        ours, theirs = ([word.folded for word in each.query.tokens] for each in (a, b))
        return ours != theirs and sorted(ours) == sorted(theirs)
    return [p for p in a.places if p in b.places] != [p for p in b.places if p in a.places]


def _without_endings(query: Query) -> Query:
    """`China's` is China, and `Russians` are of Russia."""
    ending = of(query.language, "places", "ending")
    text = regex.sub(ending, "", query.text) if ending else query.text
    if text == query.text:
        return query
    return replace(query, text=text, tokens=tuple(tokens(text)))
