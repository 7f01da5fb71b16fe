"""What speaks for a passage: vectors, words, values, translations, the names that a question holds.

Each kind of evidence is one array, higher is better, on a scale that does not depend on the length of the question or
the size of the collection: cosines, and BM25 divided by the idf mass of the question, where 1 is a passage that holds
every term about once.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from retrieval.index.generation import Generation
from retrieval.index.words.lexical import VIEWS, LexicalIndex, Postings, terms
from retrieval.questions.names import names
from retrieval.questions.query import Query
from retrieval.ranking.centring import Centred
from retrieval.ranking.fitted import Fitted
from retrieval.ranking.requirements import Requirement, Surroundings, requirements, share_told

DENSE, SENTENCE, TRANSLATED, NAMED, MET = "dense", "sentence", "translated", "named", "met"
EVIDENCE = (DENSE, SENTENCE, *VIEWS, TRANSLATED, NAMED, MET)
"""dense: the passage's vector; sentence: that of its best sentence; exact, folded, bigram, value: its words and values;
sound: the question's names, in any alphabet; translated: the question's words in the passage's language; named: the
share of the countries and times asked for that it tells; met: whether it is about all of them.
"""
_LONGEST = 64
"""Distinct terms looked up of a question: the rarest ones of a long pasted text."""

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]
Evidence = Mapping[str, Scores]


def query_terms(query: Query, postings: Postings, view: str) -> dict[str, float]:
    """The question's distinct terms in `view` with their idf, at most the rarest `_LONGEST`."""
    asked = names(query) if view == "sound" else query.tokens
    found = {term: postings.idf(term) for term in dict.fromkeys(terms(view, asked))}
    if len(found) <= _LONGEST:
        return found
    rarest = sorted(found, key=lambda term: -found[term])[:_LONGEST]
    return {term: found[term] for term in rarest}


def of_words(query: Query, generation: Generation, fitted: Fitted) -> dict[str, Scores]:
    """The lexical evidence for all passages of the collection, shape (passages,) each."""
    lexical = generation.lexical
    found = {view: _bm25(query, lexical[view], view) for view in VIEWS}
    return {**found, TRANSLATED: _translated(query, lexical, fitted)}


def of_vectors(question: Centred, rows: Rows, generation: Generation) -> dict[str, Scores]:
    """The evidence of vectors for the passages `rows`."""
    vectors, starts = generation.sentences.of(rows)
    sentences = question.cosines(vectors)
    best = np.maximum.reduceat(sentences, starts) if len(rows) else sentences
    return {DENSE: question.cosines(generation.dense.vectors(rows)), SENTENCE: best}


def of_names(
    query: Query, rows: Rows, looked_at: Iterable[int], generation: Generation
) -> tuple[dict[str, Scores], NDArray[np.int8]]:
    """The evidence of countries and times for `rows`, of which those at the positions `looked_at` are read; and for
    each row 1 where it is surely of the time asked for, -1 where it is of another one, else 0.
    """
    wanted = requirements(query)
    told, met = np.zeros(len(rows), np.float32), np.full(len(rows), not wanted, np.float32)
    time = np.zeros(len(rows), np.int8)
    if wanted:
        positions = list(looked_at)
        found = generation.store.at(int(rows[i]) for i in positions)
        for i in positions:
            told[i], met[i], time[i] = _judged(wanted, Surroundings(*found[int(rows[i])]))
    return {NAMED: told, MET: met}, time


def _judged(wanted: tuple[Requirement, ...], around: Surroundings) -> tuple[float, bool, int]:
    is_met = [requirement.met_by(around) for requirement in wanted]
    times = [requirement.time_of(around) for requirement in wanted]
    return share_told(wanted, is_met, around), all(is_met), min(times) or max(times)


def _bm25(query: Query, postings: Postings, view: str) -> Scores:
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
