"""What is said about an excerpt, in any medium: where it stands, and why there is none; and about the collection."""

import re
from collections.abc import Iterable, Iterator
from datetime import date as Date
from typing import Final, Protocol

from bot.printable import harmless
from bot.texts import Texts
from retrieval.article import Answer, Citation, Excerpt, Holdings, QuestionKind, Span
from retrieval.text.shortening import LONGEST_OPENING, shortened

_LONGEST_TITLE: Final = 200
_LONGEST_TOPIC: Final = 100
_LONGEST_SOURCE: Final = 80
_LONGEST_COPY: Final = 60
_LONGEST_COPY_SOURCE: Final = 30
_SENTENCE_END = re.compile('[.!?\u2026\u3002\uff01\uff1f]["\u201d\u2019\u00bb)\\]]*$')

_REASONS = {
    "abilities": "abilities",
    "identity": "identity",
    "help": "help-short",
    "language": "language-answer",
    "wrong": "wrong",
    "noted": "noted",
    "sure": "certain",
    "more": "further",
    "rude": "rude",
    "chat": "chatting",
    "greeting": "greeting",
    "thanks": "thanks",
    "goodbye": "goodbye",
    "blank": "blank",
    "too_long": "too-long",
    "unclear": "unclear",
    "refused": "refused",
}
_OTHERWISE: dict[QuestionKind, str] = {"question": "refused", "chitchat": "greeting", "invalid": "unclear"}


def no_answer_text(answer: Answer, texts: Texts) -> str:
    """What to say when `answer` has no excerpts: a refusal, a greeting, what is wrong with the question."""
    if answer.holdings:
        return holdings_text(answer.holdings, texts)
    return reason_text(answer.reason, texts, _OTHERWISE[answer.kind])


class Collected(Protocol):
    """A collection in numbers: see `Holdings`."""

    @property
    def articles(self) -> int: ...

    @property
    def dated(self) -> int: ...

    @property
    def oldest(self) -> Date | None: ...

    @property
    def newest(self) -> Date | None: ...


def holdings_text(holdings: Holdings, texts: Texts) -> str:
    """Which articles there are: the collection in a sentence, and some titles."""
    titles = [one_line(harmless(title), _LONGEST_TOPIC) for title in holdings.titles]
    line = collection_line(holdings, texts)
    return (
        "\n".join([line, texts("articles-titles"), *(f"• {title}" for title in titles)]) if titles else line
    )


def collection_line(held: Collected, texts: Texts) -> str:
    """The collection in a sentence, as plain text: dates are named of those articles alone that have one."""
    if held.oldest is None or held.newest is None:
        return texts("collection", articles=held.articles)
    if held.dated < held.articles:
        dates = texts.dates(held.oldest, held.newest)
        return texts("collection-some-dated", articles=held.articles, dated=held.dated, dates=dates)
    if held.oldest == held.newest:
        return texts("collection-one-date", articles=held.articles, date=texts.date(held.newest))
    first, last = texts.date(held.oldest), texts.date(held.newest)
    return texts("collection-dated", articles=held.articles, first=first, last=last)


def reason_text(reason: str | None, texts: Texts, otherwise: str = "refused") -> str:
    """The words for an answer's `reason`; the message `otherwise` for one that is not known."""
    message_id = _REASONS.get(reason or "", otherwise)
    if message_id == "too-long":
        from retrieval.questions.query import (
            MAX_CHARACTERS,
        )  # late: nothing else here needs the language data

        return texts(message_id, limit=MAX_CHARACTERS)
    return texts(message_id)


def title_or_opening(citation: Citation, texts: Texts) -> str:
    """The article's title, else its opening words in quotes. One line, never blank."""
    return named(citation.title, citation.opening, texts)


def named(title: str | None, opening: str, texts: Texts) -> str:
    """What an article is called in one line: its title, else its `opening` words in quotes."""
    if shown := one_line(harmless(title or ""), _LONGEST_TITLE):
        return shown
    line = " ".join(harmless(opening).split()).rstrip("…").rstrip()
    words = shortened(line, LONGEST_OPENING)
    if not words:
        return texts("untitled")
    whole = words == line and _SENTENCE_END.search(words)
    # The ellipsis is ours, so it stands outside the quotation marks.
    return texts("opening-whole" if whole else "opening", words=words)


def topics(citations: Iterable[Citation], texts: Texts, most: int = 3) -> list[str]:
    """What the cited articles are about: titles, or opening words in quotes; short, each once, at most `most`."""
    distinct: dict[str, str] = {}
    for citation in citations:
        topic = one_line(title_or_opening(citation, texts), _LONGEST_TOPIC)
        distinct.setdefault(topic.casefold(), topic)
    return list(distinct.values())[:most]


def citation_details(excerpt: Excerpt, texts: Texts, *, answers: bool = True) -> list[str]:
    """Source, date, pages or paragraphs, further articles: the pieces that are known, in reading order.

    `answers`: of several paragraphs it is said in which one the answer stands.
    """
    citation = excerpt.citation
    source = one_line(citation.source or "", _LONGEST_SOURCE)
    where = bool(excerpt.highlights) and answers
    pieces = [source, texts.date(citation.date), _place(citation, texts, where), _also_in(excerpt, texts)]
    return [piece for piece in pieces if piece]


def _place(citation: Citation, texts: Texts, where: bool) -> str:
    unit, number, reach = "paragraph", citation.paragraph, citation.paragraphs
    if citation.page:
        unit, number, reach = "page", citation.page, citation.pages
    if reach is None:
        return texts(unit, number=number)
    first, last = reach
    message_id = f"{unit}s-answer" if where else f"{unit}s"
    return texts(message_id, first=first, last=last, **({"number": number} if where else {}))


def _also_in(excerpt: Excerpt, texts: Texts) -> str:
    """The other articles that tell the same: some by name, the rest as a number."""
    if not excerpt.also_in:
        return ""
    names = [_copy_named(copy, texts) for copy in excerpt.copies]
    rest = len(excerpt.also_in) - len(names)
    if not names:
        return texts("also-in", count=rest)
    if rest:
        return texts("also-in-more", names=", ".join(names), count=rest)
    return (
        texts("also-in-two", first=names[0], last=names[-1])
        if len(names) > 1
        else texts("also-in-one", name=names[0])
    )


def _copy_named(copy: Citation, texts: Texts) -> str:
    title = one_line(harmless(copy.title or ""), _LONGEST_COPY)
    name = texts("opening-whole", words=title) if title else title_or_opening(copy, texts)
    return f"{name} ({source})" if (source := one_line(copy.source or "", _LONGEST_COPY_SOURCE)) else name


def highlight_runs(excerpt: Excerpt) -> Iterator[tuple[str, bool]]:
    """The excerpt's text in order, cut where highlighting begins or ends: (text, highlighted).

    The texts joined are the excerpt. Spans that overlap or reach outside it are merged and clipped.
    """
    position = 0
    for start, end in _merged(excerpt.highlights, len(excerpt.text)):
        if start > position:
            yield excerpt.text[position:start], False
        yield excerpt.text[start:end], True
        position = end
    if position < len(excerpt.text):
        yield excerpt.text[position:], False


def one_line(text: str, longest: int) -> str:
    """White space made single spaces, and the end cut at a word with an ellipsis when too long."""
    line = " ".join(text.split())
    words = shortened(line, longest)
    return words if words == line else words + "…"


def _merged(spans: tuple[Span, ...], length: int) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        start, end = max(span.start, 0), min(span.end, length)
        if start >= end:
            continue
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return merged
