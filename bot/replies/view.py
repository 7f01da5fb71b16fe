"""A reply as a value, and the messages that show it. Pure: what a button changes is a field of the view.

A reply is usually one message: `paging.py` says how many results one can carry, so that only a single result that no
message can carry is split.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from typing import Final, Literal

from bot.replies.citations import one_line, reason_text, topics
from bot.replies.hints import hint
from bot.replies.markup import Group, Part, escape, pack
from bot.replies.quotes import Place, citation_lines, quotes
from bot.texts import Texts
from retrieval.article import Citation, Excerpt
from retrieval.paging import Order

Kind = Literal["answer", "nearest", "refusal", "talk"]
Vote = Literal["up", "down"]

_LONGEST_SEARCHED: Final = 200
_LONGEST_EXAMPLE: Final = 300
_OMISSION = "⋯"


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


def render(view: View, texts: Texts, today: Date) -> list[str]:
    """The messages that show `view`, at least one; the buttons belong under the last."""
    return pack(_groups(view, texts, today))


def _groups(view: View, texts: Texts, today: Date) -> Iterator[Group]:
    if view.searched:
        question = one_line(view.searched, _LONGEST_SEARCHED)
        yield [Part(f"<i>{escape(texts('searched', question=question))}</i>")]
    if not view.results:
        yield from ([Part(text)] for text in _without_results(view, texts))
        return
    if heading := _heading(view):
        yield [Part(escape(texts(heading)), "\n")]
    yield from _results(view, texts)
    cited = [result.cited for result in view.results]
    if view.kind == "answer" and (line := hint(cited, view.first, texts, today)):
        yield [Part(f"<i>{escape(line)}</i>")]


def _results(view: View, texts: Texts) -> Iterator[Group]:
    for number, result in enumerate(view.results, view.first):
        is_first = number == view.first
        place: Place = (
            "opened" if result.opened else "first" if is_first and view.kind == "answer" else "further"
        )
        # A quote has space around it: right below the line that introduces it.
        joint = "\n" if is_first and (view.searched or _heading(view)) else "\n\n"
        *heads, last = _quoted(result, place, joint)
        citation = citation_lines(result.cited, texts, number if view.numbered else None)
        yield [*heads, Part(f"{last.html}\n{citation}", last.joint)]


def _quoted(result: Result, place: Place, joint: str) -> Iterator[Part]:
    for piece in result.pieces:
        for quote in quotes(piece, place):
            yield Part(quote, joint)
            joint = "\n"
        joint = f"\n{_OMISSION}\n"


def _heading(view: View) -> str | None:
    """The message that introduces the results."""
    if view.kind == "nearest":
        return "nearest-heading"
    if view.about_text:
        return "about-text-heading"
    return "confidence-low" if view.unsure else None


def _without_results(view: View, texts: Texts) -> Iterator[str]:
    if view.kind == "refusal":
        yield escape(texts("about-text-refused") if view.about_text else reason_text(view.reason, texts))
    else:
        yield escape(reason_text(view.reason, texts, "unclear"))
    if about := topics(view.topics, texts):
        yield "\n".join(map(escape, (texts("nearest-topics"), *(f"• {topic}" for topic in about))))
    if view.example:
        yield f"{escape(texts('start-example'))}\n<code>{escape(one_line(view.example, _LONGEST_EXAMPLE))}</code>"
