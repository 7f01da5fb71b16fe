"""How much of what two questions say in words is the same, across languages: as written, as it sounds, translated."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from retrieval.questions.phrases import cues_of, found_in
from retrieval.questions.query import Query
from retrieval.questions.translation import TARGET, Lexicon, stems
from retrieval.text.sounds import spell

Lexicons = Callable[[str], Lexicon | None]
_SOUNDS_FROM = 4
"""Letters of a word by which it is known across languages."""
_TRANSLATED = 1.5
"""A translation of the middling probability of a lexicon counts as one."""
_MOST = 40
"""Words that are read of a long question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedWord:
    """A word that names something: as typed and folded, its stem, its sound, and the syllables that translate it, as a
    vector of length one."""

    exact: str
    folded: str
    stem: str
    sound: str
    meant: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Words:
    """Those of a question that name something; none of it may. `marked`: whether it was typed with marks."""

    language: str
    marked: bool
    words: tuple[ComparedWord, ...]


def words_of(query: Query, lexicons: Lexicons) -> Words:
    cues, lexicon = cues_of(query.language), lexicons(query.language)
    idle = found_in(query.tokens, cues.asking) | found_in(query.tokens, cues.empty) if cues else set()
    found = [word for i, word in enumerate(query.tokens) if i not in idle][:_MOST]
    written = stems(lexicon.language, query.text, found) if lexicon else [word.folded for word in found]
    return Words(
        query.language,
        not query.unaccented,
        tuple(
            ComparedWord(
                exact=word.exact,
                folded=word.folded,
                stem=stem,
                sound=_sound(word.folded),
                meant=_meant(stem, lexicon),
            )
            for word, stem in zip(found, written, strict=True)
        ),
    )


def share_alike(a: Words, b: Words) -> float:
    """The share of the words of the one that the other says too, of whichever says more that the other does not."""
    return min(_share(a, b), _share(b, a))


def _share(a: Words, b: Words) -> float:
    alike = _comparison(a, b)
    said: Sequence[float] = [max((alike(x, y) for y in b.words), default=0) for x in a.words]
    return sum(said) / len(said) if said else 0.0


def _comparison(a: Words, b: Words) -> Callable[[ComparedWord, ComparedWord], float]:
    if a.language != b.language:
        return _alike_across
    return _alike_with_marks if a.marked and b.marked else _alike


def _alike(x: ComparedWord, y: ComparedWord) -> float:
    return float(x.folded == y.folded or x.stem == y.stem)


def _alike_with_marks(x: ComparedWord, y: ComparedWord) -> float:
    """`cá` is another word than `cà`."""
    return float(x.exact == y.exact or (x.stem == y.stem != x.folded))


def _alike_across(x: ComparedWord, y: ComparedWord) -> float:
    if x.folded == y.folded or x.sound == y.sound != "":
        return 1.0
    if x.meant and y.meant:
        return sum(p * y.meant.get(term, 0.0) for term, p in x.meant.items())
    return min(1.0, _TRANSLATED * (x.meant.get(y.folded, 0.0) or y.meant.get(x.folded, 0.0)))


def _meant(stem: str, lexicon: Lexicon | None) -> Mapping[str, float]:
    terms = lexicon.meaning_of(stem) if lexicon and lexicon.language != TARGET else {}
    single = {term: p for term, p in terms.items() if " " not in term}
    length = sqrt(sum(p * p for p in single.values())) or 1.0
    return {term: p / length for term, p in single.items()}


def _sound(folded: str) -> str:
    spelled = spell(folded)
    return spelled[:_SOUNDS_FROM] if len(spelled) >= _SOUNDS_FROM else ""
