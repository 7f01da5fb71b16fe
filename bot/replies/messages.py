"""Answer -> Telegram messages in HTML, without buttons. Pure: nothing is sent and nothing is read.

An excerpt's characters reach the message unchanged; only what a message cannot carry is split, between
excerpts where possible. `view.py` has the reply that buttons change.
"""

from collections.abc import Iterable, Iterator

from bot.replies.citations import is_unsure, no_answer_text
from bot.replies.markup import (
    MESSAGE_BYTES,
    MESSAGE_ENTITIES,
    MESSAGE_LENGTH,
    Part,
    escape,
    pack,
    plain,
)
from bot.replies.quotes import citation_lines, quotes
from bot.texts import Texts
from retrieval.article import Answer, Excerpt

__all__ = [
    "MESSAGE_BYTES",
    "MESSAGE_ENTITIES",
    "MESSAGE_LENGTH",
    "escape",
    "plain",
    "render_answer",
    "render_excerpts",
    "render_nearest",
    "render_start",
]


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


def _blocks(excerpts: Iterable[Excerpt], texts: Texts, first: int) -> Iterator[str]:
    excerpts = tuple(excerpts)
    numbered = len(excerpts) > 1 or first > 1
    for number, excerpt in enumerate(excerpts, first):
        *heads, last = quotes(excerpt)
        yield from heads
        yield f"{last}\n{citation_lines(excerpt, texts, number if numbered else None)}"


def _pack(blocks: Iterable[str]) -> list[str]:
    return pack([Part(block)] for block in blocks)
