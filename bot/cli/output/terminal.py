"""Answer -> text for a terminal, or for a pipe.

A terminal gets wrapped, highlighted excerpts with links. A pipe gets the excerpts' lines as they stand in the
article, without escape codes. No article text is read as rich markup or as an emoji code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from bot.cli.output.excerpt_text import HIGHLIGHT, excerpt_lines, excerpt_renderable
from bot.conversation.reading import ArticleList, ArticlePage
from bot.conversation.replies.glance import glance_line, told_at_a_glance
from bot.conversation.replies.wording import named, no_answer_text, one_line
from bot.printable import printable
from bot.texts import Texts
from retrieval.article import Answer, Article, Excerpt
from retrieval.excerpts.opening import opened, unopened
from retrieval.excerpts.trimming import part_shown

if TYPE_CHECKING:
    from rich.console import Console

_LONGEST_SEARCHED: Final = 200
_WIDEST: Final = 100  # columns; longer lines are tiring to read


def print_answer(console: Console, answer: Answer, texts: Texts, *, whole: bool = False) -> None:
    """Print what a reply opens with, or the `whole` answer; or what there is to say when there are no excerpts.

    Before them stands what was searched, where that is not as it was asked.
    """
    if answer.searched is not None:
        _print_line(console, texts("searched", question=one_line(answer.searched, _LONGEST_SEARCHED)))
    if not answer.excerpts:
        _print_line(console, no_answer_text(answer, texts))
        return
    if answer.unsure:
        _print_line(console, texts("confidence-low"))
    shown = _all(answer) if whole else opened(answer)
    if line := glance_line(part_shown(shown[0]), told_at_a_glance(answer), texts):
        _print_line(console, line)
    print_excerpts(console, shown, texts, answers=not answer.unsure)


def print_waiting(console: Console, answer: Answer, texts: Texts, command: Literal["ask", "console"]) -> None:
    """Print how to see, in that command, what the reply does not open with."""
    count = len(unopened(answer))
    if count:
        _print_line(console, texts(f"{command}-waiting", count=count))
    elif any(_is_cut(excerpt) for excerpt in answer.excerpts):
        _print_line(console, texts(f"{command}-trimmed"))


def _all(answer: Answer) -> list[Excerpt]:
    """Those first that a reply opens with, each whole."""
    return [replace(excerpt, shown=None) for excerpt in (*opened(answer), *unopened(answer))]


def _is_cut(excerpt: Excerpt) -> bool:
    return excerpt.shown is not None and excerpt.shown != (0, len(excerpt.text))


def print_nearest(console: Console, answer: Answer, texts: Texts) -> None:
    """Print the nearest passages of a refused question, said to be no answer."""
    _print_line(console, texts("nearest-heading" if answer.nearest else "no-more"))
    print_excerpts(console, answer.nearest, texts, answers=False)


def print_excerpts(
    console: Console, excerpts: Iterable[Excerpt], texts: Texts, *, first: int = 1, answers: bool = True
) -> None:
    """Print the excerpts alone, with a blank line between two; `answers`: their marked sentences surely do."""
    for number, excerpt in enumerate(excerpts, first):
        if number > first:
            console.print()
        if console.is_terminal:
            shown = excerpt_renderable(excerpt, texts, number, answers=answers)
            console.print(shown, width=min(console.width, _WIDEST))
        else:
            _print_verbatim(console, excerpt_lines(excerpt, texts, number, answers=answers))


def article_lines(shown: ArticleList, texts: Texts) -> list[str]:
    """A page of the list of articles: number and title, then date, source and address, a blank line between two."""
    lines = []
    for number, each in enumerate(shown.listed, shown.first):
        title = named(each.title, each.opening, texts)
        facts = (texts.date(each.date), each.source, each.url)
        lines += [f"[{number}] {title}", "    " + " · ".join(one_line(fact, 200) for fact in facts if fact)]
    return [*lines, f"{shown.page + 1}/{shown.pages}"]


def article_page_lines(shown: ArticlePage, texts: Texts) -> list[str]:
    """A page of an article: what is known of it, its text, and which page that is."""
    article = shown.article
    facts = (article.source, texts.date(article.date), article.author, article.url or article.path)
    text = "\n⋯\n".join(shown.pieces)
    return [
        named(article.title, article.text[:200], texts),
        " · ".join(one_line(fact, 200) for fact in facts if fact),
        "",
        text,
        "",
        f"{shown.page + 1}/{shown.pages}",
    ]


def _print_line(console: Console, line: str) -> None:
    from rich.text import Text

    console.print(Text(printable(line)), soft_wrap=not console.is_terminal)


def _print_verbatim(console: Console, lines: str) -> None:
    from rich.segment import Segment, Segments

    # A ready segment, because rich's text would turn tabs into spaces and wrap.
    console.print(Segments([Segment(lines + "\n")]), soft_wrap=True)


def print_context(console: Console, excerpt: Excerpt, article: Article) -> None:
    """Print the excerpt in bold between the lines of its article before and after it."""
    from rich.text import Text

    begin = article.text.rfind("\n", 0, max(0, article.text.rfind("\n", 0, excerpt.start))) + 1
    end = article.text.find("\n", excerpt.end)  # of the excerpt's last line, then of the one after it
    end = article.text.find("\n", end + 1) if end >= 0 else -1
    text = Text(printable(article.text[begin : excerpt.start]), "dim")
    text.append(printable(excerpt.text), HIGHLIGHT)
    text.append(printable(article.text[excerpt.end : end if end >= 0 else len(article.text)]), "dim")
    console.print(text, width=min(console.width, _WIDEST), soft_wrap=not console.is_terminal)
