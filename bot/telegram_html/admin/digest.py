"""The daily digest for admins: what happened in the last day, in a few lines."""

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.telegram_html.markup import escape
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Figures of a day. `gaps` is how many different things got no answer; without index it, `articles` and `indexed`
    are None."""

    questions: int
    answered: int
    gaps: int | None
    up: int
    down: int
    articles: int | None = None
    indexed: datetime | None = None


def digest_text(digest: Digest, texts: Texts, *, kept: bool = True) -> str:
    """The message in HTML; `kept`: whether questions are."""
    lines = [
        f"<b>{escape(texts('digest-heading'))}</b>",
        escape(
            texts("digest-questions", count=digest.questions, answered=digest.answered)
            if kept
            else texts("gaps-not-kept")
        ),
    ]
    if digest.gaps:
        lines.append(
            escape(texts("digest-gaps", count=digest.questions - digest.answered, things=digest.gaps))
        )
    if digest.up or digest.down:
        lines.append(escape(texts("digest-votes", up=digest.up, down=digest.down)))
    if digest.articles is None or digest.indexed is None:
        lines.append(escape(texts("digest-no-index")))
    else:
        date = texts.date(digest.indexed.date())
        lines.append(escape(texts("digest-collection", articles=digest.articles, date=date)))
    return "\n".join(lines)


def digest_buttons(texts: Texts, *, wanted: bool) -> Keyboard:
    """Whoever gets it may stop it, the others may ask for it."""
    label = texts("button-digest-off" if wanted else "button-digest-on")
    return ((Button.of(label, Verb.DIGEST, "off" if wanted else "on"),),)
