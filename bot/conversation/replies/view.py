"""A reply as it is shown, made of the index in service, whatever was indexed since it was kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.conversation.replies.links import web_address
from bot.conversation.replies.reply import Reply
from retrieval.article import Article, Citation, Excerpt, Span
from retrieval.excerpts.context import excerpt_at, widened
from retrieval.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Result:
    """Verbatim `pieces` of one article in the order of its text: several where removed text lies between them.

    The citation is that of the first piece with highlights. `before`, `after`: there is a paragraph to add on that
    side. `cut_before`, `cut_after`: something of what was found there is left out. `opened`: the quote shows what a
    reply opens with or what the reader has added, and must not hide any of it. `found` is the excerpt as it was found.
    """

    pieces: tuple[Excerpt, ...]
    before: bool = False
    after: bool = False
    opened: bool = False
    cut_before: bool = False
    cut_after: bool = False
    found: Excerpt | None = None

    def __post_init__(self) -> None:
        if not self.pieces:
            raise ValueError("a result has no pieces, and needs at least one")

    @property
    def cited(self) -> Excerpt:
        """The piece that the citation belongs to, cited as reaching over all pieces."""
        piece = next((piece for piece in self.pieces if piece.highlights), self.pieces[0])
        if len(self.pieces) == 1:
            return piece
        first, last = self.pieces[0].citation, self.pieces[-1].citation
        paragraphs = (first.paragraphs or (first.paragraph,))[0], (last.paragraphs or (last.paragraph,))[-1]
        pages = (first.pages or (first.page or 0,))[0], (last.pages or (last.page or 0,))[-1]
        citation = replace(
            piece.citation, paragraphs=paragraphs, pages=pages if pages[0] < pages[-1] else None
        )
        return replace(piece, citation=citation)

    @property
    def shared(self) -> Excerpt:
        """What a link to it opens: all that was found there, and what the reader has added to that."""
        piece, found = self.cited, self.found
        if found is None or piece.start > found.end or found.start > piece.end:
            return piece
        first, last = sorted((piece, found), key=lambda each: each.start)
        text = first.text + last.text[max(first.end - last.start, 0) :]
        shift = found.start - first.start
        marks = tuple(Span(start + shift, end + shift) for start, end in found.highlights)
        return replace(found, text=text, highlights=marks, start=first.start, end=first.start + len(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a message shows of a reply.

    `answer` and `nearest` have `results`, numbered from `first`, on `page` (from 0) of `pages`; `refusal` has `topics`,
    the citations of the nearest articles. `waiting`: so many results are shown on request only. `sortable`: all results
    together are of more than one date. `menu`: the buttons are those that there is no room for otherwise.
    """

    answer_id: str
    reply: Reply
    results: tuple[Result, ...] = ()
    first: int = 1
    page: int = 0
    pages: int = 1
    waiting: int = 0
    sortable: bool = False
    menu: bool = False
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
    opened = standing[: reply.opened or len(standing)]
    results = () if refused else tuple(_results(reply, opened, retriever))
    return View(
        answer_id=answer_id,
        reply=reply,
        results=results,
        waiting=len(standing) - len(opened),
        sortable=not refused and several_dates([excerpt for _, excerpt in standing]),
        topics=tuple(excerpt.citation for _, excerpt in standing) if refused and not reply.spent else (),
    )


def _results(reply: Reply, standing: Sequence[tuple[int, Excerpt]], retriever: Retriever) -> Iterator[Result]:
    for place, excerpt in standing:
        article = retriever.article(excerpt.citation.article_id)
        assert article is not None  # it holds the excerpt
        result = result_of(excerpt, article, reply.spans(place))
        yield replace(result, opened=result.opened or reply.opened > 0)


def result_of(excerpt: Excerpt, article: Article, spans: Sequence[Span] = ()) -> Result:
    """`excerpt` of `article`, shown as these `spans` of the article, else as it is."""
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
            copies=excerpt.copies,
        )
        for span in shown
    ]
    return Result(
        pieces=tuple(pieces) if shown != own else (excerpt,),
        before=widened(article, shown, -1) is not None,
        after=widened(article, shown, 1) is not None,
        opened=shown != own,
        cut_before=shown[0].start > excerpt.start,
        cut_after=shown[-1].end < excerpt.end,
        found=excerpt,
    )


def several_dates(excerpts: Sequence[Excerpt]) -> bool:
    """Whether "newest first" can differ from "most relevant": at least two dates are known."""
    return len({excerpt.citation.date for excerpt in excerpts} - {None}) > 1


def with_links(view: View, link: Callable[[Excerpt], str]) -> View:
    """The view in which what has no address of its own is cited with the one that `link` gives."""

    def linked(piece: Excerpt) -> Excerpt:
        if web_address(piece.citation.url):
            return piece
        return replace(piece, citation=replace(piece.citation, url=link(piece)))

    results = tuple(replace(each, pieces=tuple(map(linked, each.pieces))) for each in view.results)
    return replace(view, results=results)
