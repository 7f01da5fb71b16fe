"""Names and rare words of a question that the collection has never seen, as it writes them: `Lavorv` is `Lavrov`.

A word that any passage holds is never touched, nor a known word of another language, the name of a place, or what is
built like a Vietnamese syllable. Of the words that the collection holds one slip of the hand away the likeliest is
meant, if it clearly is. Nothing of the index is read but how many passages hold the words that might be meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

import regex

from retrieval.article import Span
from retrieval.index.protocol import Pinned
from retrieval.index.terms import Term, terms
from retrieval.languages.reading import VIETNAMESE
from retrieval.questions.places import places_named
from retrieval.questions.query import Query
from retrieval.questions.words import is_word
from retrieval.ranking.syllables import Change, changed, with_syllables
from retrieval.text.edits import BESIDE, COMMON, LIGHT, edits
from retrieval.text.forms import Token, fold, is_within, without_possessive
from retrieval.text.language import is_syllable
from retrieval.text.sounds import Declined, as_transcribed, nominatives, romanised, undeclined

_LETTERS = regex.compile(r"[a-z]+|[а-я]+")
_SHORTEST, _SHORT, _LONG, _LONGEST = 4, 5, 7, 20
"""Letters of a word that is mended; a short one has too many others near it."""
_SMALL = 6
"""Letters of a word in small letters, in a language whose common words the collection need not hold."""
_MOST = 2
"""Words of a question that are looked up."""
_CLEAR = 4
"""Times as many passages hold the word that is meant as another that is as likely."""


class _Slip(NamedTuple):
    """A word that may be meant: what typing otherwise costs, the word in the alphabet that was typed, and its case."""

    cost: float
    name: str
    declined: Declined | None = None

    @property
    def written(self) -> str:
        return self.declined.like(self.name) if self.declined else self.name


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A word that the collection has never seen, with the words that it may be a slip of."""

    span: Span
    typed: str
    slips: Mapping[str, _Slip]


def as_spelled_here(query: Query, index: Pinned) -> Query:
    """`query` with what was mistyped as the collection writes it; most come back as they are.

    `searched` of what comes back is the text where it differs by more than marks.
    """
    if query.kind != "question" or query.searched is not None:
        return query
    found = with_syllables(query, index)
    differs = found is not query and fold(found.text) != fold(query.text)
    if strange := _strange(found, index):
        forms = {change.span: change for change in _forms(found, strange, index)}
        others = [word for word in strange if Span(word.start, word.end) not in forms][:_MOST]
        slips = list(_changes([_as_unknown(found, word) for word in others], index))
        found = changed(found, (*forms.values(), *slips))
        differs = differs or bool(slips)
    return replace(found, searched=found.text) if differs else found


def _strange(query: Query, index: Pinned) -> list[Token]:
    """The words that neither the collection nor a language is known to have, names first."""
    words = {word: _known_as(word) for word in query.tokens if _may_be_mistyped(query, word)}
    if not words:
        return []
    held = index.frequencies({term for terms in words.values() for term in terms})
    strange = [word for word, known in words.items() if not any(map(held.get, known))]
    strange = [word for word in strange if not is_word(_bare(query, word))]
    if not strange:
        return []
    places = [span for _, span in places_named(query)]
    strange = [word for word in strange if not is_within(word, places)]
    return sorted(strange, key=lambda word: not query.is_capitalised(word))


def _forms(query: Query, strange: Sequence[Token], index: Pinned) -> Iterator[Change]:
    """Names that are declined or transcribed otherwise than the collection has them: no slips of anybody."""
    forms = {word: _other_forms(without_possessive(word.folded)) for word in strange}
    held = index.frequencies({Term("folded", name) for names in forms.values() for name in names})
    for word, names in forms.items():
        there = {name: n for name in names if (n := held.get(Term("folded", name)))}
        if there:
            written = names[max(there, key=lambda name: there[name])]
            yield Change(Span(word.start, word.end), _as_typed(_bare(query, word), written))


def _other_forms(letters: str) -> Mapping[str, str]:
    """Names in Latin letters that a word may be a form of, with how they are written in its own alphabet."""
    if letters.isascii():
        return {name: name for name in undeclined(letters)}
    written = ((as_transcribed(each.name), each) for each in nominatives(letters))
    return {romanised(name): each.like(name) for name, each in written if name != each.name}


def _may_be_mistyped(query: Query, word: Token) -> bool:
    letters = without_possessive(word.folded)
    if not _LETTERS.fullmatch(letters) or not _SHORTEST <= len(letters) <= _LONGEST or is_syllable(letters):
        return False
    return query.language == VIETNAMESE or query.is_capitalised(word) or len(letters) >= _SMALL


def _bare(query: Query, word: Token) -> str:
    return without_possessive(query.text[word.start : word.end])


def _known_as(word: Token) -> set[Term]:
    """What an index that has the word holds any of."""
    letters = without_possessive(word.folded)
    if letters.isascii():
        return {Term("folded", letters)}
    names = [letters, *(romanised(each.name) for each in nominatives(letters))]
    return {
        *(Term("folded", name) for name in names),
        *(Term("sound", each) for each in terms("sound", [word])),
    }


def _as_unknown(query: Query, word: Token) -> _Unknown:
    typed = _bare(query, word)
    letters = without_possessive(word.folded)
    dearest = _dearest(len(letters), is_name=query.language == VIETNAMESE or query.is_capitalised(word))
    if letters.isascii():
        near = edits(letters, dearest)
        uninflected = {name: _Slip(cost, name) for name, cost in near.items()}
        slips = uninflected if query.language == VIETNAMESE else _inflected(letters, near)
    else:
        slips = _cyrillic(letters, dearest if query.is_capitalised(word) else LIGHT)
    return _Unknown(Span(word.start, word.start + len(typed)), typed, slips)


def _dearest(length: int, *, is_name: bool) -> float:
    """What a slip may cost in a word of so many letters: a common word has more others near it that exist."""
    common, beside = (_SHORT, _LONG) if is_name else (_LONG, _LONG)
    return BESIDE if length >= beside else COMMON if length >= common else LIGHT


def _inflected(letters: str, slips: Mapping[str, float]) -> dict[str, _Slip]:
    """Where words have endings, one letter more or less at the end is no slip, but for a doubled one."""
    return {
        name: _Slip(cost, name)
        for name, cost in slips.items()
        if cost == LIGHT or letters not in (name[:-1], name + letters[-1])
    }


def _cyrillic(letters: str, dearest: float) -> dict[str, _Slip]:
    """By themselves, and by their names in Latin letters, which may well be a letter shorter without any slip."""
    names = {
        romanised(name): _Slip(cost, name, declined)
        for declined in nominatives(letters)
        for name, cost in edits(declined.name, dearest).items()
        if cost == LIGHT or len(name) == len(declined.name) or len(name) > len(declined.name) >= _SMALL
    }
    return names | _inflected(letters, edits(letters, dearest))


def _changes(unknown: Sequence[_Unknown], index: Pinned) -> Iterator[Change]:
    held = index.frequencies({Term("folded", name) for word in unknown for name in word.slips})
    for word in unknown:
        there = {name: n for name in word.slips if (n := held.get(Term("folded", name)))}
        meant = _clearest(word.slips, {name: n for name, n in there.items() if not is_syllable(name)})
        if meant:
            yield Change(word.span, _as_typed(word.typed, word.slips[meant].written))


def _as_typed(typed: str, meant: str) -> str:
    """What is `meant`, folded, with the marks and capitals of all that was not mistyped."""
    folded = fold(typed)
    if len(folded) != len(typed):
        return meant
    first = _common(folded, meant)
    last = _common(folded[first:][::-1], meant[first:][::-1])
    return typed[:first] + meant[first : len(meant) - last] + typed[len(typed) - last :]


def _common(one: str, other: str) -> int:
    """How many first letters two words have in common."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def _clearest(slips: Mapping[str, _Slip], passages: Mapping[str, int]) -> str | None:
    """The word of the least cost, of equal ones the commonest by far; `passages`: how many hold each."""
    if not passages:
        return None
    best, *others = sorted(passages, key=lambda name: (slips[name].cost, -passages[name]))
    rivals = [passages[name] for name in others if slips[name].cost == slips[best].cost]
    return best if all(passages[best] >= _CLEAR * rival for rival in rivals) else None
