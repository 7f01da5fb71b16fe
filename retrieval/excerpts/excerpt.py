"""Passages + answering sentences -> excerpt: the citation filled in, the text verbatim."""

from bisect import bisect_right
from collections.abc import Sequence

from retrieval.article import Article, Citation, Excerpt, Span
from retrieval.excerpts.selection import Chosen
from retrieval.text.passages import paragraph_at

_OPENING = 80
"""An article without a title is named by its first words, up to about this many characters."""


def make_excerpt(chosen: Chosen, highlights: Sequence[Span]) -> Excerpt:
    """The excerpt from the first of the chosen passages to the last; `highlights` are spans into the article's text."""
    article, start, end = chosen.article, chosen.passages[0].start, chosen.passages[-1].end
    best = chosen.passages[chosen.rows.index(chosen.best)]
    return Excerpt(
        text=article.text[start:end],
        highlights=tuple(Span(span.start - start, span.end - start) for span in highlights),
        score=chosen.score,
        passage_id=best.id,
        start=start,
        end=end,
        citation=cite(article, highlights[0].start),
        also_in=chosen.also_in,
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
        page=bisect_right(article.pages, offset) or None,
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
