"""The order in which a reader turns the pages of an answer."""

from collections.abc import Sequence
from datetime import date as Date
from typing import Literal

from retrieval.article import Excerpt

MOST = 15
"""Excerpts that a reader pages through: five pages of three."""

Order = Literal["relevance", "newest"]


def ordered(excerpts: Sequence[Excerpt], order: Order) -> tuple[Excerpt, ...]:
    """`excerpts`, best first, as they are or the newest first and the undated last; of one date the better first."""
    if order == "relevance":
        return tuple(excerpts)
    return tuple(sorted(excerpts, key=lambda excerpt: excerpt.citation.date or Date.min, reverse=True))
