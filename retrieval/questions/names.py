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
from retrieval.text.language import is_syllable
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
    if len(words) == 1:
        foreign = len(words[0].folded) > _SHORT and not is_syllable(words[0].folded)
        return tuple(words) if foreign and not words[0].folded[0].isnumeric() else ()
    capitals = sum(map(query.is_capitalised, words))
    if len(words) >= 2 and capitals == len(words):
        return tuple(words)
    return tuple(words) if not capitals and len(words) >= _SYLLABLES else ()


def holds_name(passage: Passage, article: Article, name: Sequence[Token], *, marked: bool) -> bool:
    """Whether the passage or its title holds the whole `name`, word by word, a foreign one as it sounds.

    Its marks count where it is `marked`.
    """
    for text in (passage.text, article.title or ""):
        there = tokens(text)
        starts = range(len(there) - len(name) + 1)
        if any(
            all(_is_same(*pair, marked=marked) for pair in zip(name, there[i:], strict=False)) for i in starts
        ):
            return True
    return False


def _is_same(wanted: Token, there: Token, *, marked: bool) -> bool:
    if marked and is_syllable(wanted.folded):
        return wanted.exact == there.exact
    if wanted.folded == there.folded:
        return True
    sounds_alike = wanted.folded[0].isalpha() and there.folded[0].isalpha() and not is_syllable(wanted.folded)
    return sounds_alike and _is_held(spell(wanted.folded), {spell(there.folded)})
