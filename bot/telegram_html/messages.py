"""The messages that show a reply. Pure: what a button changes is a field of the view.

A reply is usually one message: `pages.py` says how many results one can carry, so that only a single result that no
message can carry is split.
"""

from collections.abc import Iterator
from datetime import date as Date
from typing import Final

from bot.conversation.replies.glance import glance_line
from bot.conversation.replies.hints import hint
from bot.conversation.replies.view import Result, View
from bot.conversation.replies.wording import one_line, reason_text, topics
from bot.telegram_html.markup import Group, Part, escape, pack
from bot.telegram_html.quotes import Place, citation_lines, quotes
from bot.texts import Texts

_LONGEST_SEARCHED: Final = 200
_LONGEST_EXAMPLE: Final = 300
_OMISSION = "⋯"


def render(view: View, texts: Texts, today: Date) -> list[str]:
    """The messages that show `view`, at least one; the buttons belong under the last."""
    return pack(_groups(view, texts, today))


def _groups(view: View, texts: Texts, today: Date) -> Iterator[Group]:
    if view.reply.searched:
        question = one_line(view.reply.searched, _LONGEST_SEARCHED)
        yield [Part(f"<i>{escape(texts('searched', question=question))}</i>")]
    if not view.results:
        yield from ([Part(text)] for text in _without_results(view, texts))
        return
    if heading := _heading(view):
        yield [Part(escape(texts(heading)), "\n")]
    yield from _results(view, texts)
    cited = [result.cited for result in view.results]
    if view.reply.kind == "answer" and (line := hint(cited, view.first, texts, today)):
        yield [Part(f"<i>{escape(line)}</i>")]


def _results(view: View, texts: Texts) -> Iterator[Group]:
    for number, result in enumerate(view.results, view.first):
        is_first = number == view.first
        place: Place = (
            "opened" if result.opened else "first" if is_first and view.reply.kind == "answer" else "further"
        )
        # A quote has space around it: right below the line that introduces it.
        joint = "\n" if is_first and (view.reply.searched or _heading(view)) else "\n\n"
        *heads, last = _quoted(result, place, joint)
        answers = view.reply.kind == "answer" and not view.reply.unsure
        citation = citation_lines(result.cited, texts, number if view.numbered else None, answers=answers)
        omission = f"\n{_OMISSION}" if result.cut_after else ""
        parts = [*heads, Part(f"{last.html}{omission}\n{citation}", last.joint)]
        yield _with_glance(parts, view, result, texts) if number == 1 else parts


def _with_glance(parts: list[Part], view: View, result: Result, texts: Texts) -> list[Part]:
    """The first result with its amounts, dates and names in a line above the quote, where they are to be told."""
    told = view.reply.kind == "answer" and view.reply.order == "relevance"
    line = glance_line(result.cited, view.reply.glance, texts) if told else None
    first, *rest = parts
    return [Part(escape(line), first.joint), Part(first.html, "\n"), *rest] if line else parts


def _quoted(result: Result, place: Place, joint: str) -> Iterator[Part]:
    """The pieces as quotes; where something is left out, that is told outside of them."""
    omission = f"{_OMISSION}\n" if result.cut_before else ""
    for piece in result.pieces:
        for quote in quotes(piece, place):
            yield Part(f"{omission}{quote}", joint)
            joint, omission = "\n", ""
        joint = f"\n{_OMISSION}\n"


def _heading(view: View) -> str | None:
    """The message that introduces the results."""
    if view.reply.kind == "nearest":
        return "nearest-heading"
    if view.reply.about_text:
        return "about-text-heading"
    return "confidence-low" if view.reply.unsure else None


def _without_results(view: View, texts: Texts) -> Iterator[str]:
    if view.reply.kind == "refusal":
        yield escape(
            texts("about-text-refused") if view.reply.about_text else reason_text(view.reply.reason, texts)
        )
    else:
        yield escape(view.reply.says or reason_text(view.reply.reason, texts, "unclear"))
    if about := topics(view.topics, texts):
        yield "\n".join(map(escape, (texts("nearest-topics"), *(f"• {topic}" for topic in about))))
    if view.reply.example:
        yield f"{escape(texts('start-example'))}\n<code>{escape(one_line(view.reply.example, _LONGEST_EXAMPLE))}</code>"
