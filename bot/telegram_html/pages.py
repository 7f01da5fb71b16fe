"""Pages of a reply: as many results on each as one message carries whole. Pure."""

from dataclasses import replace
from datetime import date as Date
from typing import Final

from bot.conversation.replies.view import View
from bot.telegram_html.messages import render
from bot.texts import Texts

RESULTS: Final = 3
"""On one page at most."""
_SURELY: Final = 2000
"""Code points of quotes beside which three titles, sources and a hint stay within a message."""
_SURELY_MARKED: Final = 20
_SURELY_LINKED: Final = 1500
"""Characters of addresses, each of five bytes in markup at most, beside as many for the sentences that they open at."""


def fitting(view: View, texts: Texts, today: Date) -> int:
    """How many of the view's results, from the first on, one message can carry whole; at least 1."""
    if _surely_fits(view):
        return len(view.results)
    for count in range(len(view.results), 1, -1):
        if len(render(replace(view, results=view.results[:count]), texts, today)) == 1:
            return count
    return 1


def _surely_fits(view: View) -> bool:
    """Whether it needs no rendering to tell: quotes of so few characters and marks leave room for all else."""
    pieces = [piece for result in view.results for piece in result.pieces]
    return (
        sum(len(piece.text) for piece in pieces) <= _SURELY
        and sum(len(piece.highlights) for piece in pieces) <= _SURELY_MARKED
        and sum(len(result.cited.citation.url or "") for result in view.results) <= _SURELY_LINKED
        and len(pieces) <= RESULTS
    )


def paged(view: View, texts: Texts, today: Date, most: int = RESULTS) -> tuple[View, ...]:
    """The pages of a view that has all results, numbered through: at most `most` on each."""
    pages: list[View] = []
    rest, first = view.results, view.first
    while rest:
        page = replace(view, results=rest[:most], first=first, page=len(pages))
        count = fitting(page, texts, today)
        pages.append(replace(page, results=rest[:count]))
        rest, first = rest[count:], first + count
    return tuple(replace(page, pages=len(pages)) for page in pages)
