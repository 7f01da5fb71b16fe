"""A reply as it is shown, made of the index in service, whatever was indexed since it was kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.replies.reply import Reply
from retrieval.article import Article, Citation, Excerpt, Span
from retrieval.excerpts.context import excerpt_at, widened
from retrieval.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Result:
    """Verbatim `pieces` of one article in the order of its text: several where removed text lies between them.

    The citation is that of the first piece with highlights. `before`, `after`: there is a paragraph to add on that
    side. `opened`: the reader has added some, so that the quote must not hide them again.
    """

    pieces: tuple[Excerpt, ...]
    before: bool = False
    after: bool = False
    opened: bool = False

    def __post_init__(self) -> None:
        if not self.pieces:
            raise ValueError("a result has no pieces, and needs at least one")

    @property
    def cited(self) -> Excerpt:
        """The piece that the citation belongs to."""
        return next((piece for piece in self.pieces if piece.highlights), self.pieces[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a message shows of a reply.

    `answer` and `nearest` have `results`, numbered from `first`, on `page` (from 0) of `pages`; `refusal` has `topics`,
    the citations of the nearest articles. `sortable`: all results together are of more than one date.
    """

    answer_id: str
    reply: Reply
    results: tuple[Result, ...] = ()
    first: int = 1
    page: int = 0
    pages: int = 1
    sortable: bool = False
    topics: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        if (self.reply.kind in ("answer", "nearest")) != bool(self.results):
            raise ValueError(f"a view of the kind {self.reply.kind} has {len(self.results)} results")

    @property
    def numbered(self) -> bool:
        """Whether results are told apart by numbers: there are several, here or on other pages."""
        return len(self.results) > 1 or self.first > 1 or self.pages > 1


def view_of(reply: Reply, answer_id: str, retriever: Retriever) -> View | None:
    """The view with all its results on one page; None when nothing of it stands in the index any more."""
    standing = reply.standing(retriever)
    if reply.windows and not standing:
        return None
    refused = reply.kind == "refusal"
    results = () if refused else tuple(_results(reply, standing, retriever))
    return View(
        answer_id=answer_id,
        reply=reply,
        results=results,
        sortable=several_dates(results),
        topics=tuple(excerpt.citation for _, excerpt in standing) if refused and not reply.spent else (),
    )


def _results(reply: Reply, standing: Sequence[tuple[int, Excerpt]], retriever: Retriever) -> Iterator[Result]:
    for place, excerpt in standing:
        article = retriever.article(excerpt.citation.article_id)
        assert article is not None  # it holds the excerpt
        yield result_of(excerpt, article, reply.windows[place].shown)


def result_of(excerpt: Excerpt, article: Article, spans: Sequence[Span] = ()) -> Result:
    """`excerpt` of `article`, shown as the `spans` of the article that it was widened to, else as it is."""
    own = (Span(excerpt.start, excerpt.end),)
    shown = tuple(spans) or own
    marks = [Span(excerpt.start + start, excerpt.start + end) for start, end in excerpt.highlights]
    pieces = [
        excerpt_at(
            article, span, marks, passage_id=excerpt.passage_id, score=excerpt.score, also_in=excerpt.also_in
        )
        for span in shown
    ]
    return Result(
        pieces=tuple(pieces) if shown != own else (excerpt,),
        before=widened(article, shown, -1) is not None,
        after=widened(article, shown, 1) is not None,
        opened=shown != own,
    )


def several_dates(results: Sequence[Result]) -> bool:
    """Whether "newest first" can differ from "most relevant": at least two dates are known."""
    return len({result.cited.citation.date for result in results} - {None}) > 1
