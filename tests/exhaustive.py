"""BM25 of every passage there is, term by term: what the search for candidates is held against."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from retrieval.index.embedded.words.lexical import Postings


def idf(postings: Postings, term: str) -> float:
    """Lucene's."""
    holders = len(postings.lookup(term)[0])
    return math.log1p((postings.count - holders + 0.5) / (holders + 0.5))


def scores(postings: Postings, weighted: Iterable[tuple[str, float]]) -> NDArray[np.float32]:
    """For terms with their weights, shape (passages,)."""
    total = np.zeros(postings.count, np.float32)
    for term, weight in weighted:
        rows, weights = postings.lookup(term)
        total[rows] += np.float32(weight * idf(postings, term)) * weights
    return total
