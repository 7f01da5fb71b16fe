"""What admins are asked before a run takes much out of the collection. Pure."""

from typing import Final

from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.conversation.replies.wording import one_line
from bot.texts import Texts
from retrieval.indexing.loss import Loss

_SHOWN: Final = 5
_LONGEST: Final = 80


def loss_text(loss: Loss, texts: Texts) -> str:
    """How many articles would go, which, and from which sources: plain text, to be followed by the buttons."""
    return "\n".join([*_lines(loss, texts), "", texts("loss-question")])


def loss_notice(loss: Loss, texts: Texts) -> str:
    """The same of a run that nobody watched."""
    return "\n".join([texts("loss-notice"), *_lines(loss, texts), "", texts("loss-notice-mend")])


def loss_buttons(what: str, texts: Texts) -> Keyboard:
    """Yes repeats the run that asked: `what` is its kind, `full` or `uploads` if any, and the key of what was shown."""
    yes = Button.of(texts("button-loss-yes"), Verb.LOSE, what)
    return ((yes,), (Button.of(texts("button-loss-no"), Verb.HOLD),))


def _lines(loss: Loss, texts: Texts) -> list[str]:
    lines = [texts("loss", count=loss.count, of=loss.of)]
    lines += [f"• {one_line(name, _LONGEST)}" for name in loss.names[:_SHOWN]]
    if loss.count > _SHOWN:
        lines.append(texts("loss-more", count=loss.count - _SHOWN))
    if loss.unnamed:
        lines.append(texts("loss-unnamed", sources=one_line(", ".join(loss.unnamed), 3 * _LONGEST)))
    return lines
