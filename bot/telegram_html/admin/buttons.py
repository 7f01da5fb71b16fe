"""The data of admins' buttons: `a:VERB:ARGUMENT`. Pure. Who presses one is checked at every press."""

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

Verb = Literal[
    "cancel",  # breaks off a reindexing
    "full",  # reads every article anew
    "lose",  # lets a run take out the articles that it asked about: of what kind it was
    "hold",  # or does not
    "add",  # takes up the staged document of this token
    "discard",  # forgets it
    "sources",  # the page of the list of articles
    "remove",  # takes out the article of this key
    "keep",  # or does not
    "gaps",  # the page of what was asked in vain
    "export",  # the same as a file
    "feedback",  # the page of answers that were voted down
    "digest",  # on, off
    "withdraw",  # the invite of this token
    "revoke",  # the access of this key
    "people",  # the page of who has access
]

LONGEST_DATA: Final = 64  # bytes, Telegram's own limit
_VERBS = frozenset(get_args(Verb))
_DATA = re.compile(r"a:(?P<verb>[a-z]+):(?P<argument>[A-Za-z0-9_-]{0,48})")


@dataclass(frozen=True, slots=True)
class AdminPress:
    """A pressed button: what to do, and the page, token or key that it needs."""

    verb: Verb
    argument: str = ""


def encode(press: AdminPress) -> str:
    """At most LONGEST_DATA bytes of ASCII; ValueError for what `decode` would not give back."""
    data = f"a:{press.verb}:{press.argument}"
    if decode(data) != press:
        raise ValueError(f"{press} cannot be the data of a button: its verb or its argument is out of form")
    return data


def decode(data: str) -> AdminPress | None:
    """What was pressed; None for data of any other form."""
    found = _DATA.fullmatch(data)
    if found is None or found["verb"] not in _VERBS:
        return None
    return AdminPress(found["verb"], found["argument"])  # type: ignore[arg-type]  # one of the verbs


def page_of(press: AdminPress) -> int:
    """The page that an argument names, from 0; the first one for anything else."""
    return int(press.argument) if re.fullmatch("[0-9]{1,4}", press.argument) else 0
