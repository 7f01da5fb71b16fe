"""What admins did and when, as admins see it."""

from collections.abc import Sequence
from datetime import UTC
from typing import Final

from bot.conversation.replies.buttons import Keyboard, Verb
from bot.conversation.replies.wording import one_line
from bot.state.admin_log import Done
from bot.telegram_html.admin.paging import pages
from bot.telegram_html.markup import escape
from bot.texts import Texts

LOG_PAGE: Final = 15
_LONGEST: Final = 150


def log_page(done: Sequence[Done], page: int, total: int, texts: Texts) -> tuple[str, Keyboard]:
    """A page of what was done, the latest first; times are those of UTC."""
    if not done:
        return escape(texts("log-none")), ()
    head = f"<b>{escape(texts('log-heading'))}</b>"
    return "\n\n".join([head, *(_entry(each, texts) for each in done)]), pages(
        Verb.LOG, page, -(-total // LOG_PAGE), texts
    )


def _entry(done: Done, texts: Texts) -> str:
    at = done.at.astimezone(UTC)
    who = done.name or texts("log-forgotten")
    facts = f"{texts.date(at.date())}, {at:%H:%M} UTC · {who}"
    what = texts(f"log-{done.action}")
    subject = one_line(done.subject, _LONGEST)
    return f"<i>{escape(facts)}</i>\n{escape(f'{what}: {subject}' if subject else what)}"
