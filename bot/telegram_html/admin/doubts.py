"""What admins are told of an index that was made and is not trusted. Pure."""

from typing import Final

from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.conversation.replies.wording import one_line
from bot.texts import Texts
from retrieval.indexing.judging import Doubt

_LONGEST: Final = 120


def doubt_text(doubt: Doubt, texts: Texts) -> str:
    """How many questions of the self-check it answers, and which no longer: plain text, for the button below it."""
    counts = {"asked": doubt.asked, "before": doubt.before, "after": doubt.after}
    lost = [f"• {one_line(question, _LONGEST)}" for question in doubt.lost]
    return "\n".join([texts("doubt", **counts), *lost, "", texts("doubt-question")])


def doubt_buttons(doubt: Doubt, texts: Texts) -> Keyboard:
    """Takes the index into service all the same."""
    return ((Button.of(texts("button-doubt-take"), Verb.TAKE, doubt.generation),),)
