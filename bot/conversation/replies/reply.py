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
from retrieval.excerpts.excerpt import is_verbatim
from retrieval.excerpts.order import Order, ordered
from retrieval.retriever import Retriever

Kind = Literal["answer", "nearest", "refusal", "talk"]
Vote = Literal["up", "down"]

_DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """An excerpt by its place: spans into the article's text; `shown` is what it was widened to, else empty."""

    article_id: str
    passage_id: str
    start: int
    end: int
    digest: str
    highlights: tuple[Span, ...] = ()
    also_in: tuple[str, ...] = ()
    shown: tuple[Span, ...] = ()

    @classmethod
    def of(cls, excerpt: Excerpt) -> "Window":
        marks = tuple(Span(excerpt.start + a, excerpt.start + b) for a, b in excerpt.highlights)
        return cls(
            article_id=excerpt.citation.article_id,
            passage_id=excerpt.passage_id,
            start=excerpt.start,
            end=excerpt.end,
            digest=_digest(excerpt.text),
            highlights=marks,
            also_in=excerpt.also_in,
        )

    def excerpt(self, article: Article | None) -> Excerpt | None:
        """The excerpt as it was first shown; None where it does not stand in its article, character by character."""
        if article is None or _digest(article.text[self.start : self.end]) != self.digest:
            return None
        span = Span(self.start, self.end)
        found = excerpt_at(article, span, self.highlights, passage_id=self.passage_id, also_in=self.also_in)
        return found if is_verbatim(found, article) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a view is made of. `windows` are all results, best first; of a refusal, the nearest passages.

    `talk` answers small talk and what is no question, by the answer's `reason` or in what it `says`, plain text, with
    an `example` of a question.
    `searched` is what a follow-up was taken for or, where `spelled`, the question without what was mistyped.
    `glance` is the question for which the first result is told at a glance, None where it is not.
    `about_text`: the question was a long text. `unsure`: the results may not answer. `spent`: the button of a refusal
    was pressed.
    """

    kind: Kind
    windows: tuple[Window, ...] = ()
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
                    "also_in": tuple(each["also_in"]),
                }
            )
            for each in options["windows"]
        )
        return cls(**{**options, "windows": windows})

    def standing(self, retriever: Retriever) -> list[tuple[int, Excerpt]]:
        """The results that still stand, in the order of the view, with their places in `windows`."""
        excerpts = [window.excerpt(retriever.article(window.article_id)) for window in self.windows]
        places = {id(excerpt): n for n, excerpt in enumerate(excerpts)}
        return [(places[id(each)], each) for each in ordered([e for e in excerpts if e], self.order)]


def _fields(window: Window) -> dict[str, Any]:
    return {name: getattr(window, name) for name in window.__slots__}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGEST_LENGTH]


def _spans(written: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in written)
