"""How probable it is that the collection answers: a logistic over evidence, one per kind of question.

No raw cosine is ever compared with a threshold: cosines of this family of models all lie between 0.7 and 1.
"""

from typing import NamedTuple

import numpy as np

from retrieval.index.generation import Generation
from retrieval.ranking.fitted import Fitted
from retrieval.ranking.fusion import Candidates, query_terms
from retrieval.ranking.query import Query

_TOP = 3
"""Candidates whose words may cover the question together: a reply shows as many."""
_NEAR_MISS = 0.1
"""What is left of the probability when the best candidate is not about a country or year that is asked for."""
FEATURES = ("dense", "lead", "exact", "folded", "bigram", "translated", "covered", "rarest", "agreement")


class Confidence(NamedTuple):
    """The probability in 0..1 that the collection answers, and whether that is enough to answer."""

    probability: float
    answered: bool


def judge(query: Query, candidates: Candidates, generation: Generation, fitted: Fitted) -> Confidence:
    """The verdict for `query` over its candidates, best first."""
    if not len(candidates):
        return Confidence(0.0, False)
    logistic = fitted.confidence[query.profile if query.profile in fitted.confidence else "other"]
    probability = logistic.probability(features(query, candidates, generation))
    if not candidates.met[0]:
        probability *= _NEAR_MISS
    return Confidence(probability, probability >= logistic.threshold)


def features(query: Query, candidates: Candidates, generation: Generation) -> dict[str, float]:
    """The evidence, each number roughly in 0..1 and growing with the chance of an answer.

    dense: best centred cosine; lead: its distance to the tenth best; exact, folded, bigram, translated: BM25 over
    idf mass of the first candidate; covered: share of the question's idf mass held by the first three together; rarest:
    whether they hold its rarest term; agreement: whether dense and lexical search agree on the first place.
    """
    dense = np.sort(candidates.dense)[::-1]
    lexical = sum(candidates.lexical.values())
    covered, rarest = _coverage(query, candidates, generation)
    return {
        "dense": float(dense[0]),
        "lead": float(dense[0] - dense[min(9, len(dense) - 1)]),
        **{view: float(scores[0]) for view, scores in candidates.lexical.items()},
        "covered": covered,
        "rarest": rarest,
        "agreement": float(np.argmax(candidates.dense) == np.argmax(lexical)),
    }


def _coverage(query: Query, candidates: Candidates, generation: Generation) -> tuple[float, float]:
    view = "exact" if query.profile == "vi" else "folded"
    postings = generation.lexical[view]
    mass = query_terms(query, postings, view)
    held = {term: _holds(postings.lookup(term)[0], candidates.rows[:_TOP]) for term in mass}
    total = sum(mass.values())
    covered = sum(mass[term] for term, is_held in held.items() if is_held) / max(total, 1e-9)
    rarest = max(mass, key=lambda term: mass[term], default=None)
    return covered, float(rarest is not None and held[rarest])


def _holds(
    rows: np.ndarray[tuple[int], np.dtype[np.int32]], wanted: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> bool:
    """Whether sorted `rows` hold any of `wanted`."""
    return bool(np.isin(wanted, rows).any())
