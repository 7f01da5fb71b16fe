"""Names that a question holds or asks after, and whether a passage holds them, across alphabets and inflections.

`Мишустина` is `Mishustin`, `То Лама` is `Tô Lâm`: names are compared as they sound, and endings may differ. Of a
question that asks who somebody is and nothing else, such as `Đoàn Đình Đạt là ai?`, only the name can stand in an
article: there is little that its other words could prove.
"""

from collections.abc import Iterable, Sequence

from retrieval.article import Article, Passage
from retrieval.languages.reading import words_of_all
from retrieval.questions.phrases import folded
from retrieval.questions.query import Query
from retrieval.text.forms import Token, tokens
from retrieval.text.sounds import spell

_STEM = 0.7
"""Share of the longer form that two forms of a name must begin alike with."""
_SHORT = 3
"""A name of so few letters must be alike as a whole."""
_BEHIND, _BEFORE = (list(map(folded, words_of_all("who_is", side))) for side in ("behind", "before"))
_PARTICLES = frozenset(map(folded, words_of_all("who_is", "particles")))
_SYLLABLES = 3
"""A name typed in small letters has so many words at least: fewer may be anything."""


def share_held(wanted: Sequence[Token], words: Iterable[str]) -> float:
    """The share of the `wanted` names that are among the folded `words` of a passage; 1 where none is wanted."""
    there = set(words)
    spelled = {spell(word) for word in there}
    held = [token.folded in there or _is_held(spell(token.folded), spelled) for token in wanted]
    return sum(held) / len(held) if held else 1.0


def _is_held(name: str, spelled: set[str]) -> bool:
    if name in spelled:
        return True
    if len(name) <= _SHORT or name[0].isnumeric():
        return False
    return any(
        _common(name, other) >= _STEM * max(len(name), len(other))
        for other in spelled
        if other[:1] == name[0]
    )


def _common(a: str, b: str) -> int:
    """How many first letters two words have in common."""
    for i, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return i
    return min(len(a), len(b))


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
    capitals = sum(map(query.is_capitalised, words))
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
