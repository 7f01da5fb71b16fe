"""Question -> Answer over one generation. Deterministic; safe to call from several threads."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from retrieval.article import Answer, Article, Excerpt, Passage
from retrieval.duplicates import group
from retrieval.embedding.protocol import Embedder
from retrieval.excerpts import is_verbatim, make_excerpt
from retrieval.highlights import answering_sentences
from retrieval.index.generation import Generation
from retrieval.ranking.confidence import Confidence, judge
from retrieval.ranking.fitted import Fitted, Vector, load_fitted
from retrieval.ranking.fusion import NO_CANDIDATES, Candidates, find
from retrieval.ranking.query import Query, analyse, with_marks

EXCERPTS = 3
WORTH_SHOWING = 0.5
"""A further excerpt of an answer scores at least this share of the best one; on the development set no answer is lost
by it, and every fifth excerpt of a Vietnamese question goes."""
_SPARE = 3
"""Candidates looked at first for each excerpt wanted: some repeat another and collapse into it."""


@dataclass(frozen=True)
class Found:
    """What a search found: `candidates` best first, none for small talk and invalid questions."""

    query: Query
    vector: Vector
    candidates: Candidates
    verdict: Confidence


class Retriever:
    """Answers from one generation with one embedder."""

    def __init__(
        self,
        generation: Generation,
        embedder: Embedder,
        fitted: Fitted | None = None,
        worth_showing: float = WORTH_SHOWING,
    ) -> None:
        self.generation = generation
        self._worth_showing = worth_showing
        self._embedder = embedder
        self._fitted = fitted or load_fitted(embedder.fingerprint)

    @property
    def calibrated(self) -> bool:
        """Whether the confidence was fitted for this model; otherwise it is a guess."""
        return self._fitted.calibrated

    def answer(self, question: str, limit: int = EXCERPTS) -> Answer:
        """The answer with at most `limit` excerpts; never fails for a question of any kind."""
        clock = _Clock()
        found = self._search(question, clock)
        if found.query.kind != "question":
            return self._unsearched(question, found.query, clock)
        with clock.stage("excerpts"):
            count = limit if found.verdict.answered else min(limit, EXCERPTS)
            excerpts = self._excerpts(found, count)
        return self._answer(question, found, excerpts, clock)

    def search(self, question: str) -> "Found":
        """The ranked candidates for a question and the verdict on them, whether it is answered or not."""
        return self._search(question, _Clock())

    def _search(self, question: str, clock: "_Clock") -> "Found":
        with clock.stage("analyse"):
            query = analyse(question)
        if query.kind != "question":
            return Found(query, np.zeros(0, np.float32), NO_CANDIDATES, Confidence(0.0, False))
        with clock.stage("marks"):
            query = with_marks(query, self.generation.marks)
        with clock.stage("embed"):
            vector = self._embedder.embed_queries([query.text])[0]
        with clock.stage("search"):
            candidates = find(query, vector, self.generation, self._fitted)
        with clock.stage("judge"):
            verdict = judge(query, candidates, self.generation, self._fitted)
        return Found(query, vector, candidates, verdict)

    def article(self, article_id: str) -> Article | None:
        return self.generation.store.article(article_id)

    def is_verbatim(self, excerpt: Excerpt) -> bool:
        """The check at the moment of sending: the excerpt stands in the indexed article, character by character."""
        return is_verbatim(excerpt, self.article(excerpt.citation.article_id))

    def _unsearched(self, question: str, query: Query, clock: "_Clock") -> Answer:
        return Answer(
            question,
            query.kind,
            query.language,
            query.unaccented,
            answered=False,
            confidence=0.0,
            reason=query.reason,
            elapsed_ms=clock.read(),
            generation=self.generation.id,
        )

    def _answer(self, question: str, result: "Found", excerpts: Sequence[Excerpt], clock: "_Clock") -> Answer:
        query, verdict, found = result.query, result.verdict, tuple(excerpts)
        return Answer(
            question,
            query.kind,
            query.language,
            query.unaccented,
            answered=verdict.answered and bool(found),
            confidence=verdict.probability,
            excerpts=found if verdict.answered else (),
            nearest=() if verdict.answered else found,
            reason=None if verdict.answered else "refused",
            elapsed_ms=clock.read(),
            generation=self.generation.id,
        )

    def _excerpts(self, result: "Found", limit: int) -> list[Excerpt]:
        """The best passages with their articles; repeats of one collapse into it as "also in"."""
        query, vector, candidates = result.query, result.vector, result.candidates
        rows = [int(row) for row in candidates.rows]
        found, leaders = self._distinct(rows, limit)
        first = [i for i, leader in enumerate(leaders) if leader == i][:limit]
        if result.verdict.answered:
            first = [i for i in first if candidates.score[i] >= self._worth_showing * candidates.score[0]]
        chosen = [found[rows[i]] for i in first]
        answering = answering_sentences(chosen, query, vector, self.generation.lexical, self._embedder)
        excerpts = []
        for i, (passage, article), highlight in zip(first, chosen, answering, strict=True):
            copies = [found[rows[j]][1].id for j, leader in enumerate(leaders) if leader == i]
            also_in = tuple(dict.fromkeys(copy for copy in copies if copy != article.id))
            score = float(candidates.score[i])
            excerpts.append(make_excerpt(article, passage, highlight, score=score, also_in=also_in))
        return excerpts

    def _distinct(
        self, rows: Sequence[int], limit: int
    ) -> tuple[dict[int, tuple[Passage, Article]], list[int]]:
        """Of as many of `rows` as it takes to have `limit` different texts: the passages, and whom each repeats."""
        looked_at = limit * _SPARE
        while True:
            found = self.generation.store.at(rows[:looked_at])
            leaders = group([found[row][0].text for row in rows[:looked_at]])
            if len(set(leaders)) >= limit or looked_at >= len(rows):
                return found, leaders
            looked_at *= 2


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self._stages[name] = _ms(begun)

    def read(self) -> dict[str, float]:
        return {**self._stages, "total": _ms(self._started)}


def _ms(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 3)
