"""The lines of a document whose format tells what they are -> Document: text, gaps, what was dropped."""

from collections.abc import Iterable
from typing import NamedTuple

import regex

from retrieval.sources.joined import joined
from retrieval.sources.model import Document, Dropped
from retrieval.text.forms import normalise

_SPACES = regex.compile(r"\s+")


class Marked(NamedTuple):
    """A paragraph, heading, item or row; `reason` is None when it belongs to the text, else why it does not."""

    text: str
    reason: str | None = None


def assemble(marked: Iterable[Marked]) -> Document:
    """The kept lines as text; line breaks inside one are kept, blank lines are not."""
    lines = [Marked(line, reason) for text, reason in marked for line in normalise(text).split("\n") if line]
    text, gaps = joined(None if line.reason else line.text for line in lines)
    return Document(
        text=text, gaps=gaps, dropped=tuple(Dropped(line, reason) for line, reason in lines if reason)
    )


def titled(marked: list[Marked], title: str | None) -> list[Marked]:
    """The lines, with the first one dropped when it only says the title."""
    first = next((n for n, line in enumerate(marked) if line.text.strip() and line.reason is None), None)
    if title is None or first is None or not same_words(marked[first].text, title):
        return marked
    return [*marked[:first], marked[first]._replace(reason="title"), *marked[first + 1 :]]


def same_words(one: str, other: str) -> bool:
    """Whether two lines differ in case and blanks at most."""
    return one_line(normalise(one)).casefold() == one_line(normalise(other)).casefold()


def one_line(text: str) -> str:
    """Text whose line breaks are only how it was written down."""
    return _SPACES.sub(" ", text).strip()
