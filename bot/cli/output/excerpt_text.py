"""An excerpt as a reply opens with it, and its citation: for a terminal, or for a pipe."""

from __future__ import annotations

from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.conversation.replies.links import web_link
from bot.conversation.replies.wording import citation_details, highlight_runs, title_or_opening
from bot.printable import printable
from bot.texts import Texts
from retrieval.article import Citation, Excerpt
from retrieval.excerpts.trimming import part_shown

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

HIGHLIGHT: Final = "bold green"
_TITLE: Final = "cyan"
_OMISSION: Final = "⋯"


def excerpt_lines(excerpt: Excerpt, texts: Texts, number: int, *, answers: bool = True) -> str:
    """An excerpt for a pipe: its lines as in the article, then one line with the citation."""
    before, after = _omissions(excerpt)
    part = part_shown(excerpt)
    title, details = title_or_opening(part.citation, texts), citation_details(part, texts, answers=answers)
    citation = " · ".join([title, *details, *_location(part.citation)])
    return printable(f"{before}{part.text}{after}\n[{number}] {citation}")


def _omissions(excerpt: Excerpt) -> tuple[str, str]:
    """What stands above and below where the text is left out there."""
    if excerpt.shown is None:
        return "", ""
    cut_before, cut_after = excerpt.shown.start > 0, excerpt.shown.end < len(excerpt.text)
    return f"{_OMISSION}\n" if cut_before else "", f"\n{_OMISSION}" if cut_after else ""


def excerpt_renderable(
    excerpt: Excerpt, texts: Texts, number: int, *, answers: bool = True
) -> RenderableType:
    """An excerpt for a terminal: its number beside the text, the citation below, wrapped to the width."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    before, after = _omissions(excerpt)
    part = part_shown(excerpt)
    text = Text()
    text.append(before, "dim")
    for run, highlighted in highlight_runs(part):
        text.append(printable(run), HIGHLIGHT if highlighted else None)
    text.append(after, "dim")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(str(number), "bold"), Group(text, _citation_text(part, texts, answers=answers)))
    return grid


def location_link(excerpt: Excerpt) -> str | None:
    """Where a click leads: the web page at the sentence, else the local file; None when there is neither."""
    link = web_link(excerpt)
    path = excerpt.citation.path
    # isfile says no, where Path.is_file raises, to a name that is too long or in a closed folder.
    if link is not None or path is None or not isfile(path):
        return link
    return Path(path).resolve().as_uri()


def _citation_text(excerpt: Excerpt, texts: Texts, *, answers: bool) -> Text:
    from rich.style import Style
    from rich.text import Text

    details = citation_details(excerpt, texts, answers=answers)
    title = title_or_opening(excerpt.citation, texts)
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
