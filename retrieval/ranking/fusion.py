"""Dense and lexical evidence joined into one score, by the kind of question and the language of the passage.

score = centred cosine + sum over views of weight * BM25 / (idf mass of the question) + weight * share of names told
        + a bonus where the article is about all that the question names

Centring takes the mean question of a language and the mean passage of the collection out of the vectors, which
removes what all of them share (language, model bias) and leaves what the question is about. Dividing BM25 by the
idf mass puts a question of any length on one scale: 1 is a passage that holds every term about once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.index.generation import Generation
from retrieval.index.lexical import VIEWS, LexicalIndex, Postings, terms
from retrieval.ranking.fitted import Fitted, Vector, Weights
from retrieval.ranking.query import Query
from retrieval.ranking.requirements import Requirement, Surroundings, requirements, share_told

POOL = 100
"""Candidates taken from each of the two searches."""
_PRIOR_PASSAGES = 50
"""The fitted passage mean counts as much as this many passages of the collection."""
_NAMED_POOL = 20
"""Candidates looked at for the countries and years that the question names."""
_MET = np.float32(0.1)
"""Added to the score of passages whose article is about every country and year that the question names."""
_LONGEST = 64
"""Distinct terms looked up of a question: the rarest ones of a long pasted text."""

TRANSLATED = "translated"
"""The lexical evidence of a question's words in the passages' language."""

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Candidates:
    """Evidence for the best passages, best first; every array has shape (candidates,).

    `lexical` holds one array a view and one for TRANSLATED, BM25 over the question's idf mass; `dense` is the centred
    cosine; `met` tells
    whether the passage's article is about every country and year that the question names.
    """

    rows: Rows
    score: Scores
    dense: Scores
    lexical: Mapping[str, Scores]
    met: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.rows)


_NONE = np.zeros(0, np.float32)
NO_CANDIDATES = Candidates(np.zeros(0, np.int64), _NONE, _NONE, {}, np.zeros(0, np.bool_))


def profile_of(query: Query, language: str | None) -> str:
    """The key of the weights: the kind of question, and for others whether the passage is in its language."""
    if query.profile != "other":
        return query.profile
    return "same" if language == query.language else "cross"


def _weights_of(query: Query, language: str | None, weights: Mapping[str, Weights]) -> Weights:
    """The weights for passages in `language`; across languages those of the question's, where there are any."""
    profile = profile_of(query, language)
    return weights.get(f"{profile}-{query.language}", weights[profile])


def query_terms(query: Query, postings: Postings, view: str) -> dict[str, float]:
    """The question's distinct terms in `view` with their idf, at most the rarest `_LONGEST`."""
    found = {term: postings.idf(term) for term in dict.fromkeys(terms(view, query.tokens))}
    if len(found) <= _LONGEST:
        return found
    rarest = sorted(found, key=lambda term: -found[term])[:_LONGEST]
    return {term: found[term] for term in rarest}


def find(query: Query, vector: Vector, generation: Generation, fitted: Fitted) -> Candidates:
    """The candidates for `query` with embedding `vector` of shape (dimensions,), best first."""
    centred = _centred_query(query, vector, fitted)
    lexical = {view: _lexical(query, generation.lexical[view], view) for view in VIEWS}
    lexical[TRANSLATED] = _translated(query, generation.lexical, fitted)
    weights = fitted.weights
    pool = _pool(query, centred, lexical, generation, weights)
    dense = _centred_passages(generation, pool, fitted) @ centred
    chosen = {view: scores[pool] for view, scores in lexical.items()}
    score = dense + _weighted(query, generation, pool, chosen, weights)
    named, met = _named(requirements(query), generation, pool, score)
    score = score + np.float32(_weights_of(query, None, weights).named) * named + _MET * met
    order = np.lexsort((pool, -score))
    in_order = {view: scores[order] for view, scores in chosen.items()}
    return Candidates(pool[order], score[order], dense[order], in_order, met[order])


def _named(
    wanted: Sequence[Requirement], generation: Generation, pool: Rows, score: Scores
) -> tuple[Scores, NDArray[np.bool_]]:
    """For each of `pool`: the share of the wanted names that it tells, and whether its article meets them all."""
    told = np.zeros(len(pool), np.float32)
    if not wanted:
        return told, np.ones(len(pool), np.bool_)
    met = np.zeros(len(pool), np.bool_)
    best = np.argsort(-score, kind="stable")[:_NAMED_POOL]
    found = generation.store.at(int(pool[i]) for i in best)
    for i in best:
        around = Surroundings(*found[int(pool[i])])
        is_met = [requirement.met_by(around) for requirement in wanted]
        told[i], met[i] = share_told(wanted, is_met, around), all(is_met)
    return told, met


def _centred_query(query: Query, vector: Vector, fitted: Fitted) -> Vector:
    means = fitted.query_means
    mean = means.get(query.language, means.get("other"))
    return vector if mean is None else _unit(vector - mean)


def _centred_passages(generation: Generation, rows: Rows, fitted: Fitted) -> NDArray[np.float32]:
    vectors = generation.dense.vectors(rows)
    if fitted.passage_mean is None:
        return vectors
    count = generation.dense.count
    mean = (generation.dense.mean * count + fitted.passage_mean * _PRIOR_PASSAGES) / (count + _PRIOR_PASSAGES)
    return _unit(vectors - mean)


def _unit(vectors: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)


def _lexical(query: Query, postings: Postings, view: str) -> Scores:
    found = query_terms(query, postings, view)
    mass = sum(found.values())
    return np.asarray(postings.scores((term, 1.0) for term in found) / max(mass, 1e-9), np.float32)


def _translated(query: Query, lexical: LexicalIndex, fitted: Fitted) -> Scores:
    """BM25 of the question's words as the lexicon translates them, over their idf mass; 0 where there is none."""
    lexicon = fitted.lexicon(query.language)
    weighted = lexicon.translate(query.text, query.tokens) if lexicon else {}
    views = {"folded": [t for t in weighted if " " not in t], "bigram": [t for t in weighted if " " in t]}
    total, mass = np.zeros(lexical.count, np.float32), 0.0
    for view, found in views.items():
        total += lexical[view].scores((term, weighted[term]) for term in found)
        mass += sum(weighted[term] * lexical[view].idf(term) for term in found)
    return np.asarray(total / max(mass, 1e-9), np.float32)


def _pool(
    query: Query,
    centred: Vector,
    lexical: Mapping[str, Scores],
    generation: Generation,
    weights: Mapping[str, Weights],
) -> Rows:
    """Rows of the best POOL passages by vectors and the best POOL by words, of its own and of other languages."""
    dense = generation.dense.search(centred, POOL).rows
    pool = dense
    for weighted in (_weights_of(query, query.language, weights), _weights_of(query, None, weights)):
        total = _sum(lexical, weighted)
        k = min(POOL, len(total))
        best = np.argpartition(-total, k - 1)[:k]
        pool = np.union1d(pool, best[total[best] > 0])
    return pool.astype(np.int64)


def _weighted(
    query: Query,
    generation: Generation,
    rows: Rows,
    lexical: Mapping[str, Scores],
    weights: Mapping[str, Weights],
) -> Scores:
    if query.profile != "other":
        return _sum(lexical, weights[query.profile])
    own, other = (_weights_of(query, language, weights) for language in (query.language, None))
    languages = generation.store.languages(rows)
    same = np.fromiter((languages[int(row)] == query.language for row in rows), bool, len(rows))
    return np.where(same, _sum(lexical, own), _sum(lexical, other))


def _sum(lexical: Mapping[str, Scores], weights: Weights) -> Scores:
    parts = [np.float32(getattr(weights, view)) * scores for view, scores in lexical.items()]
    return np.asarray(np.sum(parts, axis=0), np.float32)
