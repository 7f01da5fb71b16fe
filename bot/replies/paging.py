"""Pages of a reply: as many results on each as one message carries whole. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date
from typing import Final

from bot.replies.view import Result, View, render
from bot.texts import Texts

RESULTS: Final = 3
"""On one page at most."""


def fitting(view: View, texts: Texts, today: Date) -> int:
    """How many of the view's results, from the first on, one message can carry whole; at least 1."""
    for count in range(len(view.results), 1, -1):
        if len(render(replace(view, results=view.results[:count]), texts, today)) == 1:
            return count
    return 1


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


def several_dates(results: Sequence[Result]) -> bool:
    """Whether "newest first" can differ from "most relevant": at least two dates are known."""
    return len({result.cited.citation.date for result in results} - {None}) > 1
