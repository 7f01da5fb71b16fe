"""Names of people, firms and things that a question is about, and whether an article is about them.

A question about one firm is not answered from an article about another. Only a name that the collection holds can tell:
one that it never saw may be written otherwise there, and is for the confidence to judge.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from retrieval.article import Span
from retrieval.index.protocol import Pinned
from retrieval.index.terms import Term
from retrieval.languages.reading import words_of_all
from retrieval.questions.mentions import names
from retrieval.questions.query import Query
from retrieval.questions.translation import load_lexicon, stems
from retrieval.text.forms import Token, fold, is_within, without_possessive
from retrieval.text.language import is_syllable
from retrieval.text.sounds import consonants, sounds

_CAPITALISED = regex.compile(r"\b\p{Lu}[\p{L}\p{M}]+")
_TITLES = frozenset(map(fold, words_of_all("names", "titles")))
"""Syllables before the name of somebody or a body: `Phó Thủ tướng`, `Bộ Công Thương`."""
_COMMON = frozenset(map(fold, words_of_all("names", "common")))
"""Names of what has another name as well: articles need not hold them."""
_MADE_OF_NAMES = tuple(words_of_all("names", "made_of_names"))
"""Endings of words that are made of names: `Scottish`, `Victorian`."""
_ACRONYM = 3
"""Letters of an abbreviation that sounds like nothing: `EVN`."""
_HEARD = 5
"""Letters of a word of another alphabet that are enough to tell it by its sound."""


@dataclass(frozen=True)
class ProperName:
    """A name by the sounds of its words, or by the pairs of syllables of a Vietnamese one;
    `consonants` are those of a name in another alphabet, whose vowels may be anything.
    """

    sounds: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    consonants: frozenset[str] = frozenset()

    def is_held_by(self, texts: Iterable[str]) -> bool:
        """Whether any of `texts` holds a word of it, or a pair of its syllables."""
        return any(self._is_in(text) for text in texts)

    def _is_in(self, text: str) -> bool:
        if self.pairs:
            return any(regex.search(rf"\b{pair}\b", _folded(text)) for pair in self.pairs)
        return not (
            self.sounds.isdisjoint(_sounds(text))
            and (not self.consonants or self.consonants.isdisjoint(_consonants(text)))
        )


_BARE = {ord(letter): fold(letter) for letter in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))}


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    """A text in NFC without marks, ten times as fast as `fold`, which long texts are worth."""
    return text.lower().translate(_BARE)


@lru_cache(maxsize=512)
def _sounds(text: str) -> frozenset[str]:
    """Those of the words of `text` that begin with a capital."""
    return frozenset(sound for word in set(_CAPITALISED.findall(text)) for sound in _sound(word))


@lru_cache(maxsize=512)
def _consonants(text: str) -> frozenset[str]:
    words = {fold(word) for word in _CAPITALISED.findall(text)}
    return frozenset(consonants(word) for word in words if not is_syllable(word))


@lru_cache(maxsize=1 << 15)
def _sound(word: str) -> tuple[str, ...]:
    """How a word sounds, as in the view of that name; one that is too short for that as it is written."""
    folded = without_possessive(fold(word))
    found = sounds([Token(0, len(folded), folded, folded)])
    return tuple(found) or ((folded,) if len(folded) == _ACRONYM else ())


def proper_names(
    query: Query, taken: Sequence[Span], texts: Sequence[str], index: Pinned
) -> tuple[ProperName, ...]:
    """The names in `query` outside `taken` that the collection holds.

    A word in small letters, and the first one, is a name where the passages `texts` write it so.
    """
    runs = list(_runs(query, taken))
    sure = {word.start for run in runs for word in run}
    rest = [word for word in query.tokens if word.start not in sure and not is_within(word, taken)]
    runs += [[word] for word in _written_as_names(query, rest, texts)]
    terms = {term for run in runs for term in _terms(query, run)}
    if not terms:
        return ()
    known = {term for term, holders in index.frequencies(terms).items() if holders}
    found = (_name(query, run, known) for run in runs)
    return tuple(dict.fromkeys(name for name in found if name is not None))


def _runs(query: Query, taken: Sequence[Span]) -> Iterator[list[Token]]:
    """The words of each name that is surely one."""
    for span in names(query, taken):
        run = _untranslated(query, query.within([span]))
        while run and run[0].folded in _TITLES:
            run = run[1:]
        if run and (run != [query.tokens[0]] or query.text[run[0].start : run[0].end].isupper()):
            yield run


def _untranslated(query: Query, words: Sequence[Token]) -> list[Token]:
    """Without what the lexicon translates: `Prime Minister`; and without what is made of a name."""
    words = [word for word in words if not without_possessive(word.folded).endswith(_MADE_OF_NAMES)]
    lexicon = load_lexicon(query.language)
    if lexicon is None:
        return words
    written = stems(query.language, query.text, words)
    return [word for word, stem in zip(words, written, strict=True) if not lexicon.translates(stem)]


def _written_as_names(query: Query, words: Sequence[Token], texts: Sequence[str]) -> list[Token]:
    """Words that `texts` write with a capital alone: the first one, and in a question without any capital all."""
    if any(map(query.is_capitalised, query.tokens)):
        words = [word for word in words if word == query.tokens[0]]
    foreign = [word for word in words if _is_foreign(word)]
    return [word for word in _untranslated(query, foreign) if _is_capitalised_in(texts, word)]


def _is_foreign(word: Token) -> bool:
    return len(word.folded) > _ACRONYM and word.folded.isascii() and not is_syllable(word.folded)


def _is_capitalised_in(texts: Iterable[str], word: Token) -> bool:
    """Whether `texts` have the word and always with a capital, where no sentence begins with it."""
    pattern = re.compile(rf"(?<=[\w,)’\"] ){re.escape(without_possessive(word.folded))}\b", re.IGNORECASE)
    first = [match.group()[0] for text in texts for match in pattern.finditer(text)]
    return bool(first) and all(map(str.isupper, first))


def _terms(query: Query, run: Sequence[Token]) -> set[Term]:
    """What to look for of a name: its sounds; of syllables alone their pairs."""
    if all(is_syllable(word.folded) for word in run):
        return {Term("bigram", pair) for pair in _pairs(run)}
    written = [query.text[word.start : word.end] for word in run]
    heard = {sound for word in written for sound in _sound(word) if word.isascii() or len(sound) >= _HEARD}
    heard -= _COMMON
    if not any(len(sound) > _ACRONYM for sound in heard) and not any(map(str.isupper, written)):
        return set()
    return {Term("folded" if len(sound) == _ACRONYM else "sound", sound) for sound in heard}


def _pairs(run: Sequence[Token]) -> set[str]:
    return {f"{a.folded} {b.folded}" for a, b in pairwise(run)} - _COMMON


def _name(query: Query, run: Sequence[Token], known: Set[Term]) -> ProperName | None:
    """The name, if the collection holds any of it."""
    terms = _terms(query, run)
    if terms.isdisjoint(known):
        return None
    if any(term.view == "bigram" for term in terms):
        return ProperName(pairs=frozenset(term.text for term in terms))
    abroad = [word for word in run if not word.folded.isascii()]
    return ProperName(
        frozenset(term.text for term in terms),
        consonants=frozenset(consonants(word.folded) for word in abroad),
    )
