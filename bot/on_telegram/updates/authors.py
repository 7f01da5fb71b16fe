"""On whose behalf something is done: each author has a turn of their own wherever many wait."""

from contextvars import ContextVar

from telegram import Update

_NOBODY = 0
_author: ContextVar[int] = ContextVar("author", default=_NOBODY)


def author_of(update: Update) -> int:
    """The id of who wrote or pressed: a person, or the chat in whose name they did; 0 where nobody did."""
    sender = update.effective_sender or update.effective_chat
    return sender.id if sender else _NOBODY


def act_for(author: int) -> None:
    """What this task, and those that it starts, do from now on is for `author`."""
    _author.set(author)


def acting_for() -> int:
    """The author for whom this task acts; 0: the bot does so of its own accord."""
    return _author.get()
