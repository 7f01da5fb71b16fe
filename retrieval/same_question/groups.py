"""Questions that ask the same, however they are typed: with marks or without, in other words, in another language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from retrieval.embedding.protocol import Vectors
from retrieval.languages.reading import VIETNAMESE, of_each
from retrieval.questions.query import Query, analyse
from retrieval.questions.translation import load_lexicon
from retrieval.ranking.centring import unit
from retrieval.ranking.fitted import Vector
from retrieval.retriever import Retriever
from retrieval.same_question.differences import Named, named_in, surely_differ
from retrieval.same_question.words import Lexicons, Words, share_alike, words_of

WORDS: Final = 0.35
"""What the share of words that both say counts beside the cosine of their vectors."""
_ONE_ASKS: Final = 0.1
"""What counts against them where the words of one alone tell what is asked for, a time or a person."""
SAME_LANGUAGE: Final = 1.15
OTHERS: Final = 0.875
_OF_COLLECTION: Final[dict[str, float]] = of_each("same_question", "likeness")
"""The likeness from which on two questions ask the same: of one language, of two, and by the other language where one
is that of the collection.

All were chosen by benchmarks/gap_grouping.py, precision first: a wrong pair hides a question, two groups for one cost a
line. Cosines of one language are higher, and most of those beside it are of questions on the same topic.
"""
_LEAST: Final = min(SAME_LANGUAGE, OTHERS, *_OF_COLLECTION.values())


@dataclass(frozen=True, slots=True)
class Read:
    """What is compared of a question beside its vector."""

    query: Query
    named: Named
    words: Words

    @classmethod
    def of(cls, query: Query, lexicons: Lexicons = load_lexicon) -> "Read":
        return cls(query, named_in(query, lexicons(query.language)), words_of(query, lexicons))

    @property
    def written(self) -> tuple[str, ...]:
        """Its words, without marks."""
        return tuple(word.folded for word in self.query.tokens)

    def is_written_as(self, other: "Read") -> bool:
        """Whether their words are the same; marks that both have must be."""
        if self.written != other.written:
            return False
        if self.query.unaccented or other.query.unaccented:
            return True
        return all(x.exact == y.exact for x, y in zip(self.query.tokens, other.query.tokens, strict=True))


def asks_the_same(a: Read, b: Read, cosine: float) -> bool:
    """By the centred `cosine` of their vectors, their words, and what they name."""
    least = _least(a.query.language, b.query.language)
    if cosine + WORDS < least or likeness(a, b, cosine) < least:
        return False
    return not surely_differ(a.named, b.named)


def likeness(a: Read, b: Read, cosine: float) -> float:
    """Comparable for pairs of the same languages only."""
    one_asks = bool(a.named.asks) != bool(b.named.asks)
    return cosine + WORDS * share_alike(a.words, b.words) - _ONE_ASKS * one_asks


def groups(retriever: Retriever, questions: Sequence[str]) -> list[list[int]]:
    """The positions of `questions` that ask the same, over the collection and with the model of `retriever`."""
    queries = [retriever.readable(analyse(question)) for question in questions]
    if not queries:
        return []
    vectors = retriever.question_vectors.of([query.text for query in queries])
    return grouped(queries, vectors, retriever.fitted.query_means, retriever.fitted.lexicon)


def grouped(
    queries: Sequence[Query],
    vectors: Vectors,
    means: Mapping[str, Vector],
    lexicons: Lexicons = load_lexicon,
) -> list[list[int]]:
    """The positions of `queries` by group, in their order; the first one of a group leads it.

    A question joins the group that has the nearest one which asks the same, unless it is told apart from the leader.
    `vectors` are those of the questions, shape (queries, dimensions); `means` the mean question of each language. For
    a model of which none are known there are only words to go by: its cosines cannot be told apart.
    """
    read = [Read.of(query, lexicons) for query in queries]
    near = centred(queries, vectors, means) if means and queries else None
    leader_of: list[int] = []
    written: dict[tuple[str, ...], list[int]] = {}
    for i, own in enumerate(read):
        same = next((j for j in written.get(own.written, []) if own.is_written_as(read[j])), None)
        if same is None and near is not None:
            same = _nearest(read, leader_of, near[:i] @ near[i])
        leader_of.append(i if same is None else leader_of[same])
        written.setdefault(own.written, []).append(i)
    groups: dict[int, list[int]] = {}
    for i, leader in enumerate(leader_of):
        groups.setdefault(leader, []).append(i)
    return list(groups.values())


def _nearest(read: Sequence[Read], leader_of: Sequence[int], cosines: Vector) -> int | None:
    """The nearest of the questions so far that asks the same as the one that follows them, if any does."""
    own = read[len(leader_of)]
    nearest_first: list[int] = np.argsort(-cosines, kind="stable").tolist()
    for j in nearest_first:
        if cosines[j] + WORDS < _LEAST:
            break
        alike = asks_the_same(own, read[j], float(cosines[j]))
        if alike and not surely_differ(own.named, read[leader_of[j]].named):
            return j
    return None


def _least(language: str, other: str) -> float:
    if language == other:
        return SAME_LANGUAGE
    foreign = other if language == VIETNAMESE else language if other == VIETNAMESE else ""
    return _OF_COLLECTION.get(foreign, OTHERS)


def centred(queries: Sequence[Query], vectors: Vectors, means: Mapping[str, Vector]) -> Vectors:
    """The vectors without what all questions of their language share."""
    away = [means.get(query.language, means.get("other", np.float32(0))) for query in queries]
    return unit(vectors - np.stack([np.broadcast_to(mean, vectors.shape[1]) for mean in away]))
