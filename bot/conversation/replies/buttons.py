"""All buttons: what each does, and the data that it sends when it is pressed; and the keyboard under a reply. Pure.

Data are `HEAD:ARGUMENT`, and of a button under a reply `HEAD:ANSWER:ARGUMENT`, with the id under which the state keeps
what was answered. They say what to do, never where something stands in an index, so that they outlive restarts and
reindexing; the heads stay as they are for as long as old messages stand.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from bot.conversation.replies.view import View
from bot.texts import Texts
from retrieval.article import Excerpt

LONGEST_DATA: Final = 64  # bytes
"""Telegram's own limit."""
FOR_ADMINS: Final = "a:"
"""How the data of admins' buttons begin: who presses one is checked at every press."""
_ANY = "[A-Za-z0-9_-]{0,48}"


class Verb(StrEnum):
    """What a button does: its name, the head of its data, and the form of its argument."""

    head: str
    argument: re.Pattern[str]

    def __new__(cls, name: str, head: str, argument: str = _ANY) -> "Verb":
        verb = str.__new__(cls, name)
        verb._value_, verb.head, verb.argument = name, head, re.compile(argument)
        return verb

    # Under a reply.
    WIDEN = "widen", "1:w", "[1-9][0-9]?[+-]"  # the number of a result, and the paragraph after or before it
    PAGE = "page", "1:p", "[0-9]{1,2}"  # from 0
    ORDER = "order", "1:o", "relevance|newest"
    VOTE = "vote", "1:v", "up|down"
    NEAREST = "nearest", "1:n", ""  # shows the nearest passages of a refusal
    ONLY = "only", "1:q", ""  # searches the question alone
    HERE = "here", "1:h", ""  # does nothing: it tells the page
    # Under /language, /articles and /start.
    LANGUAGE = "language", "1:lang", "[a-z]*"
    ARTICLES = "articles", "1:list", "[0-9]{1,4}"  # the page of the list, from 0
    READ = (
        "read",
        "1:read",
        "[A-Za-z0-9_-]{11}[0-9]{1,4}-[0-9]{1,4}",
    )  # key and page of an article, page of the list
    TRY = "try", "1:try", "[0-9]"  # asks the question that stands on the button
    # Under an admin's message.
    CANCEL = "cancel", "a:cancel"  # breaks off a reindexing
    FULL = "full", "a:full"  # reads every article anew
    LOSE = "lose", "a:lose"  # lets a run take out the articles that it asked about: of what kind it was
    HOLD = "hold", "a:hold"  # or does not
    ADD = "add", "a:add"  # takes up the staged document of this token
    DISCARD = "discard", "a:discard"  # forgets it
    SOURCES = "sources", "a:sources"  # the page of the list of articles
    SHOW = "show", "a:show"  # shows the article of this key
    TAKE_OUT = "take-out", "a:takeout"  # asks whether to take out the article of this key
    REMOVE = "remove", "a:remove"  # takes it out
    RETURN = "return", "a:return"  # brings the article of this key back
    REMOVED = "removed", "a:removed"  # the page of what was taken out
    KEEP = "keep", "a:keep"  # or does not
    GAPS = "gaps", "a:gaps"  # the page of what was asked in vain
    EXPORT = "export", "a:export"  # the same as a file
    FILL = "fill", "a:fill"  # the next document is to answer the gap of this key
    FEEDBACK = "feedback", "a:feedback"  # the page of answers that were voted down
    DIGEST = "digest", "a:digest"  # on, off
    WITHDRAW = "withdraw", "a:withdraw"  # the invite of this token
    REVOKE = "revoke", "a:revoke"  # the access of this key
    PEOPLE = "people", "a:people"  # the page of who has access
    LOG = "log", "a:log"  # the page of what admins did

    @property
    def for_admins(self) -> bool:
        """Whether it stands under an admin's message."""
        return self.head.startswith(FOR_ADMINS)

    @property
    def under_reply(self) -> bool:
        """Whether it stands under a reply, and so names an answer."""
        return not self.for_admins and self not in _BESIDE_REPLIES


_BESIDE_REPLIES = frozenset({Verb.LANGUAGE, Verb.ARTICLES, Verb.READ, Verb.TRY})


class Note(StrEnum):
    """What whoever pressed is told: ids of messages."""

    STALE = "button-stale"
    NOT_READY = "not-ready"
    VOTED_UP = "vote-thanks"
    VOTED_DOWN = "vote-thanks-down"
    AT_START = "context-start"
    AT_END = "context-end"
    FULL = "context-full"


class LinkFor(StrEnum):
    """What a link opens the bot for: how what follows `start=` in it begins."""

    PASSAGE = "p"
    INVITE = "i"


_DATA = re.compile(
    r"(?P<head>1:[a-z]+|a:[a-z]+):(?:(?P<answer_id>[a-z0-9]{12}):)?(?P<argument>[A-Za-z0-9_+-]*)"
)
_VERBS = {verb.head: verb for verb in Verb}


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: what to do, with which answer if it stands under one, and what else it needs."""

    verb: Verb
    answer_id: str = ""
    argument: str = ""

    @property
    def widening(self) -> tuple[int, Literal[-1, 1]]:
        """Of `WIDEN`: the number of the result, and on which side to add a paragraph."""
        return int(self.argument[:-1]), 1 if self.argument.endswith("+") else -1

    @property
    def page(self) -> int:
        """The page that the argument names, from 0; the first one for anything else."""
        return int(self.argument) if re.fullmatch("[0-9]{1,4}", self.argument) else 0


@dataclass(frozen=True, slots=True)
class Button:
    """`data` are sent to the bot when it is pressed; a `url` is opened instead."""

    text: str
    data: str = ""
    url: str = ""

    @classmethod
    def of(cls, text: str, verb: Verb, argument: str = "", *, answer_id: str = "") -> "Button":
        """One that does what `verb` says."""
        return cls(text, encode(Press(verb, answer_id, argument)))


Keyboard = tuple[tuple[Button, ...], ...]
Share = Callable[[Excerpt], str | None]
"""The address that opens a choice of chats to send an excerpt's link to; None where there is none."""


def encode(press: Press) -> str:
    """The data of a button, ASCII, at most LONGEST_DATA; ValueError for a press that `decode` would not give back."""
    answer = f"{press.answer_id}:" if press.verb.under_reply else ""
    data = f"{press.verb.head}:{answer}{press.argument}"
    if decode(data) != press:
        raise ValueError(
            f"{press} cannot be the data of a button: its answer id or its argument is out of form"
        )
    return data


def decode(data: str) -> Press | None:
    """What was pressed; None for data of any other form, such as that of other versions."""
    found = _DATA.fullmatch(data)
    verb = _VERBS.get(found["head"]) if found else None
    if found is None or verb is None or bool(found["answer_id"]) != verb.under_reply:
        return None
    if not verb.argument.fullmatch(found["argument"]):
        return None
    return Press(verb, found["answer_id"] or "", found["argument"])


def keyboard(view: View, texts: Texts, share: Share | None = None) -> Keyboard:
    """The rows under `view`, top to bottom; none when there is nothing to do."""
    return tuple(tuple(row) for row in _KeyboardRows(view, texts, share).all() if row)


class _KeyboardRows:
    def __init__(self, view: View, texts: Texts, share: Share | None) -> None:
        self._view = view
        self._texts = texts
        self._share = share

    def all(self) -> Iterator[list[Button]]:
        view = self._view
        yield list(self._context())
        yield self._pages() if view.results and view.pages > 1 else []
        yield list(self._after_refusal())
        yield (
            [self._button("button-only-this", Verb.ONLY)]
            if view.reply.searched and not view.reply.spelled
            else []
        )
        yield list(self._shares())
        yield [*self._order(), *self._votes()] if view.results else []

    def _after_refusal(self) -> Iterator[Button]:
        """The nearest passages; and whoever knows that the articles do answer says so."""
        if self._view.reply.kind == "refusal":
            if self._view.topics:
                yield self._button("button-nearest", Verb.NEAREST)
            said = "👎 ✓" if self._view.reply.vote == "down" else self._texts("button-disputed")
            yield self._labelled(said, Verb.VOTE, "down")

    def _context(self) -> Iterator[Button]:
        """One result has room for words; more are told apart by their numbers."""
        numbered = self._view.numbered
        for number, result in enumerate(self._view.results, self._view.first):
            if result.before:
                label = f"◀ {number}" if numbered else self._texts("button-before")
                yield self._labelled(label, Verb.WIDEN, f"{number}-")
            if result.after:
                label = f"{number} ▶" if numbered else self._texts("button-after")
                yield self._labelled(label, Verb.WIDEN, f"{number}+")

    def _shares(self) -> Iterator[Button]:
        """A link to each result, for others."""
        for number, result in enumerate(self._view.results, self._view.first):
            if self._share and (url := self._share(result.cited)):
                label = f"↗ {number}" if self._view.numbered else self._texts("button-share")
                yield Button(label, url=url)

    def _pages(self) -> list[Button]:
        page, pages = self._view.page, self._view.pages
        back = [self._button("button-back", Verb.PAGE, str(page - 1))] if page > 0 else []
        more = [self._button("button-more", Verb.PAGE, str(page + 1))] if page + 1 < pages else []
        return [*back, self._labelled(f"{page + 1}/{pages}", Verb.HERE), *more]

    def _order(self) -> Iterator[Button]:
        if self._view.sortable:
            by_date = self._view.reply.order == "newest"
            other = "relevance" if by_date else "newest"
            yield self._button("button-relevant" if by_date else "button-newest", Verb.ORDER, other)

    def _votes(self) -> Iterator[Button]:
        for vote, sign in (("up", "👍"), ("down", "👎")):
            yield self._labelled(f"{sign} ✓" if vote == self._view.reply.vote else sign, Verb.VOTE, vote)

    def _button(self, message_id: str, verb: Verb, argument: str = "") -> Button:
        return self._labelled(self._texts(message_id), verb, argument)

    def _labelled(self, label: str, verb: Verb, argument: str = "") -> Button:
        return Button.of(label, verb, argument, answer_id=self._view.answer_id)
