"""A reply as a value: what a message shows and what its buttons change. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.article import Article, Citation, Excerpt, Span
from retrieval.excerpts.context import excerpt_at, widened
from retrieval.excerpts.order import Order

Kind = Literal["answer", "nearest", "refusal", "talk"]
Vote = Literal["up", "down"]


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


@dataclass(frozen=True, slots=True)
class View:
    """A reply and what stands under it.

    `answer` and `nearest` have `results`, numbered from `first`, on `page` (from 0) of `pages`; `refusal` has
    `topics`, the citations of the nearest articles; `talk` answers small talk and what is no question, by the
    answer's `reason`, with an `example` of a question. `searched` is what a follow-up was taken for. `about_text`:
    the question was a long text. `unsure`: the results may not answer. `sortable`: all results together are of more
    than one date.
    """

    answer_id: str
    kind: Kind
    results: tuple[Result, ...] = ()
    first: int = 1
    page: int = 0
    pages: int = 1
    order: Order = "relevance"
    sortable: bool = False
    searched: str | None = None
    about_text: bool = False
    unsure: bool = False
    topics: tuple[Citation, ...] = ()
    reason: str | None = None
    example: str | None = None
    vote: Vote | None = None

    def __post_init__(self) -> None:
        if (self.kind in ("answer", "nearest")) != bool(self.results):
            raise ValueError(f"a view of the kind {self.kind} has {len(self.results)} results")

    @property
    def numbered(self) -> bool:
        """Whether results are told apart by numbers: there are several, here or on other pages."""
        return len(self.results) > 1 or self.first > 1 or self.pages > 1


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


def several_dates(results: Sequence[Result]) -> bool:
    """Whether "newest first" can differ from "most relevant": at least two dates are known."""
    return len({result.cited.citation.date for result in results} - {None}) > 1
