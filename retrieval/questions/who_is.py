"""Questions that ask who somebody is, and nothing else: `Đoàn Đình Đạt là ai?`.

Of such a question only the name can stand in an article, so that there is little that its other words could prove.
"""

from collections.abc import Sequence

from retrieval.article import Article, Passage
from retrieval.languages.reading import words_of_all
from retrieval.questions.phrases import folded
from retrieval.questions.query import Query
from retrieval.text.forms import Token, tokens

_BEHIND, _BEFORE = (list(map(folded, words_of_all("who_is", side))) for side in ("behind", "before"))
_PARTICLES = frozenset(map(folded, words_of_all("who_is", "particles")))
_SYLLABLES = 3
"""A name typed in small letters has so many words at least: fewer may be anything."""


def named_person(query: Query) -> tuple[Token, ...]:
    """The words of the name that `query` asks after; none for another question."""
    words = list(query.tokens)
    while words and (words[-1].folded,) in _PARTICLES:
        words.pop()
    written = tuple(word.folded for word in words)
    for phrase in _BEHIND:
        if written[-len(phrase) :] == phrase:
            return _name(query, words[: -len(phrase)])
    for phrase in _BEFORE:
        if written[: len(phrase)] == phrase:
            return _name(query, words[len(phrase) :])
    return ()


def _name(query: Query, words: Sequence[Token]) -> tuple[Token, ...]:
    capitals = sum(query.text[word.start].isupper() for word in words)
    if len(words) >= 2 and capitals == len(words):
        return tuple(words)
    return tuple(words) if not capitals and len(words) >= _SYLLABLES else ()


def holds_name(passage: Passage, article: Article, name: Sequence[Token], *, marked: bool) -> bool:
    """Whether the passage or its title holds the whole `name`, word by word; its marks count where it is `marked`."""
    wanted = [word.exact if marked else word.folded for word in name]
    for text in (passage.text, article.title or ""):
        there = [word.exact if marked else word.folded for word in tokens(text)]
        if any(there[i : i + len(wanted)] == wanted for i in range(len(there) - len(wanted) + 1)):
            return True
    return False
