"""The words of the domain: article, passage, citation, excerpt, answer.

All offsets are code points into `Article.text`. A `Span` is half-open, `[start, end)`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Final, Literal, NamedTuple

QuestionKind = Literal["question", "chitchat", "invalid"]

KEY_BYTES: Final = 8


def article_key(article_id: str) -> bytes:
    """A short name of an article that fits where ids do not: in the data of a button, in a link.

    The same for an id in every index; among a million articles two share one once in some ten million times.
    """
    return hashlib.blake2b(article_id.encode(errors="surrogatepass"), digest_size=KEY_BYTES).digest()


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article after cleaning: the text that citations point into, and what is known of it.

    `text` is NFC, one paragraph a line, without blank lines at its ends. `gaps` are the offsets in `text`
    of line starts before which text was removed: an excerpt never spans a gap. `pages` are the offsets where the
    pages of a paged original begin, empty for others.
    Metadata that the source does not show is None, never guessed.
    """

    id: str
    text: str
    title: str | None = None
    date: Date | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    path: str | None = None
    lang: str | None = None
    gaps: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrievable piece of an article: `article.text[start:end] == text`.

    `heading` is the sub-heading above it and informs the match without being part of the text.
    """

    id: str
    article_id: str
    start: int
    end: int
    text: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an excerpt stands. `opening` is the article's first words, shown when `title` is None.

    `paragraph` counts the non-empty lines of the article's text from 1, `page` the pages of a paged original: those of
    the answering sentence. `paragraphs` and `pages` are the first and the last that what is cited reaches over, None
    where it lies in one.
    """

    article_id: str
    title: str | None
    source: str | None
    author: str | None
    date: Date | None
    url: str | None
    path: str | None
    paragraph: int
    opening: str
    page: int | None = None
    paragraphs: tuple[int, int] | None = None
    pages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Verbatim text of an article with the answering sentence marked.

    `highlights` are spans into `text`; `start` and `end` point into the article's text.
    `score`: higher is better, comparable within one answer only. `shown` is the span of `text` that a reply opens with,
    None where it does not open with this excerpt. `also_in` are the ids of the articles that tell the same, `copies`
    cites the first of them.
    """

    text: str
    highlights: tuple[Span, ...]
    score: float
    passage_id: str
    start: int
    end: int
    citation: Citation
    also_in: tuple[str, ...] = ()
    copies: tuple[Citation, ...] = ()
    shown: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What a collection has: how many articles, how many of them `dated`, from when to when, and some newest titles."""

    articles: int
    dated: int
    oldest: Date | None
    newest: Date | None
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got. `excerpts` is empty unless `answered`; `nearest` is empty when it is.

    `searched` is what was looked for where that is not as it was asked: with what was mistyped written otherwise.
    `by_date`: what a reply opens with is to be compared, and stands in the order of its dates.
    `unsure`: answered, yet the excerpts may not be what was asked for, which the reader is told.
    `reason` names why there is no answer, for the interface to put in the reader's words: `greeting`, `goodbye`,
    `thanks`; what was asked of the bot itself, `abilities`, `identity`, `articles`, `help`, `language`, `wrong`;
    `blank`, `too_long`, `unclear`, `refused`. `confidence` is the probability in 0..1 that the collection answers.
    `holdings` are told where it is asked which articles there are.
    """

    question: str
    kind: QuestionKind
    language: str
    unaccented: bool
    answered: bool
    confidence: float
    unsure: bool = False
    by_date: bool = False
    excerpts: tuple[Excerpt, ...] = ()
    nearest: tuple[Excerpt, ...] = ()
    reason: str | None = None
    searched: str | None = None
    elapsed_ms: Mapping[str, float] = field(default_factory=dict)
    generation: str | None = None
    holdings: Holdings | None = None
