"""The buttons under a reply, and what they send when pressed. Pure: a keyboard is rows of labels and data.

Data are `1:VERB:ANSWER:ARGUMENT`: the version of this form, one letter, the id under which the state keeps what was
answered, and what the verb needs. They say what to do, never where something stands in an index, so that they
outlive restarts and reindexing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from bot.conversation.view import View
from bot.texts import Texts
from retrieval.article import Excerpt

LONGEST_DATA: Final = 64  # bytes
"""Telegram's own limit."""

Verb = Literal["widen", "page", "order", "vote", "nearest", "only", "here"]

_VERSION = "1"
_LETTERS: dict[Verb, str] = {
    "widen": "w",
    "page": "p",
    "order": "o",
    "vote": "v",
    "nearest": "n",
    "only": "q",
    "here": "h",
}
_ARGUMENTS: dict[Verb, re.Pattern[str]] = {
    "widen": re.compile("[1-9][0-9]?[+-]"),
    "page": re.compile("[0-9]{1,2}"),
    "order": re.compile("relevance|newest"),
    "vote": re.compile("up|down"),
    "nearest": re.compile(""),
    "only": re.compile(""),
    "here": re.compile(""),
}
_VERBS = {letter: verb for verb, letter in _LETTERS.items()}
_DATA = re.compile(r"1:(?P<letter>[a-z]):(?P<answer_id>[a-z0-9]{12}):(?P<argument>[a-z0-9+-]*)")


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: what to do, with which answer.

    The argument of `widen` is the number of a result and `+` or `-` (the paragraph after, before), of `page` its
    number from 0, of `order` and `vote` their value in a `View`. `nearest` shows the nearest passages, `only`
    searches the question alone, `here` does nothing: it tells the page.
    """

    verb: Verb
    answer_id: str
    argument: str = ""

    @property
    def widening(self) -> tuple[int, Literal[-1, 1]]:
        """Of `widen`: the number of the result, and on which side to add a paragraph."""
        return int(self.argument[:-1]), 1 if self.argument.endswith("+") else -1


@dataclass(frozen=True, slots=True)
class Button:
    """`data` are sent to the bot when it is pressed; a `url` is opened instead."""

    text: str
    data: str = ""
    url: str = ""


Keyboard = tuple[tuple[Button, ...], ...]
Share = Callable[[Excerpt], str | None]
"""The address that opens a choice of chats to send an excerpt's link to; None where there is none."""


def encode(press: Press) -> str:
    """The data of a button, ASCII, at most LONGEST_DATA; ValueError for a press that `decode` would not give back."""
    data = f"{_VERSION}:{_LETTERS[press.verb]}:{press.answer_id}:{press.argument}"
    if decode(data) != press:
        raise ValueError(
            f"{press} cannot be the data of a button: its answer id or its argument is out of form"
        )
    return data


def decode(data: str) -> Press | None:
    """What was pressed; None for data of any other form, such as that of other versions."""
    found = _DATA.fullmatch(data)
    verb = _VERBS.get(found["letter"]) if found else None
    if found is None or verb is None or not _ARGUMENTS[verb].fullmatch(found["argument"]):
        return None
    return Press(verb, found["answer_id"], found["argument"])


def keyboard(view: View, texts: Texts, share: Share | None = None) -> Keyboard:
    """The rows under `view`, top to bottom; none when there is nothing to do."""
    return tuple(tuple(row) for row in _Rows(view, texts, share).all() if row)


class _Rows:
    def __init__(self, view: View, texts: Texts, share: Share | None) -> None:
        self._view = view
        self._texts = texts
        self._share = share

    def all(self) -> Iterator[list[Button]]:
        view = self._view
        yield list(self._context())
        yield self._pages() if view.results and view.pages > 1 else []
        yield [self._button("button-nearest", "nearest")] if view.kind == "refusal" and view.topics else []
        yield [self._button("button-only-this", "only")] if view.searched else []
        yield list(self._shares())
        yield [*self._order(), *self._votes()] if view.results else []

    def _context(self) -> Iterator[Button]:
        """One result has room for words; more are told apart by their numbers."""
        numbered = self._view.numbered
        for number, result in enumerate(self._view.results, self._view.first):
            if result.before:
                label = f"◀ {number}" if numbered else self._texts("button-before")
                yield self._labelled(label, "widen", f"{number}-")
            if result.after:
                label = f"{number} ▶" if numbered else self._texts("button-after")
                yield self._labelled(label, "widen", f"{number}+")

    def _shares(self) -> Iterator[Button]:
        """A link to each result, for others."""
        for number, result in enumerate(self._view.results, self._view.first):
            if self._share and (url := self._share(result.cited)):
                label = f"↗ {number}" if self._view.numbered else self._texts("button-share")
                yield Button(label, url=url)

    def _pages(self) -> list[Button]:
        page, pages = self._view.page, self._view.pages
        back = [self._button("button-back", "page", str(page - 1))] if page > 0 else []
        more = [self._button("button-more", "page", str(page + 1))] if page + 1 < pages else []
        return [*back, self._labelled(f"{page + 1}/{pages}", "here"), *more]

    def _order(self) -> Iterator[Button]:
        if self._view.sortable:
            by_date = self._view.order == "newest"
            other = "relevance" if by_date else "newest"
            yield self._button("button-relevant" if by_date else "button-newest", "order", other)

    def _votes(self) -> Iterator[Button]:
        for vote, sign in (("up", "👍"), ("down", "👎")):
            yield self._labelled(f"{sign} ✓" if vote == self._view.vote else sign, "vote", vote)

    def _button(self, message_id: str, verb: Verb, argument: str = "") -> Button:
        return self._labelled(self._texts(message_id), verb, argument)

    def _labelled(self, label: str, verb: Verb, argument: str = "") -> Button:
        return Button(label, encode(Press(verb, self._view.answer_id, argument)))
