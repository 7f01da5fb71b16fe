"""Questions that ask who somebody is, and nothing else: `Đoàn Đình Đạt là ai?`.

Of such a question only the name can stand in an article, so that there is little that its other words could prove.
"""

from collections.abc import Sequence

from retrieval.article import Article, Passage
from retrieval.questions.query import Query
from retrieval.text.forms import Token, tokens

_BEHIND: tuple[tuple[str, ...], ...] = (("la", "ai"),)
_BEFORE: tuple[tuple[str, ...], ...] = (
    ("ai", "la"),
    ("who's",),
    *(("who", be) for be in ("is", "was", "are", "were")),
    *(("кто", word) for word in ("такои", "такая", "такие", "это")),
)
_PARTICLES = frozenset("vay the a nhi ha the".split())
_SYLLABLES = 3
"""A name typed in small letters has so many words at least: fewer may be anything."""


def named_person(query: Query) -> tuple[Token, ...]:
    """The words of the name that `query` asks after; none for another question."""
    words = list(query.tokens)
    while words and words[-1].folded in _PARTICLES:
        words.pop()
    folded = [word.folded for word in words]
    for phrase in _BEHIND:
        if tuple(folded[-len(phrase) :]) == phrase:
            return _name(query, words[: -len(phrase)])
    for phrase in _BEFORE:
        if tuple(folded[: len(phrase)]) == phrase:
            return _name(query, words[len(phrase) :])
    return ()


def _name(query: Query, words: Sequence[Token]) -> tuple[Token, ...]:
    capitals = sum(query.text[word.start].isupper() for word in words)
    if len(words) >= 2 and capitals == len(words):
        return tuple(words)
    return tuple(words) if not capitals and len(words) >= _SYLLABLES else ()


def tells(passage: Passage, article: Article, name: Sequence[Token], *, marked: bool) -> bool:
    """Whether the passage or its title holds the whole `name`, word by word; its marks count where it is `marked`."""
    wanted = [word.exact if marked else word.folded for word in name]
    for text in (passage.text, article.title or ""):
        there = [word.exact if marked else word.folded for word in tokens(text)]
        if any(there[i : i + len(wanted)] == wanted for i in range(len(there) - len(wanted) + 1)):
            return True
    return False
