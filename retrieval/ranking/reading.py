"""A second look at the best candidates by what reads question and passage together: the reader, or a cross-encoder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article, Passage
from retrieval.embedding.protocol import Readable, Reader
from retrieval.index.protocol import Pinned
from retrieval.questions.answer_kinds import kinds_asked_for, tells
from retrieval.questions.query import Query
from retrieval.ranking.capitals import as_written_in
from retrieval.ranking.fitted import Fitted, Vector
from retrieval.ranking.fusion import Candidates, of_what_is_asked_first
from retrieval.ranking.reordering import ordered
from retrieval.text.forms import respelled
from retrieval.text.sentences import sentences

MOST = 6
"""Candidates that are read: one of them holds the answer for nearly every question."""
FAR = 5.0
"""Log-odds behind the first from which on none is read: reading never put one first, and is most of the time."""

_SURE = 0.95
"""Where the first is the right one with this chance already, no reranker is asked."""
_NOT_THE_ONE, _NOT_HERE, _NOT_IN_IT = 3.0, 2.5, 0.25
"""What a passage without the kind of answer that is asked for loses, as log-odds: that it is the one that answers, and
that it answers at all; and what is left of the chance of a sentence without."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading told of one passage: see `Readings`; `chances` has the shape (sentences,)."""

    answers: float
    here: float
    chances: Vector


Read = Mapping[int, Reading]
"""By row of the index, the best candidate first."""


class Reranker(Protocol):
    """Judges how well passages answer a question."""

    def scores(self, question: str, passages: Sequence[str]) -> Vector:
        """A log-odds for each passage, shape (passages,); higher is better."""


def _nobody() -> Reader | None:
    return None


@dataclass(frozen=True, kw_only=True)
class SecondLook:
    """What looks at the best candidates: the `reader`, if there is one when it is asked for, and a `reranker`, whose
    scores give the order where the first look is unsure of it; the reader's then tell the rest."""

    reader: Callable[[], Reader | None] = _nobody
    reranker: Reranker | None = None

    def at(
        self, query: Query, candidates: Candidates, index: Pinned, fitted: Fitted
    ) -> tuple[Candidates, Read]:
        """`candidates` with the first ordered anew, and what was read of them."""
        near = candidates.score[:MOST] >= candidates.score[:1] - FAR
        rows = candidates.rows[:MOST][near].tolist()
        reader = self.reader() if rows else None
        reranker = self.reranker if len(rows) > 1 and candidates.chance < _SURE else None
        if not reader and not reranker:
            return candidates, {}
        found = index.passages(rows)
        read = _read(reader, query, rows, found) if reader else {}
        read = _of_kinds(read, query, found)
        if reranker:
            scores = reranker.scores(query.text, [respelled(found[row][0].text) for row in rows])
        elif self.reranker:
            return candidates, read
        else:
            weight = np.float32(fitted.reader_weight(query.profile, query.language))
            scores = weight * np.array([reading.answers for reading in read.values()], np.float32)
        return reordered(candidates, scores)[0], read


def _read(
    reader: Reader, query: Query, rows: Sequence[int], found: Mapping[int, tuple[Passage, Article]]
) -> Read:
    question = as_written_in(query.text, [found[row][0].text for row in rows])
    readings = reader.read(question, [readable(*found[row]) for row in rows])
    each = zip(rows, readings.answers.tolist(), readings.here.tolist(), readings.chances, strict=True)
    return {row: Reading(answers, here, chances) for row, answers, here, chances in each}


def _of_kinds(read: Read, query: Query, found: Mapping[int, tuple[Passage, Article]]) -> Read:
    """What was `read`, of a question for a day, an age or the like: where none is told, it is not answered."""
    told = dict(read)
    for kind in kinds_asked_for(query):
        for row, reading in told.items():
            there = [tells(kind, sentence) for sentence in readable(*found[row]).sentences]
            if any(there):
                chances = reading.chances * np.where(there, np.float32(1), np.float32(_NOT_IN_IT))
                told[row] = replace(reading, chances=chances)
            else:
                told[row] = replace(
                    reading, answers=reading.answers - _NOT_THE_ONE, here=reading.here - _NOT_HERE
                )
    return told


def readable(passage: Passage, article: Article) -> Readable:
    """A passage as it is read."""
    return Readable(article.title or "", [passage.text[start:end] for start, end in sentences(passage.text)])


def reordered(candidates: Candidates, second: Vector) -> tuple[Candidates, NDArray[np.int64]]:
    """The log-odds of both looks add up, as of two witnesses; and the order, as positions in `candidates`."""
    count = len(second)
    score = candidates.score.copy()
    score[:count] += second - second.max()
    # What was not looked at stays behind what was: its order is known, its worth to the second look is not.
    score[count:] = np.minimum(score[count:], score[:count].min())
    return ordered(candidates, of_what_is_asked_first(score, candidates.met))
