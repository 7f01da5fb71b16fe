"""Buttons below lists: to the pages before and after, and many in rows."""

from collections.abc import Sequence
from typing import Final

from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.texts import Texts

_IN_A_ROW: Final = 4


def pages(verb: Verb, page: int, count: int, texts: Texts) -> Keyboard:
    """Buttons to the pages before and after; none for a single page."""
    back = [Button.of(texts("button-back"), verb, str(page - 1))] if page > 0 else []
    more = [Button.of(texts("button-more"), verb, str(page + 1))] if page + 1 < count else []
    here = [Button.of(f"{page + 1}/{count}", verb, str(page))]
    return ((*back, *here, *more),) if count > 1 else ()


def in_rows(buttons: Sequence[Button], most: int = _IN_A_ROW) -> Keyboard:
    """At most so many buttons side by side."""
    return tuple(tuple(buttons[at : at + most]) for at in range(0, len(buttons), most))
