"""Answer -> text for a terminal, or for a pipe.

A terminal gets wrapped, highlighted excerpts with links. A pipe gets the excerpts' lines as they stand in the
article, without escape codes. No article text is read as rich markup or as an emoji code.
"""

from __future__ import annotations

from collections.abc import Iterable
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.conversation.reading import ArticleList, ArticlePage
from bot.conversation.replies.glance import glance_line, told_at_a_glance
from bot.conversation.replies.links import web_link
from bot.conversation.replies.wording import (
    citation_details,
    highlight_runs,
    named,
    no_answer_text,
    one_line,
    title_or_opening,
)
from bot.printable import printable
from bot.texts import Texts
from retrieval.article import Answer, Article, Citation, Excerpt

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_HIGHLIGHT: Final = "bold green"
_TITLE: Final = "cyan"
_LONGEST_SEARCHED: Final = 200
_WIDEST: Final = 100  # columns; longer lines are tiring to read


def print_answer(console: Console, answer: Answer, texts: Texts, *, first: int = 1) -> None:
    """Print the excerpts numbered from `first`, or what there is to say when there are none.

    Before them stands what was searched, where that is not as it was asked.
    """
    if answer.searched is not None:
        _print_line(console, texts("searched", question=one_line(answer.searched, _LONGEST_SEARCHED)))
    if not answer.excerpts:
        _print_line(console, no_answer_text(answer, texts))
        return
    if answer.unsure:
        _print_line(console, texts("confidence-low"))
    if first == 1 and (line := glance_line(answer.excerpts[0], told_at_a_glance(answer), texts)):
        _print_line(console, line)
    print_excerpts(console, answer.excerpts, texts, first=first)


def print_nearest(console: Console, answer: Answer, texts: Texts) -> None:
    """Print the nearest passages of a refused question, said to be no answer."""
    _print_line(console, texts("nearest-heading" if answer.nearest else "no-more"))
    print_excerpts(console, answer.nearest, texts)


def print_excerpts(console: Console, excerpts: Iterable[Excerpt], texts: Texts, *, first: int = 1) -> None:
    """Print the excerpts alone, with a blank line between two."""
    for number, excerpt in enumerate(excerpts, first):
        if number > first:
            console.print()
        if console.is_terminal:
            console.print(excerpt_renderable(excerpt, texts, number), width=min(console.width, _WIDEST))
        else:
            _print_verbatim(console, excerpt_lines(excerpt, texts, number))


def excerpt_lines(excerpt: Excerpt, texts: Texts, number: int) -> str:
    """An excerpt for a pipe: its lines as in the article, then one line with the citation."""
    title, details = title_or_opening(excerpt.citation, texts), citation_details(excerpt, texts)
    citation = " · ".join([title, *details, *_location(excerpt.citation)])
    return printable(f"{excerpt.text}\n[{number}] {citation}")


def excerpt_renderable(excerpt: Excerpt, texts: Texts, number: int) -> RenderableType:
    """An excerpt for a terminal: its number beside the text, the citation below, wrapped to the width."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    text = Text()
    for run, highlighted in highlight_runs(excerpt):
        text.append(printable(run), _HIGHLIGHT if highlighted else None)
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(str(number), "bold"), Group(text, _citation_text(excerpt, texts)))
    return grid


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


def location_link(excerpt: Excerpt) -> str | None:
    """Where a click leads: the web page at the sentence, else the local file; None when there is neither."""
    link = web_link(excerpt)
    path = excerpt.citation.path
    # isfile says no, where Path.is_file raises, to a name that is too long or in a closed folder.
    if link is not None or path is None or not isfile(path):
        return link
    return Path(path).resolve().as_uri()


def _citation_text(excerpt: Excerpt, texts: Texts) -> Text:
    from rich.style import Style
    from rich.text import Text

    title, details = title_or_opening(excerpt.citation, texts), citation_details(excerpt, texts)
    citation = Text()
    citation.append(printable(title), Style.parse(_TITLE) + Style(link=location_link(excerpt)))
    # The address has a line of its own: terminals without links let it be copied whole.
    for line in (" · ".join(details), *_location(excerpt.citation)):
        citation.append("\n" + printable(line), "dim")
    return citation


def _location(citation: Citation) -> list[str]:
    """The web address, else the path, as one line; empty when neither is known."""
    place = " ".join((citation.url or citation.path or "").splitlines())
    return [place] if place else []


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
    text.append(printable(excerpt.text), _HIGHLIGHT)
    text.append(printable(article.text[excerpt.end : end if end >= 0 else len(article.text)]), "dim")
    console.print(text, width=min(console.width, _WIDEST), soft_wrap=not console.is_terminal)
