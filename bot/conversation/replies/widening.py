"""One paragraph more of an excerpt, in a message that stays one message with the same results."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from bot.conversation.replies.buttons import Note
from bot.conversation.replies.reply import Reply
from retrieval.article import Article, Span
from retrieval.excerpts.context import Spans, Step, narrowed, widened
from retrieval.retriever import Retriever


class Fits(Protocol):
    """What a rendered reply tells: its messages, and the numbers of the results in it."""

    @property
    def messages(self) -> Sequence[str]: ...

    @property
    def numbers(self) -> range: ...


def widened_reply(
    reply: Reply, number: int, step: Step, retriever: Retriever, render: Callable[[Reply], Fits | None]
) -> Reply | Note:
    """`reply` with a paragraph more at one side of result `number`; a note when that cannot be.

    Where the message is full, paragraphs at the other side make room, but never one with a marked sentence.
    """
    found, now = reply.standing(retriever), render(reply)
    if now is None or number not in now.numbers:
        return Note.STALE
    place, excerpt = found[number - 1]
    article = retriever.article(excerpt.citation.article_id)
    window = reply.windows[place]
    shown: Spans = reply.spans(place)
    wider = widened(article, shown, step) if article else None
    if article is None or wider is None:
        return Note.AT_END if step == 1 else Note.AT_START
    for spans in _with_room(article, wider, step, window.highlights):
        windows = (*reply.windows[:place], replace(window, shown=spans), *reply.windows[place + 1 :])
        wide = replace(reply, windows=windows)
        if (then := render(wide)) and len(then.messages) == 1 and then.numbers == now.numbers:
            return wide
    return Note.FULL


def _with_room(article: Article, wider: Spans, step: Step, keep: Sequence[Span]) -> Iterator[Spans]:
    """`wider`, then with one paragraph less at the other side, and so on."""
    spans: Spans | None = wider
    while spans:
        yield spans
        spans = narrowed(article, spans, 1 if step == -1 else -1, keep)
