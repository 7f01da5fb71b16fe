"""Candidates by another score than the one that they were found with."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.index.protocol import Rows
from retrieval.ranking.evidence import MET, NAMED, Scores
from retrieval.ranking.fusion import Candidates, of_what_is_asked_first


def ordered(candidates: Candidates, score: Scores) -> tuple[Candidates, NDArray[np.int64]]:
    """`candidates` by `score`, best first; and the order, as positions in `candidates`."""
    order = np.argsort(-score, kind="stable")
    evidence = {name: values[order] for name, values in candidates.evidence.items()}
    return replace(candidates, rows=candidates.rows[order], score=score[order], evidence=evidence), order


def averaged(candidates: Candidates, other: Candidates) -> Candidates:
    """`candidates` by the average of their scores and those of `other`; what that lacks scores as its last.

    They need tell the countries, names and times alone that `other` was found for.
    """
    if not len(candidates) or not len(other):
        return candidates
    place = {row: i for i, row in enumerate(other.rows.tolist())}
    at = np.array([place.get(row, len(other) - 1) for row in candidates.rows.tolist()], np.int64)
    there = np.isin(candidates.rows, other.rows)
    evidence = dict(candidates.evidence)
    for name in (NAMED, MET):
        evidence[name] = np.where(there, other.evidence[name][at], evidence[name])
    score = np.float32(0.5) * (candidates.score + other.score[at])
    return _asked_first(replace(candidates, evidence=evidence), score)


def nearer(candidates: Candidates, rows: Rows, by: float) -> Candidates:
    """`candidates` with those at `rows` scored higher."""
    near = np.isin(candidates.rows, rows).astype(np.float32)
    return _asked_first(candidates, candidates.score + np.float32(by) * near)


def _asked_first(candidates: Candidates, score: Scores) -> Candidates:
    return (
        ordered(candidates, of_what_is_asked_first(score, candidates.met))[0]
        if len(candidates)
        else candidates
    )
