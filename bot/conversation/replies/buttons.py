"""All buttons: what each does, and the data that it sends when it is pressed. Pure.

Data are `HEAD:ARGUMENT`, and of a button under a reply `HEAD:ANSWER:ARGUMENT`, with the id under which the state keeps
what was answered. They say what to do, never where something stands in an index, so that they outlive restarts and
reindexing; the heads stay as they are for as long as old messages stand.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

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
    MORE = "more", "1:m", ""  # shows the results that wait
    PAGE = "page", "1:p", "[0-9]{1,2}"  # from 0
    ORDER = "order", "1:o", "relevance|newest"
    VOTE = "vote", "1:v", "up|down"
    NEAREST = "nearest", "1:n", ""  # shows the nearest passages of a refusal
    ONLY = "only", "1:q", ""  # searches the question alone
    HERE = "here", "1:h", ""  # does nothing: it tells the page
    MENU = "menu", "1:x", "open|shut"  # the buttons that there is no room for, instead of the others
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
    TAKE = "take", "a:take"  # takes the index of this id into service though it is not trusted
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
    """`data` are sent to the bot when it is pressed; a `url` is opened instead, an `app` within Telegram."""

    text: str
    data: str = ""
    url: str = ""
    app: str = ""

    @classmethod
    def of(cls, text: str, verb: Verb, argument: str = "", *, answer_id: str = "") -> "Button":
        """One that does what `verb` says."""
        return cls(text, encode(Press(verb, answer_id, argument)))


Keyboard = tuple[tuple[Button, ...], ...]


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
