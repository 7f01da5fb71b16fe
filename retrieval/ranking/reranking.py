"""A second look at the best candidates by a model that reads question and passage together, where one is configured."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from retrieval.index.protocol import Pinned
from retrieval.ranking.fitted import Vector
from retrieval.ranking.fusion import Candidates
from retrieval.text.forms import respelled

_LOOKED_AT = 10
"""Candidates that a second look may reorder; one of them holds the answer for nearly every question."""
_SURE = 0.95
"""Where the first is the right one with this chance already, nothing is looked at twice."""


class Reranker(Protocol):
    """Judges how well passages answer a question."""

    def scores(self, question: str, passages: Sequence[str]) -> Vector:
        """A log-odds for each passage, shape (passages,); higher is better."""


def rerank(question: str, candidates: Candidates, index: Pinned, reranker: Reranker) -> Candidates:
    """`candidates` with the first ten ordered anew: the log-odds of both stages add up, as of two witnesses."""
    if len(candidates) < 2 or candidates.chance >= _SURE:
        return candidates
    top = candidates.rows[:_LOOKED_AT].tolist()
    found = index.passages(top)
    second = reranker.scores(question, [respelled(found[row][0].text) for row in top])
    score = candidates.score.copy()
    score[: len(top)] += second - second.max()
    # What was not looked at stays behind what was: its order is known, its worth to the reranker is not.
    score[len(top) :] = np.minimum(score[len(top) :], score[: len(top)].min())
    order = np.argsort(-score, kind="stable")
    evidence = {name: values[order] for name, values in candidates.evidence.items()}
    return replace(candidates, rows=candidates.rows[order], score=score[order], evidence=evidence)
