"""How probable it is that the collection answers: a logistic over evidence, one per kind of question.

No raw cosine is ever compared with a threshold: cosines of this family of models all lie between 0.7 and 1.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.generation import Generation
from retrieval.index.lexical import VIEWS, Postings
from retrieval.ranking.evidence import DENSE, SENTENCE, TRANSLATED, query_terms
from retrieval.ranking.fitted import Fitted
from retrieval.ranking.fusion import Candidates
from retrieval.ranking.query import Query
from retrieval.text import Token

_TOP = 3
"""Candidates whose words may cover the question together: a reply shows as many."""
_NEAR_MISS = 0.1
"""What is left of the probability when the best candidate is not about a country or year that is asked for."""
FEATURES = (
    *(DENSE, SENTENCE, "lead", "sentence lead", *VIEWS, TRANSLATED),
    *("covered", "covered first", "rarest", "names", "share", "agreement"),
)


class Confidence(NamedTuple):
    """The probability in 0..1 that the collection answers, and whether that is enough to answer."""

    probability: float
    answered: bool


def judge(query: Query, candidates: Candidates, generation: Generation, fitted: Fitted) -> Confidence:
    """The verdict for `query` over its candidates, best first."""
    if not len(candidates):
        return Confidence(0.0, False)
    logistic = fitted.confidence_of(query.profile, query.language)
    probability = logistic.probability(features(query, candidates, generation))
    if not candidates.met[0]:
        probability *= _NEAR_MISS
    return Confidence(probability, probability >= logistic.threshold)


def features(query: Query, candidates: Candidates, generation: Generation) -> dict[str, float]:
    """The evidence, each number roughly in 0..1 and growing with the chance of an answer.

    dense, sentence: best centred cosines; lead, sentence lead: their distance to the tenth best; exact, folded, bigram,
    value, translated: evidence for the first candidate; covered: share of the question's idf mass held by the first
    three together, covered first: by the first alone; rarest: whether the three hold its rarest term; names: share of
    its names and numbers that the first holds, 1 where it has none; share: chance of the first among the candidates, by
    their scores; agreement: whether vectors and words agree on the first place.
    """
    evidence = candidates.evidence
    words = sum(evidence[view] for view in VIEWS) + evidence[TRANSLATED]
    return {
        DENSE: float(evidence[DENSE].max()),
        SENTENCE: float(evidence[SENTENCE].max()),
        "lead": _lead(evidence[DENSE]),
        "sentence lead": _lead(evidence[SENTENCE]),
        **{name: float(evidence[name][0]) for name in (*VIEWS, TRANSLATED)},
        **_coverage(query, candidates, generation),
        "share": candidates.chance,
        "agreement": float(np.argmax(evidence[DENSE]) == np.argmax(words)),
    }


def _lead(scores: NDArray[np.float32]) -> float:
    """By how much the best lies above the tenth best."""
    ordered = np.sort(scores)[::-1]
    return float(ordered[0] - ordered[min(9, len(ordered) - 1)])


def _coverage(query: Query, candidates: Candidates, generation: Generation) -> dict[str, float]:
    view = "exact" if query.profile == "vi" else "folded"
    postings = generation.lexical[view]
    mass = query_terms(query, postings, view)
    top = {term: _holders(postings, term, candidates.rows[:_TOP]) for term in mass}
    rarest = max(mass, key=lambda term: mass[term], default=None)
    names = [getattr(token, view) for token in _names(query)]
    held = [top[name][0] for name in names if name in top]
    return {
        "covered": _mass_of([term for term in mass if any(top[term])], mass),
        "covered first": _mass_of([term for term in mass if top[term][0]], mass),
        "rarest": float(rarest is not None and any(top[rarest])),
        "names": float(np.mean(held)) if held else 1.0,
    }


def _mass_of(held: Sequence[str], mass: dict[str, float]) -> float:
    return sum(mass[term] for term in held) / max(sum(mass.values()), 1e-9)


def _holders(postings: Postings, term: str, wanted: NDArray[np.int64]) -> list[bool]:
    """For each row of `wanted` whether it holds `term`."""
    return [bool(found) for found in np.isin(wanted, postings.lookup(term)[0])]


def _names(query: Query) -> list[Token]:
    """Numbers, and words that are capitalised inside a sentence."""
    return [
        token
        for i, token in enumerate(query.tokens)
        if token.folded[0].isnumeric() or (i > 0 and query.text[token.start].isupper())
    ]
