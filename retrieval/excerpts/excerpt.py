"""Passages + answering sentences -> excerpt: the citation filled in, the text verbatim."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from retrieval.article import Article, Citation, Excerpt, Span
from retrieval.excerpts.selection import Chosen
from retrieval.text.passages import paragraph_at
from retrieval.text.shortening import opening_words

NAMED_COPIES = 2
"""Of the articles that tell the same so many are named; of the others there is a number."""


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
        citation=cite(article, highlights[0].start, Span(start, end)),
        also_in=tuple(copy.id for copy in chosen.also_in),
        copies=copies_cited(chosen.also_in),
    )


def copies_cited(articles: Sequence[Article]) -> tuple[Citation, ...]:
    """The first of `articles`, which tell the same, as they are named."""
    return tuple(cite(article, 0) for article in articles[:NAMED_COPIES])


def cite(article: Article, offset: int, span: Span | None = None) -> Citation:
    """The citation of the line of `article` that holds `offset`, in the midst of the `span` that is quoted."""
    paragraphs = pages = None
    if span:
        if "\n" in article.text[span.start : span.end]:
            paragraphs = _several(paragraph_at(article.text, at) for at in (span.start, span.end - 1))
        pages = _several(bisect_right(article.pages, at) for at in (span.start, span.end - 1))
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
        paragraphs=paragraphs,
        pages=pages,
    )


def _several(numbers: Iterable[int]) -> tuple[int, int] | None:
    first, last = numbers
    return (first, last) if first < last else None


def is_verbatim(excerpt: Excerpt, article: Article | None) -> bool:
    """Whether every character of the excerpt stands where it says, and no removed text lies inside."""
    if article is None or article.text[excerpt.start : excerpt.end] != excerpt.text:
        return False
    marks = (*excerpt.highlights, *([excerpt.shown] if excerpt.shown else []))
    inside = all(0 <= s.start < s.end <= len(excerpt.text) for s in marks)
    return inside and not any(excerpt.start < gap < excerpt.end for gap in article.gaps)
