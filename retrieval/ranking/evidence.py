"""What speaks for a passage: vectors, words, values, translations, the names that a question holds.

Each kind of evidence is one array, higher is better, on a scale that does not depend on the length of the question or
the size of the collection: cosines, and BM25 divided by the idf mass of the question, where 1 is a passage that holds
every term about once.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.index.protocol import Fetched, Pinned, Rows
from retrieval.index.terms import VIEWS, Term
from retrieval.questions.query import Query
from retrieval.ranking.asked import AskedTerms, mass
from retrieval.ranking.centring import Centred
from retrieval.ranking.proper_names import proper_names
from retrieval.ranking.requirements import (
    PassageContext,
    Requirement,
    requirements,
    share_told,
    spans_of,
)

DENSE, SENTENCE, TRANSLATED, NAMED, MET = "dense", "sentence", "translated", "named", "met"
EVIDENCE = (DENSE, SENTENCE, *VIEWS, TRANSLATED, NAMED, MET)
"""dense: the passage's vector; sentence: that of its best sentence; exact, folded, bigram, value: its words and values;
sound: the question's names, in any alphabet; translated: the question's words in the passage's language; named: the
share of the countries and times asked for that it tells; met: whether it is about all of them, and its article about
all names that are asked for.
"""

Scores = NDArray[np.float32]
Evidence = Mapping[str, Scores]


def of_words(asked: AskedTerms, fetched: Fetched) -> dict[str, Scores]:
    """The evidence of words for the passages fetched; of translations 0 where there are none."""
    found = {view: _held(asked, view, worth, fetched) / mass(worth) for view, worth in asked.words.items()}
    translations = asked.translations
    told = sum((_held(asked, view, worth, fetched) for view, worth in translations.items()), np.float32(0))
    total = sum(sum(worth.values()) for worth in translations.values())
    return {**found, TRANSLATED: np.asarray(told / max(total, 1e-9), np.float32)}


def _held(asked: AskedTerms, view: str, worth: Mapping[str, float], fetched: Fetched) -> Scores:
    """BM25 of some terms of one view for each passage: what it holds of their worth."""
    places = [asked.terms[Term(view, text)] for text in worth]
    weights = np.fromiter(worth.values(), np.float32, len(worth))
    return np.asarray((weights[:, None] * fetched.saturations[places]).sum(axis=0), np.float32)


def of_vectors(question: Centred, fetched: Fetched) -> dict[str, Scores]:
    """The evidence of vectors for the passages fetched."""
    sentences = question.cosines(fetched.sentences.vectors)
    best = np.maximum.reduceat(sentences, fetched.sentences.starts) if len(fetched.rows) else sentences
    return {DENSE: question.cosines(fetched.vectors), SENTENCE: best}


def of_names(
    query: Query, rows: Rows, looked_at: Iterable[int], index: Pinned
) -> tuple[dict[str, Scores], NDArray[np.int8]]:
    """The evidence of countries, times and names for `rows`, of which those at the positions `looked_at` are read; and
    for each row 1 where it is surely of the time asked for, -1 where it is of another one, else 0.
    """
    positions = list(looked_at)
    found = index.passages(int(rows[i]) for i in positions)
    around = {i: PassageContext(*found[int(rows[i])]) for i in positions}
    wanted, named = requirements(query), _named(query, list(around.values()), index)
    told, met = np.zeros(len(rows), np.float32), np.full(len(rows), not wanted and named.all(), np.float32)
    time = np.zeros(len(rows), np.int8)
    for i, each, holds in zip(positions, around.values(), named, strict=True) if not met.all() else ():
        told[i], met[i], time[i] = _judged(wanted, each)
        met[i] *= holds
    return {NAMED: told, MET: met}, time


def _named(query: Query, around: Sequence[PassageContext], index: Pinned) -> NDArray[np.bool_]:
    """Which of the articles `around` hold every name that is asked for: shape (articles,).

    A name may be written otherwise in all that is about it: one counts that some of them hold.
    """
    names = proper_names(query, spans_of(query), [each.passage.text for each in around], index)
    held = np.array([[name.is_held_by(each.as_written) for each in around] for name in names], np.bool_)
    held = held.reshape(len(names), len(around))
    return np.asarray(held[held.any(axis=1)].all(axis=0))


def _judged(wanted: tuple[Requirement, ...], around: PassageContext) -> tuple[float, bool, int]:
    is_met = [requirement.met_by(around) for requirement in wanted]
    times = [requirement.time_of(around) for requirement in wanted]
    return share_told(wanted, is_met, around), all(is_met), min(times, default=0) or max(times, default=0)
