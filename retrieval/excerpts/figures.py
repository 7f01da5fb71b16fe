"""Excerpts that tell figures: of what time, and whether two of them tell different ones."""

from datetime import date as Date

from retrieval.article import Excerpt
from retrieval.questions.times import years_told
from retrieval.text.forms import tokens
from retrieval.text.near_copies import is_update, word_pairs
from retrieval.text.values import values


def figures_differ(one: Excerpt, other: Excerpt) -> bool:
    """Whether the answering sentences of two excerpts of different dates hold amounts of which none is the same, or
    tell the same with other numbers; never where a date is not known."""
    if None in (one.citation.date, other.citation.date) or one.citation.date == other.citation.date:
        return False
    said, said_there = highlighted(one), highlighted(other)
    amounts, amounts_there = amounts_in(said), amounts_in(said_there)
    if amounts and amounts_there:
        return amounts.isdisjoint(amounts_there)
    return is_update(word_pairs(said), word_pairs(said_there))


def time_of_figures(excerpt: Excerpt) -> tuple[int, Date] | None:
    """The latest year that the answering sentences tell of, else that of the article, with the article's date, by
    which excerpts are ordered; None where they hold neither an amount nor a share, or their time is not known."""
    said, date = highlighted(excerpt), excerpt.citation.date
    if not any(value[0] in "=%" for value in values(tokens(said))):
        return None
    about = years_told(said, date).about
    year = max(about, default=date.year if date else None)
    return None if year is None else (year, date or Date.min)


def highlighted(excerpt: Excerpt) -> str:
    return " ".join(excerpt.text[max(start, 0) : max(end, 0)] for start, end in excerpt.highlights)


def amounts_in(text: str) -> set[str]:
    """Amounts as `=4.1e+09`: dates, the other values of a text, are no figures."""
    return {value for value in values(tokens(text)) if value.startswith("=")}
