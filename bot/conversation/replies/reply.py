"""A reply as the state keeps it: where its excerpts stand, and what its buttons have changed.

What is kept of an excerpt is its place and a digest of its text. Here is where it is verified, each time that it is to
be shown: one whose article is gone or reads otherwise now is not.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from retrieval.article import Article, Excerpt, Span
from retrieval.excerpts.context import excerpt_at
from retrieval.excerpts.excerpt import NAMED_COPIES, copies_cited, is_verbatim
from retrieval.excerpts.order import Order, ordered
from retrieval.retriever import Retriever

Kind = Literal["answer", "nearest", "refusal", "talk"]
Vote = Literal["up", "down"]

_DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """An excerpt by its place: spans into the article's text.

    `opens` is what a reply opens with, None where it does not open with it; `shown` what it was widened to, else empty.
    """

    article_id: str
    passage_id: str
    start: int
    end: int
    digest: str
    highlights: tuple[Span, ...] = ()
    also_in: tuple[str, ...] = ()
    shown: tuple[Span, ...] = ()
    opens: Span | None = None

    @classmethod
    def of(cls, excerpt: Excerpt) -> "Window":
        start, opens = excerpt.start, excerpt.shown
        marks = tuple(Span(start + a, start + b) for a, b in excerpt.highlights)
        return cls(
            article_id=excerpt.citation.article_id,
            passage_id=excerpt.passage_id,
            start=excerpt.start,
            end=excerpt.end,
            digest=_digest(excerpt.text),
            highlights=marks,
            also_in=excerpt.also_in,
            opens=Span(start + opens.start, start + opens.end) if opens else None,
        )

    def excerpt(self, article: Article | None, copies: Sequence[Article] = ()) -> Excerpt | None:
        """The excerpt as it was found; None where it does not stand in its article, character by character.

        `copies` are the first of those that tell the same.
        """
        if article is None or _digest(article.text[self.start : self.end]) != self.digest:
            return None
        span = Span(self.start, self.end)
        found = excerpt_at(
            article,
            span,
            self.highlights,
            passage_id=self.passage_id,
            also_in=self.also_in,
            copies=copies_cited(copies),
        )
        return found if is_verbatim(found, article) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a view is made of. `windows` are all results, those first that it opens with; of a refusal, the nearest
    passages. `opened`: so many of them are shown, each as much as it opens with; 0: all are, whole, page by page.

    `talk` answers small talk and what is no question, by the answer's `reason` or in what it `says`, plain text, with
    an `example` of a question.
    `searched` is what a follow-up was taken for or, where `spelled`, the question without what was mistyped.
    `glance` is the question for which the first result is told at a glance, None where it is not.
    `about_text`: the question was a long text. `unsure`: the results may not answer. `spent`: the button of a refusal
    was pressed.
    """

    kind: Kind
    windows: tuple[Window, ...] = ()
    opened: int = 0
    page: int = 0
    order: Order = "relevance"
    searched: str | None = None
    spelled: bool = False
    glance: str | None = None
    about_text: bool = False
    unsure: bool = False
    reason: str | None = None
    example: str | None = None
    says: str | None = None
    vote: Vote | None = None
    spent: bool = False

    def options(self) -> dict[str, Any]:
        """What JSON can hold."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {**fields, "windows": [_fields(window) for window in self.windows]}

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> "Reply":
        """What `options` gave, back from JSON."""
        windows = tuple(
            Window(
                **{
                    **each,
                    **{name: _spans(each[name]) for name in ("highlights", "shown")},
                    "opens": Span(*each["opens"]) if each.get("opens") else None,
                    "also_in": tuple(each["also_in"]),
                }
            )
            for each in options["windows"]
        )
        return cls(**{**options, "windows": windows})

    def standing(self, retriever: Retriever) -> list[tuple[int, Excerpt]]:
        """The results that still stand, in the order of the view, with their places in `windows`."""
        excerpts = [_excerpt(window, retriever) for window in self.windows]
        places = {id(excerpt): n for n, excerpt in enumerate(excerpts)}
        return [(places[id(each)], each) for each in ordered([e for e in excerpts if e], self.order)]

    def spans(self, place: int) -> tuple[Span, ...]:
        """What is shown of the window at `place` in its article: what it was widened to, what it opens with, or all."""
        window = self.windows[place]
        if window.shown:
            return window.shown
        return (window.opens if self.opened and window.opens else Span(window.start, window.end),)


def _excerpt(window: Window, retriever: Retriever) -> Excerpt | None:
    copies = [retriever.article(article_id) for article_id in window.also_in[:NAMED_COPIES]]
    return window.excerpt(retriever.article(window.article_id), [copy for copy in copies if copy])


def _fields(window: Window) -> dict[str, Any]:
    return {name: getattr(window, name) for name in window.__slots__}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGEST_LENGTH]


def _spans(written: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in written)
