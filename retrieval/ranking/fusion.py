"""All evidence joined into one score, by the kind of question and the language of the passage.

score = sum of weight * evidence. The weights are those of a conditional logit (McFadden, 1974) fitted on questions with
known answers: the softmax of the scores is the chance of each candidate to be the passage that answers. A model that
nothing was fitted for gets reciprocal rank fusion of vectors and words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.index.protocol import Fetched, Pinned, Rows
from retrieval.index.terms import VIEWS
from retrieval.questions.query import Query
from retrieval.questions.times import asks_for_latest
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.centring import Centred
from retrieval.ranking.evidence import (
    DENSE,
    EVIDENCE,
    MET,
    SENTENCE,
    TRANSLATED,
    Evidence,
    Scores,
    of_names,
    of_vectors,
    of_words,
)
from retrieval.ranking.fitted import Fitted, Weights

POOL = 100
"""Candidates taken from each of the two searches."""
_K = 60
"""The constant of reciprocal rank fusion (Cormack et al., 2009)."""
_STEEPNESS = 1.5
"""A place in the fused ranking as log-odds: the chance of the n-th candidate falls as n to this power."""
_NAMED_POOL = 20
"""Candidates looked at for the countries and times that the question names."""
_ONE_STORY = 3.0
"""What the vectors of two tellings of one story, of this year and of another, differ by at most in a score."""
_NEARLY = 2.0
"""What is about another country or firm than asked for comes behind what is about that one and scores less by this."""
_BEHIND = 0.5
"""By how much what is of another time or country comes behind: more than what counts as equal."""


@dataclass(frozen=True)
class Candidates:
    """The best passages, best first; every array has shape (candidates,).

    `evidence` holds an array a kind, see `evidence.EVIDENCE`. `latest`: the question asks for the newest.
    """

    rows: Rows
    score: Scores
    evidence: Evidence
    latest: bool = False

    @property
    def met(self) -> NDArray[np.bool_]:
        """Whether the passage is about every country and year that the question names."""
        return self.evidence[MET] > 0

    @property
    def chance(self) -> float:
        """The chance of the first candidate to be the best of all, by their scores."""
        return float(1 / np.exp(self.score - self.score[0]).sum())

    def __len__(self) -> int:
        return len(self.rows)


_NONE = np.zeros(0, np.float32)
NO_CANDIDATES = Candidates(np.zeros(0, np.int64), _NONE, dict.fromkeys(EVIDENCE, _NONE))


def profile_of(query: Query, language: str | None) -> str:
    """The key of the weights: the kind of question, and for others whether the passage is in its language."""
    if query.profile != "other":
        return query.profile
    return "same" if language == query.language else "cross"


NO_ROWS: Rows = np.zeros(0, np.int64)


def find(
    asked: AskedTerms, question: Centred, index: Pinned, fitted: Fitted, beside: Rows = NO_ROWS
) -> Candidates:
    """The candidates for what is `asked`, whose centred vector is `question`, best first; the rows `beside` are among
    them in any case."""
    query, weights = asked.query, fitted.weights
    pool = np.union1d(_pool(asked, question, index, weights), beside)
    fetched = index.fetch(pool, list(asked.terms))
    rows = fetched.rows
    own = _in_own_language(query, fetched)
    evidence = of_words(asked, fetched) | of_vectors(question, fetched)
    score = _joint(query, own, evidence, fitted)
    best = np.argsort(-score, kind="stable")[:_NAMED_POOL]
    names, time = of_names(query, rows, best, index)
    score = score + _weighted(query, own, names, weights)
    alike = _weighted(query, own, {name: evidence[name] for name in (DENSE, SENTENCE)}, weights)
    score = _of_that_time_first(score, (names[MET] > 0) & (time > 0), time < 0, alike)
    score = of_what_is_asked_first(score, names[MET] > 0)
    evidence |= names
    order = np.lexsort((rows, -score))
    evidence = {name: scores[order] for name, scores in evidence.items()}
    return Candidates(rows[order], score[order], evidence, asks_for_latest(query))


def _of_that_time_first(
    score: Scores, own: NDArray[np.bool_], other: NDArray[np.bool_], alike: Scores
) -> Scores:
    """`score` with what is of another time than asked for behind the best that is of it and tells the same story.

    Nothing but its date may tell last year's story from this year's; and one that compares with the year asked for
    holds it in words, which the story of that year need not.
    """
    if not own.any() or not other.any():
        return score
    best = int(np.argmax(np.where(own, score, -np.inf)))
    if alike[best] < alike[other].max() - _ONE_STORY:
        return score
    return np.where(other, np.minimum(score, score[best] - np.float32(_BEHIND)), score)


def of_what_is_asked_first(score: Scores, met: NDArray[np.bool_]) -> Scores:
    """`score` with what is about another country, name or time behind the best that is about what is asked for, where
    that scores nearly as well.
    """
    if not met.any() or met.all():
        return score
    best = score[met].max()
    behind = np.minimum(score, best - np.float32(_BEHIND))
    return np.asarray(np.where(met | (score > best + np.float32(_NEARLY)), score, behind), np.float32)


def _weights_of(query: Query, language: str | None, weights: Mapping[str, Weights]) -> Weights:
    """The weights for passages in `language`; across languages those of the question's, where there are any."""
    profile = profile_of(query, language)
    return weights.get(f"{profile}-{query.language}", weights[profile])


def _pool(asked: AskedTerms, question: Centred, index: Pinned, weights: Mapping[str, Weights]) -> Rows:
    """Rows of the best POOL passages by vectors and the best POOL by words, of its own and of other languages."""
    query = asked.query
    kinds = [_weights_of(query, language, weights) for language in (query.language, None)]
    weighted = [asked.weighted(each, each.get(TRANSLATED, 0.0)) for each in kinds]
    if weighted[0] == weighted[1]:
        del weighted[1]
    return np.union1d(index.nearest(question.question, POOL), index.holding(weighted, POOL))


def _in_own_language(query: Query, fetched: Fetched) -> NDArray[np.bool_]:
    """Which passages are in the question's language; all, where the weights do not go by it."""
    if query.profile != "other":
        return np.ones(len(fetched.rows), np.bool_)
    return np.array([language == query.language for language in fetched.languages()], np.bool_)


def _weighted(
    query: Query, own: NDArray[np.bool_], evidence: Evidence, weights: Mapping[str, Weights]
) -> Scores:
    """The weighted sum; `own` tells the passages in the question's language."""
    if query.profile != "other":
        return _sum(evidence, weights[query.profile])
    same, other = (_weights_of(query, language, weights) for language in (query.language, None))
    return np.where(own, _sum(evidence, same), _sum(evidence, other))


def _joint(query: Query, own: NDArray[np.bool_], evidence: Evidence, fitted: Fitted) -> Scores:
    """The score without names: the weighted sum, or for a model that nothing was fitted for the fused ranks."""
    if fitted.calibrated:
        return _weighted(query, own, evidence, fitted.weights)
    words = _weighted(query, own, {n: evidence[n] for n in (*VIEWS, TRANSLATED)}, fitted.weights)
    by_vectors = 1 / (_K + _places(evidence[DENSE] + evidence[SENTENCE]))
    by_words = np.where(words > 0, 1 / (_K + _places(words)), 0)
    ranks = np.asarray(by_vectors + by_words, np.float32)
    return np.asarray(-_STEEPNESS * np.log(_places(ranks)), np.float32)


def _places(scores: Scores) -> Scores:
    """1 for the highest, 2 for the next: shape (candidates,)."""
    places = np.empty(len(scores), np.float32)
    places[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return places


def _sum(evidence: Evidence, weights: Weights) -> Scores:
    total = np.zeros_like(next(iter(evidence.values())))
    for name, scores in evidence.items():
        if weight := weights.get(name, 0.0):
            total += np.float32(weight) * scores
    return total
