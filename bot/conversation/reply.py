"""A reply as the state keeps it, and the view that it makes of the index in service, whatever was indexed since.

What is kept of an excerpt is where it stands and a digest of its text: one whose article is gone or reads otherwise
now is not shown again.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversation.view import Kind, Result, View, Vote, result_of, several_dates
from retrieval.article import Article, Excerpt, Span
from retrieval.excerpts.context import excerpt_at
from retrieval.excerpts.order import Order, ordered
from retrieval.retriever import Retriever

_DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
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
        place = (excerpt.citation.article_id, excerpt.passage_id, excerpt.start, excerpt.end)
        return cls(*place, _digest(excerpt.text), marks, excerpt.also_in)

    def excerpt(self, article: Article | None) -> Excerpt | None:
        """The excerpt as it was first shown; None where it does not stand there any more."""
        if article is None or _digest(article.text[self.start : self.end]) != self.digest:
            return None
        span = Span(self.start, self.end)
        return excerpt_at(article, span, self.highlights, passage_id=self.passage_id, also_in=self.also_in)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a view is made of. `windows` are all results, best first; of a refusal, the nearest passages.

    `spent`: the button of a refusal was pressed.
    """

    kind: Kind
    windows: tuple[Window, ...] = ()
    page: int = 0
    order: Order = "relevance"
    searched: str | None = None
    about_text: bool = False
    unsure: bool = False
    reason: str | None = None
    example: str | None = None
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

    def view(self, answer_id: str, retriever: Retriever) -> View | None:
        """The view with all its results on one page; None when nothing of it stands in the index any more."""
        found = self.standing(retriever)
        if self.windows and not found:
            return None
        refused = self.kind == "refusal"
        results = () if refused else tuple(self._results(found, retriever))
        return View(
            answer_id,
            self.kind,
            results,
            order=self.order,
            sortable=several_dates(results),
            searched=self.searched,
            about_text=self.about_text,
            unsure=self.unsure,
            topics=tuple(excerpt.citation for _, excerpt in found) if refused and not self.spent else (),
            reason=self.reason,
            example=self.example,
            vote=self.vote,
        )

    def standing(self, retriever: Retriever) -> list[tuple[int, Excerpt]]:
        """The results that still stand, in the order of the view, with their places in `windows`."""
        excerpts = [window.excerpt(retriever.article(window.article_id)) for window in self.windows]
        places = {id(excerpt): n for n, excerpt in enumerate(excerpts)}
        return [(places[id(each)], each) for each in ordered([e for e in excerpts if e], self.order)]

    def _results(self, found: Sequence[tuple[int, Excerpt]], retriever: Retriever) -> Iterable[Result]:
        for place, excerpt in found:
            article = retriever.article(excerpt.citation.article_id)
            assert article is not None  # it holds the excerpt
            yield result_of(excerpt, article, self.windows[place].shown)


def _fields(window: Window) -> dict[str, Any]:
    return {name: getattr(window, name) for name in window.__slots__}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGEST_LENGTH]


def _spans(written: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in written)
