"""Which sentence of a passage answers: by the question's own words and by the sentences' vectors."""

from collections.abc import Callable, Sequence

import numpy as np

from retrieval.article import Span
from retrieval.index.generation import Generation
from retrieval.index.lexical import VIEWS, LexicalIndex, terms
from retrieval.ranking.centring import Centred
from retrieval.ranking.evidence import query_terms
from retrieval.ranking.fitted import Vector
from retrieval.ranking.query import Query
from retrieval.selection import Chosen
from retrieval.text import sentences, tokens

_WORDS = 1.0
"""How much a sentence that holds all words of the question gains, against its vector's cosine."""

_CLOSE_IN_ONE_LANGUAGE, _CLOSE_ACROSS_LANGUAGES = 0.1, 0.04
"""A second sentence that scores at most this much below the best is marked as well: one excerpt in ten has one in the
question's language, one in five across languages."""

SentenceScores = Callable[[Sequence[str]], Vector]
"""Texts -> how well each matches the question, shape (texts,); higher is better."""


def answering_sentences(
    chosen: Sequence[Chosen], query: Query, question: Centred, generation: Generation
) -> list[tuple[Span, ...]]:
    """For each excerpt to be the sentence that matches the question best, and a second that matches nearly as well.

    Spans into the article's text, in its order.
    """
    words = by_words(query, generation.lexical)
    return [_answering(each, query, question, generation, words) for each in chosen]


def _answering(
    chosen: Chosen, query: Query, question: Centred, generation: Generation, words: SentenceScores
) -> tuple[Span, ...]:
    text = chosen.article.text
    split = [
        Span(passage.start + start, passage.start + end)
        for passage in chosen.passages
        for start, end in sentences(passage.text)
    ]
    score = question.cosines(generation.sentences.of(np.array(chosen.rows, np.int64)).vectors)
    if chosen.article.lang == query.language:
        score = score + np.float32(_WORDS) * words([text[start:end] for start, end in split])
    close = _CLOSE_IN_ONE_LANGUAGE if chosen.article.lang == query.language else _CLOSE_ACROSS_LANGUAGES
    best = np.argsort(-score, kind="stable")[:2]
    marked = [split[i] for i in best if score[i] >= score[best[0]] - close]
    return tuple(sorted(marked))


def by_words(query: Query, lexical: LexicalIndex) -> SentenceScores:
    """Scores sentences by the share of the question's idf mass that they hold, over all views."""
    wanted: dict[str, dict[str, float]] = {view: query_terms(query, lexical[view], view) for view in VIEWS}
    total = sum(sum(idf.values()) for idf in wanted.values()) or 1.0

    def scores(texts: Sequence[str]) -> Vector:
        found = [[set(terms(view, tokens(text))) for view in VIEWS] for text in texts]
        return np.array(
            [
                sum(
                    idf
                    for view, held in zip(VIEWS, views, strict=True)
                    for t, idf in wanted[view].items()
                    if t in held
                )
                / total
                for views in found
            ],
            dtype=np.float32,
        )

    return scores
