"""What stands around an excerpt: its paragraphs before and after, as the article has them.

What a reader sees of an article is a tuple of spans in its order: stretches of text with nothing removed inside. A
paragraph that adjoins a span grows it; where text was removed between them (`Article.gaps`), it becomes a span of
its own. To show one paragraph more in a message of bounded length: `widened` at one side, and while the result does
not fit, `narrowed` at the other.
"""

from collections.abc import Sequence
from typing import Literal

import regex

from retrieval.article import Article, Citation, Excerpt, Span
from retrieval.excerpts.excerpt import cite

Step = Literal[-1, 1]
"""-1 towards the article's beginning, 1 towards its end."""
Spans = tuple[Span, ...]

_PARAGRAPH = regex.compile(r"\S[^\n]*(?<=\S)")


def excerpt_at(
    article: Article,
    span: Span,
    highlights: Sequence[Span],
    *,
    passage_id: str,
    score: float = 0.0,
    also_in: Sequence[str] = (),
    copies: Sequence[Citation] = (),
) -> Excerpt:
    """The excerpt that `span` is, cited at its first highlight, else at its start.

    `span` and `highlights` point into the article's text; what of a highlight lies outside the span is left out.
    """
    inside = [Span(max(mark.start, span.start), min(mark.end, span.end)) for mark in sorted(highlights)]
    marked = [mark for mark in inside if mark.start < mark.end]
    return Excerpt(
        text=article.text[span.start : span.end],
        highlights=tuple(Span(mark.start - span.start, mark.end - span.start) for mark in marked),
        score=score,
        passage_id=passage_id,
        start=span.start,
        end=span.end,
        citation=cite(article, marked[0].start if marked else span.start, span),
        also_in=tuple(also_in),
        copies=tuple(copies),
    )


def widened(article: Article, spans: Spans, step: Step) -> Spans | None:
    """`spans` (one at least) and the next paragraph at that side, None at the article's end.

    Where the outermost span stops inside a paragraph, what is missing of that paragraph comes first.
    """
    if step == 1:
        last = spans[-1]
        after = _PARAGRAPH.search(article.text, last.end)
        return (*spans[:-1], *_joined(article, last, Span(*after.span()))) if after else None
    first = spans[0]
    before = _paragraph_before(article.text, first.start)
    return (*_joined(article, before, first), *spans[1:]) if before else None


def narrowed(article: Article, spans: Spans, step: Step, keep: Sequence[Span]) -> Spans | None:
    """`spans` without the outermost paragraph at that side.

    None when nothing would be left, or some of what must stay: `keep`, spans into the article's text.
    """
    outer = spans[-1] if step == 1 else spans[0]
    within = article.text[outer.start : outer.end]
    paragraphs = [Span(outer.start + m.start(), outer.start + m.end()) for m in _PARAGRAPH.finditer(within)]
    dropped = paragraphs[-1] if step == 1 else paragraphs[0]
    if any(mark.start < dropped.end and dropped.start < mark.end for mark in keep):
        return None
    rest = paragraphs[:-1] if step == 1 else paragraphs[1:]
    left = (Span(rest[0].start, rest[-1].end),) if rest else ()
    return ((*spans[:-1], *left) if step == 1 else (*left, *spans[1:])) or None


def _joined(article: Article, first: Span, second: Span) -> Spans:
    """Both as one, blanks between them included, unless text was removed there."""
    if any(first.end <= gap <= second.start for gap in article.gaps):
        return first, second
    return (Span(first.start, second.end),)


def _paragraph_before(text: str, offset: int) -> Span | None:
    """The last paragraph, or the part of one, that ends before `offset`."""
    end = len(text[:offset].rstrip())
    line = text.rfind("\n", 0, end) + 1
    found = _PARAGRAPH.search(text, line, end)
    return Span(*found.span()) if found else None
