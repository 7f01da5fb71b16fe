"""Questions that ask the same, however they are typed: with marks or without, in other words, in another language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.embedding.protocol import Vectors
from retrieval.ranking.centring import unit
from retrieval.ranking.fitted import Vector
from retrieval.ranking.places import places_in
from retrieval.ranking.query import Query

SAME_LANGUAGE = 0.88
ACROSS_LANGUAGES = 0.6
"""Centred cosines from which on two questions are taken to ask the same, by benchmarks/gap_grouping.py: precision comes
first, since a wrong pair hides a question, while two groups for one cost a line."""
_SHARED_WORDS = 0.85
"""Share of all words of both questions that both have, marks left out, from which on no vector is asked."""
_SURELY = 1.0


@dataclass(frozen=True)
class _Traits:
    """What two questions must have in common, or not contradict each other in."""

    language: str
    words: frozenset[str]
    numbers: frozenset[str]
    places: frozenset[str]

    @classmethod
    def of(cls, query: Query) -> "_Traits":
        folded = frozenset(word.folded for word in query.tokens)
        numbers = frozenset(word for word in folded if any(letter.isdigit() for letter in word))
        return cls(query.language, folded, numbers, frozenset(place.code for place in places_in(query)))

    def shares_words(self, other: "_Traits") -> bool:
        """Whether they are the same but for a word in a long question."""
        both = self.words | other.words
        return not both or len(self.words & other.words) >= _SHARED_WORDS * len(both)

    def contradict(self, other: "_Traits") -> bool:
        """Other numbers, or each names a country that the other does not: 2019 and 2021, Russia and Belarus."""
        apart = self.places - other.places and other.places - self.places
        return self.numbers != other.numbers or bool(apart)


def grouped(queries: Sequence[Query], vectors: Vectors, means: Mapping[str, Vector]) -> list[list[int]]:
    """The positions of `queries` by group, in their order: the first one of a group leads it, and the meaning of the
    others is compared with its; the words with those of any.

    `vectors` are those of the questions, shape (queries, dimensions); `means` the mean question of each language. For
    a model of which none are known there are only words to go by: its cosines cannot be told apart.
    """
    traits = [_Traits.of(query) for query in queries]
    centred = _centred(queries, vectors, means)
    groups: list[list[int]] = []
    for i, own in enumerate(traits):
        cosines = centred[[group[0] for group in groups]] @ centred[i]
        likeness = [
            _likeness(own, [traits[j] for j in group], float(cosine))
            for group, cosine in zip(groups, cosines, strict=True)
        ]
        best = max(range(len(groups)), key=likeness.__getitem__, default=-1)
        if best >= 0 and likeness[best] >= 0:
            groups[best].append(i)
        else:
            groups.append([i])
    return groups


def _likeness(own: _Traits, members: Sequence[_Traits], cosine: float) -> float:
    """How far it is above what makes two questions one, by its `cosine` to the leader; below 0: it is another one."""
    leader = members[0]
    if any(own.shares_words(member) and not own.contradict(member) for member in members):
        return _SURELY
    if own.contradict(leader):
        return -_SURELY
    return cosine - (SAME_LANGUAGE if own.language == leader.language else ACROSS_LANGUAGES)


def _centred(queries: Sequence[Query], vectors: Vectors, means: Mapping[str, Vector]) -> Vectors:
    if not means:
        return np.zeros_like(vectors)
    away = [means.get(query.language, means.get("other", np.float32(0))) for query in queries]
    return unit(vectors - np.stack([np.broadcast_to(mean, vectors.shape[1]) for mean in away]))
