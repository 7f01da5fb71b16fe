"""Which sentence of a passage answers: by the question's own words and by the sentences' vectors."""

from collections.abc import Callable, Sequence

import numpy as np

from retrieval.article import Span
from retrieval.excerpts.selection import Chosen
from retrieval.index.protocol import Pinned
from retrieval.index.terms import terms
from retrieval.ranking.asked import AskedTerms
from retrieval.ranking.centring import Centred
from retrieval.ranking.fitted import Vector
from retrieval.ranking.reading import Read
from retrieval.text.forms import tokens
from retrieval.text.sentences import sentences

_WORDS = 1.0
"""How much a sentence that holds all words of the question gains, against its vector's cosine."""

_READ, _READ_ACROSS_LANGUAGES = 0.5, 0.25
"""How much it gains where the answer surely starts in it by the reader: cosines differ less across languages."""
_LIKELY = 0.4
"""A sentence in which the answer starts with this chance is marked in any case."""
_CLOSE_IN_ONE_LANGUAGE, _CLOSE_ACROSS_LANGUAGES = 0.1, 0.04
"""A second sentence that scores at most this much below the best is marked as well: one excerpt in ten has one in the
question's language, one in five across languages."""

SentenceScores = Callable[[Sequence[str]], Vector]
"""Texts -> how well each matches the question, shape (texts,); higher is better."""


def answering_sentences(
    chosen: Sequence[Chosen], asked: AskedTerms, question: Centred, read: Read, index: Pinned
) -> list[tuple[Span, ...]]:
    """For each excerpt to be the sentence that answers by meaning, words and what was `read`, and a second that does so
    nearly as well.

    Spans into the article's text, in its order.
    """
    if not chosen:
        return []
    words = by_words(asked)
    rows = np.array([row for each in chosen for row in each.rows], np.int64)
    vectors, starts = index.fetch(rows, ()).sentences
    first = np.cumsum([0, *(len(each.rows) for each in chosen[:-1])])
    meaning = np.split(question.cosines(vectors), starts[first[1:]])
    return [
        _answering(each, asked.query.language, score, _chances(each, read, len(score)), words)
        for each, score in zip(chosen, meaning, strict=True)
    ]


def _chances(chosen: Chosen, read: Read, count: int) -> Vector:
    """Of each sentence, shape (count,): that the answer starts in it; 0 in a passage that was not read."""
    found = [
        read[row].chances if row in read else np.zeros(len(sentences(passage.text)), np.float32)
        for row, passage in zip(chosen.rows, chosen.passages, strict=True)
    ]
    joined = np.concatenate(found)
    return joined if len(joined) == count else np.zeros(count, np.float32)


def _answering(
    chosen: Chosen, language: str, score: Vector, chances: Vector, words: SentenceScores
) -> tuple[Span, ...]:
    """By the cosines of the sentences of `chosen` and the chances that the answer starts there, both (sentences,)."""
    text = chosen.article.text
    split = [
        Span(passage.start + start, passage.start + end)
        for passage in chosen.passages
        for start, end in sentences(passage.text)
    ]
    if chosen.article.lang == language:
        score = score + np.float32(_WORDS) * words([text[start:end] for start, end in split])
        score, close = score + np.float32(_READ) * chances, _CLOSE_IN_ONE_LANGUAGE
    else:
        score, close = score + np.float32(_READ_ACROSS_LANGUAGES) * chances, _CLOSE_ACROSS_LANGUAGES
    best = np.argsort(-score, kind="stable")[:2]
    marked = {split[i] for i in best if score[i] >= score[best[0]] - close}
    if chances.max(initial=0.0) >= _LIKELY:
        marked.add(split[int(chances.argmax())])
    return tuple(sorted(marked))


def by_words(asked: AskedTerms) -> SentenceScores:
    """Scores sentences by the share of the question's idf mass that they hold, over all views."""
    wanted = {view: idf for view, idf in asked.words.items() if idf}
    total = sum(sum(idf.values()) for idf in wanted.values()) or 1.0

    def score(text: str) -> float:
        read = tokens(text)
        held = {view: set(terms(view, read)) for view in wanted}
        return sum(
            idf for view, terms_ in wanted.items() for term, idf in terms_.items() if term in held[view]
        )

    def scores(texts: Sequence[str]) -> Vector:
        return np.array([score(text) / total for text in texts], np.float32)

    return scores
