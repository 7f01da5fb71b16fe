"""Proper names of two questions, compared across alphabets: `Лукашенко` is `Lukashenko`, and neither is `Putin`.

A question may leave out a name that the other has. Where each has one that nothing in the other sounds like, they are
about different things.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from retrieval.article import Span
from retrieval.languages.reading import VIETNAMESE
from retrieval.questions.mentions import names
from retrieval.questions.query import Query
from retrieval.questions.translation import Lexicon, stems
from retrieval.text.forms import Token, is_within
from retrieval.text.sounds import consonants

_ALIKE = 0.6
"""Share of the consonants that two forms of a name have in common: `Kuechly` and `Кикли`, `Moscow` and `Москвы`."""


def proper_names(query: Query, there: Sequence[Span], lexicon: Lexicon | None) -> tuple[Token, ...]:
    """Words of names outside `there`, where countries are named; not those that the lexicon translates, nor
    abbreviations, which differ from language to language: `ВВП` is `GDP`.
    """
    if query.language == VIETNAMESE:
        found = query.within(names(query, there))
    else:
        capitals = [word for word in query.tokens[1:] if query.is_capitalised(word)]
        found = [word for word in capitals if not is_within(word, there)]
    if lexicon:
        written = stems(lexicon.language, query.text, found)
        found = [word for word, stem in zip(found, written, strict=True) if not lexicon.knows(stem)]
    return tuple(word for word in found if not query.text[word.start : word.end].isupper())


def differ(ours: tuple[Token, ...], us: Query, theirs: tuple[Token, ...], them: Query) -> bool:
    """Whether each of two questions has a name that no word of the other sounds like."""
    return _is_strange(ours, them) and _is_strange(theirs, us)


def _is_strange(found: tuple[Token, ...], query: Query) -> bool:
    return any(not any(_sound_alike(name.folded, word.folded) for word in query.tokens) for name in found)


@lru_cache(maxsize=1 << 16)
def _sound_alike(name: str, word: str) -> bool:
    if name == word:
        return True
    first, second = consonants(name), consonants(word)
    if not first or not second:
        return name[0] == word[0]
    return first[0] == second[0] and SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
