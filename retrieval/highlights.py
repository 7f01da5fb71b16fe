"""Which sentence of a passage answers: by words in the question's own language, by vectors across languages."""

from collections.abc import Callable, Sequence

import numpy as np

from retrieval.article import Article, Passage, Span
from retrieval.embedding.protocol import Embedder, Vectors
from retrieval.index.lexical import VIEWS, LexicalIndex, terms
from retrieval.ranking.fitted import Vector
from retrieval.ranking.fusion import query_terms
from retrieval.ranking.query import Query
from retrieval.text import sentences, tokens

SentenceScores = Callable[[Sequence[str]], Vector]
"""Texts -> how well each matches the question, shape (texts,); higher is better."""


def answering_sentences(
    found: Sequence[tuple[Passage, Article]],
    query: Query,
    vector: Vector,
    lexical: LexicalIndex,
    embedder: Embedder,
) -> list[Span]:
    """For each passage the span, into its text, of the sentence that matches the question best."""
    split = [sentences(passage.text) for passage, _ in found]
    texts = [[p.text[s.start : s.end] for s in spans] for (p, _), spans in zip(found, split, strict=True)]
    foreign = [i for i, (_, article) in enumerate(found) if article.lang != query.language]
    compared = by_vectors(vector, embedder, [text for i in foreign for text in texts[i]])
    words = by_words(query, lexical)
    scores = [compared if i in foreign else words for i in range(len(found))]
    return [
        spans[int(np.argmax(score(text)))] for spans, text, score in zip(split, texts, scores, strict=True)
    ]


def by_vectors(vector: Vector, embedder: Embedder, texts: Sequence[str]) -> SentenceScores:
    """Scores sentences by their cosine to the question; all `texts` are embedded in one go."""
    distinct = list(dict.fromkeys(texts))
    known: dict[str, Vector] = {}
    if distinct:
        vectors: Vectors = embedder.embed_passages(distinct)
        known = dict(zip(distinct, vectors, strict=True))
    return lambda wanted: np.asarray([float(known[text] @ vector) for text in wanted], np.float32)


def by_words(query: Query, lexical: LexicalIndex) -> SentenceScores:
    """Scores sentences by the share of the question's idf mass that they hold, over the three views."""
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
