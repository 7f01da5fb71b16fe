"""Passage + question -> excerpt: the answering sentence marked, the citation filled in, the text verbatim."""

from collections.abc import Callable, Sequence

import numpy as np

from retrieval.article import Article, Citation, Excerpt, Passage
from retrieval.index.lexical import VIEWS, LexicalIndex, terms
from retrieval.passages import paragraph_at
from retrieval.ranking.fitted import Vector
from retrieval.ranking.fusion import query_terms
from retrieval.ranking.query import Query
from retrieval.text import sentences, tokens

_OPENING = 80
"""An article without a title is named by its first words, up to about this many characters."""

SentenceScores = Callable[[Sequence[str]], Vector]
"""Texts -> how well each matches the question, shape (texts,); higher is better."""


def make_excerpt(
    article: Article,
    passage: Passage,
    score: float,
    sentence_scores: SentenceScores,
    also_in: tuple[str, ...],
) -> Excerpt:
    """The excerpt for one passage, its best sentence highlighted."""
    found = sentences(passage.text)
    best = found[int(np.argmax(sentence_scores([passage.text[s.start : s.end] for s in found])))]
    return Excerpt(
        text=passage.text,
        highlights=(best,),
        score=score,
        passage_id=passage.id,
        start=passage.start,
        end=passage.end,
        citation=cite(article, passage.start + best.start),
        also_in=also_in,
    )


def cite(article: Article, offset: int) -> Citation:
    """The citation of the line of `article` that holds `offset`."""
    return Citation(
        article_id=article.id,
        title=article.title,
        source=article.source,
        author=article.author,
        date=article.date,
        url=article.url,
        path=article.path,
        paragraph=paragraph_at(article.text, offset),
        opening=opening_words(article.text),
    )


def opening_words(text: str) -> str:
    """The first words of `text`, whole, about `_OPENING` characters, without a cut mark at the end."""
    line = text.split("\n", 1)[0]
    if len(line) <= _OPENING:
        return line
    cut = line.rfind(" ", 0, _OPENING + 1)
    return line[: cut if cut > 0 else _OPENING].rstrip(" ,;:-–—")


def is_verbatim(excerpt: Excerpt, article: Article | None) -> bool:
    """Whether every character of the excerpt stands where it says, and no removed text lies inside."""
    if article is None or article.text[excerpt.start : excerpt.end] != excerpt.text:
        return False
    inside = all(0 <= s.start < s.end <= len(excerpt.text) for s in excerpt.highlights)
    return inside and not any(excerpt.start < gap < excerpt.end for gap in article.gaps)


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
