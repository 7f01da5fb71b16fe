"""Excerpts as quotes: cut to what a message carries, the answering sentence in bold, the citation below."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal

from bot.conversation.replies.links import web_link
from bot.conversation.replies.wording import citation_details, highlight_runs, title_or_opening
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.article import Excerpt, Span

_PIECE_LENGTH: Final = 3300
"""Code points of one excerpt: quotation marks alone, six bytes each, still leave room for the citation."""
_MOST_HIGHLIGHTS: Final = 30  # in one piece, so that three excerpts fit in a message
_COLLAPSED_OVER: Final = 350  # code points: longer quotes open at a tap
_SEEN_COLLAPSED: Final = 120  # code points visible in a collapsed quote: three lines on a phone
_LONGEST_OPEN: Final = 900

Place = Literal["first", "further", "opened"]
"""Of a long quote: `first` is collapsed unless that would cut off the sentence that matters and little is won,
`further` always, so that what stands above it stays on the screen, `opened` never.
"""


def quotes(excerpt: Excerpt, place: Place = "first") -> Iterator[str]:
    """The excerpt as one quote, or as several where one message cannot carry it; joined they are its text."""
    for piece in _pieces(excerpt):
        yield _quote(piece, collapsed=_is_collapsed(piece, place))


def citation_lines(excerpt: Excerpt, texts: Texts, number: int | None, *, answers: bool = True) -> str:
    """Two lines: the title, linked and numbered where that is possible and wanted; source, date and place.

    `answers`: the marked sentence is said to answer.
    """
    title, link = escape(title_or_opening(excerpt.citation, texts)), web_link(excerpt)
    if link is not None:
        title = f'<a href="{escape(link)}">{title}</a>'
    numbered = f"{number}. " if number is not None else ""
    return f"{numbered}{title}\n{escape(' · '.join(citation_details(excerpt, texts, answers=answers)))}"


def _quote(piece: Excerpt, *, collapsed: bool) -> str:
    runs = ((escape(text), highlighted) for text, highlighted in highlight_runs(piece))
    content = "".join(f"<b>{run}</b>" if highlighted else run for run, highlighted in runs)
    return f"<blockquote{' expandable' if collapsed else ''}>{content}</blockquote>"


def _is_collapsed(piece: Excerpt, place: Place) -> bool:
    if place == "opened" or len(piece.text) <= _COLLAPSED_OVER:
        return False
    end = min(piece.highlights).end if piece.highlights else 0
    return place == "further" or end <= _SEEN_COLLAPSED or len(piece.text) > _LONGEST_OPEN


def _pieces(excerpt: Excerpt) -> list[Excerpt]:
    """The excerpt, cut before markup into parts that a message can carry."""
    pieces: list[Excerpt] = []
    start = 0
    while start < len(excerpt.text) or not pieces:
        end = _piece_end(excerpt.text, start)
        spans = (Span(max(a, start) - start, min(b, end) - start) for a, b in excerpt.highlights)
        kept = tuple(span for span in spans if span.start < span.end)[:_MOST_HIGHLIGHTS]
        pieces.append(replace(excerpt, text=excerpt.text[start:end], highlights=kept))
        start = end
    return pieces


def _piece_end(text: str, start: int) -> int:
    limit = start + _PIECE_LENGTH
    if len(text) <= limit:
        return len(text)
    for separator in ("\n", " "):
        end = text.rfind(separator, start + _PIECE_LENGTH // 2, limit) + 1
        if end:
            return end
    return limit
