"""Answer -> Telegram messages in HTML. Pure: nothing is sent and nothing is read.

An excerpt's characters reach the message unchanged; only what a message cannot carry is split, between
excerpts where possible. Limits: https://core.telegram.org/bots/api#sendmessage, and 32,768 bytes of markup.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from bot.replies.citations import (
    citation_details,
    highlight_runs,
    is_unsure,
    no_answer_text,
    title_or_opening,
)
from bot.replies.links import web_link
from bot.texts import Texts
from retrieval.article import Answer, Excerpt, Span

MESSAGE_LENGTH: Final = 4096  # code points once the markup is parsed
MESSAGE_BYTES: Final = 32_767
MESSAGE_ENTITIES: Final = 99

_PIECE_LENGTH: Final = 3400  # of one excerpt, leaving room for its citation
_MOST_HIGHLIGHTS: Final = 30  # in one piece, so that three excerpts fit in a message
_COLLAPSED_OVER: Final = 350  # code points: longer quotes open at a tap
_SEEN_COLLAPSED: Final = 100  # code points certainly visible in a collapsed quote on a phone
_LONGEST_OPEN: Final = 900
_TAG = re.compile(r"<[^>]*>")
_SURROGATE = re.compile("[\ud800-\udfff]")


def render_answer(answer: Answer, texts: Texts, *, first: int = 1) -> list[str]:
    """Messages for an answer: cited excerpts numbered from `first`, or what to say when there are none."""
    if not answer.excerpts:
        offer = [texts("refused-nearest")] if answer.nearest else []
        return [escape("\n\n".join([no_answer_text(answer, texts), *offer]))]
    doubt = [escape(texts("confidence-low"))] if is_unsure(answer) else []
    return _pack([*doubt, *_blocks(answer.excerpts, texts, first)])


def render_excerpts(excerpts: Iterable[Excerpt], texts: Texts, *, first: int = 1) -> list[str]:
    """Messages with the excerpts alone, numbered from `first`."""
    return _pack(_blocks(excerpts, texts, first))


def render_nearest(answer: Answer, texts: Texts) -> list[str]:
    """Messages with the nearest passages of a refused question, said to be no answer."""
    if not answer.nearest:
        return [escape(texts("no-more"))]
    return _pack([escape(texts("nearest-heading")), *_blocks(answer.nearest, texts, 1)])


def render_start(texts: Texts, collection: str, example: str | None = None) -> str:
    """The first message: what the bot does, its collection in a sentence, a question to tap and copy."""
    parts = [escape(texts("start")), escape(collection)]
    if example:
        parts.append(f"{escape(texts('start-example'))}\n<code>{escape(example)}</code>")
    return "\n\n".join(part for part in parts if part)


def escape(text: str) -> str:
    """Text as HTML content or as a quoted attribute. A lone surrogate cannot be sent and becomes U+FFFD."""
    return html.escape(_SURROGATE.sub("\ufffd", text), quote=False).replace('"', "&quot;")


def plain(message: str) -> str:
    """A message of this module as its reader sees it: without markup, to send when the markup is refused."""
    return html.unescape(_TAG.sub("", message))


def _blocks(excerpts: Iterable[Excerpt], texts: Texts, first: int) -> Iterator[str]:
    excerpts = tuple(excerpts)
    numbered = len(excerpts) > 1 or first > 1
    for number, excerpt in enumerate(excerpts, first):
        *heads, last = _pieces(excerpt)
        yield from map(_quote, heads)
        yield f"{_quote(last)}\n{_citation(excerpt, texts, f'{number}. ' if numbered else '')}"


def _quote(piece: Excerpt) -> str:
    runs = ((escape(text), highlighted) for text, highlighted in highlight_runs(piece))
    content = "".join(f"<b>{run}</b>" if highlighted else run for run, highlighted in runs)
    return f"<blockquote{' expandable' if _is_collapsed(piece) else ''}>{content}</blockquote>"


def _is_collapsed(piece: Excerpt) -> bool:
    """Long quotes are collapsed, unless that would hide the sentence that matters and little is won."""
    if len(piece.text) <= _COLLAPSED_OVER:
        return False
    begin = min((span.start for span in piece.highlights), default=0)
    return begin < _SEEN_COLLAPSED or len(piece.text) > _LONGEST_OPEN


def _citation(excerpt: Excerpt, texts: Texts, number: str) -> str:
    title, link = escape(title_or_opening(excerpt.citation, texts)), web_link(excerpt)
    if link is not None:
        title = f'<a href="{escape(link)}">{title}</a>'
    return f"{number}{title}\n{escape(' · '.join(citation_details(excerpt, texts)))}"


def _pieces(excerpt: Excerpt) -> list[Excerpt]:
    """The excerpt, cut before markup into parts that a message can carry; joined they are its text."""
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


def _pack(blocks: Iterable[str]) -> list[str]:
    """As few messages as the limits allow, the blocks in order with a blank line between them."""
    messages: list[str] = []
    for block in blocks:
        if messages and _fits(f"{messages[-1]}\n\n{block}"):
            messages[-1] += f"\n\n{block}"
        else:
            messages.append(block)
    return messages


def _fits(message: str) -> bool:
    return (
        len(plain(message)) <= MESSAGE_LENGTH
        and len(message.encode()) <= MESSAGE_BYTES
        and message.count("</") <= MESSAGE_ENTITIES
    )
