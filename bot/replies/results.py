"""An excerpt and what the reader has added around it, as the result that a view shows. Pure."""

from collections.abc import Sequence

from bot.replies.view import Result
from retrieval.article import Article, Excerpt, Span
from retrieval.context import excerpt_at, widened


def result_of(excerpt: Excerpt, article: Article, spans: Sequence[Span] = ()) -> Result:
    """`excerpt` of `article`, shown as the `spans` of the article that it was widened to, else as it is."""
    own = (Span(excerpt.start, excerpt.end),)
    shown = tuple(spans) or own
    marks = [Span(excerpt.start + start, excerpt.start + end) for start, end in excerpt.highlights]
    pieces = [
        excerpt_at(
            article,
            span,
            marks,
            passage_id=excerpt.passage_id,
            score=excerpt.score,
            also_in=excerpt.also_in,
        )
        for span in shown
    ]
    return Result(
        pieces=tuple(pieces) if shown != own else (excerpt,),
        before=widened(article, shown, -1) is not None,
        after=widened(article, shown, 1) is not None,
        opened=shown != own,
    )
