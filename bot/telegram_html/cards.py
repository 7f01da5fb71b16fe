"""An excerpt as the card that is offered in any chat, and the message that it posts: as in the bot's own chat."""

from dataclasses import dataclass, replace
from datetime import date as Date
from typing import Final

from bot.conversation.replies.links import cited_sentence
from bot.conversation.replies.view import View
from bot.conversation.replies.wording import one_line, title_or_opening
from bot.telegram_html.messages import render
from bot.texts import Texts

_LONGEST_DESCRIPTION: Final = 200


@dataclass(frozen=True, slots=True)
class Card:
    """Title and description are seen before it is chosen; `html` is the message."""

    title: str
    description: str
    html: str


def cards(view: View, texts: Texts, today: Date) -> list[Card | None]:
    """A card for each result of a view, in order; None for one that no single message can carry."""
    return [_card(view, number, texts, today) for number in range(len(view.results))]


def _card(view: View, number: int, texts: Texts, today: Date) -> Card | None:
    alone = replace(
        view,
        reply=replace(view.reply, searched=None, glance=None if number else view.reply.glance),
        results=(view.results[number],),
        first=1,
        page=0,
        pages=1,
    )
    messages = render(alone, texts, today)
    if len(messages) > 1:
        return None
    cited = view.results[number].cited
    sentence = one_line(cited_sentence(cited), _LONGEST_DESCRIPTION)
    description = f"{texts.date(cited.citation.date)} · {sentence}"
    return Card(title_or_opening(cited.citation, texts), description, messages[0])
