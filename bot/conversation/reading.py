"""Articles without a question: the list of them, page by page, and one article in pieces that fit on a screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from retrieval.article import Article, Span
from retrieval.index.catalogue import Catalogue, Listed
from retrieval.text.sentences import sentences

_LONGEST_PAGE: Final = 1800
"""Characters of an article on a page: two or three screens of a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleList:
    """A page of the list, the newest articles first; `first` is the number of its first one, from 1.

    `page` counts from 0, `pages` is at least 1.
    """

    listed: Sequence[Listed]
    first: int
    page: int
    pages: int


def article_list(catalogue: Catalogue, page: int, size: int) -> ArticleList:
    """The page of `size` articles, the last one where there are not so many. Raises IndexDamaged."""
    pages = max(1, -(-catalogue.articles // size))
    page = min(page, pages - 1)
    listed = catalogue.listed(page * size, size)
    return ArticleList(listed=listed, first=page * size + 1, page=page, pages=pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """Some of an article's text, `article.text[span.start : span.end]`; `page` counts from 0."""

    article: Article
    span: Span
    page: int
    pages: int

    @property
    def pieces(self) -> list[str]:
        """The text, cut where some was removed from the original."""
        gaps = [gap for gap in self.article.gaps if self.span.start < gap < self.span.end]
        bounds = [self.span.start, *gaps, self.span.end]
        pieces = (self.article.text[a:b].strip("\n") for a, b in pairwise(bounds))
        return [piece for piece in pieces if piece]


def article_page(article: Article, page: int) -> ArticlePage:
    """The page of an article, the last one where it has not so many."""
    spans = _pages(article.text)
    page = min(page, len(spans) - 1)
    return ArticlePage(article=article, span=spans[page], page=page, pages=len(spans))


def _pages(text: str) -> list[Span]:
    """The text in pages of whole paragraphs, of whole sentences where a paragraph is too long for one."""
    pages: list[Span] = []
    for piece in _pieces(text):
        if pages and piece.end - pages[-1].start <= _LONGEST_PAGE:
            pages[-1] = Span(pages[-1].start, piece.end)
        else:
            pages.append(piece)
    return pages or [Span(0, 0)]


def _pieces(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if len(line) <= _LONGEST_PAGE:
            yield Span(start, end)
        else:
            yield from _parts(text, start, end)
        start = end + 1


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a long paragraph, cut where one is longer than a page."""
    for sentence in sentences(text, start, end):
        for at in range(sentence.start, sentence.end, _LONGEST_PAGE):
            yield Span(at, min(at + _LONGEST_PAGE, sentence.end))
