"""What admins see of who has access: a new invite, and those whom invites let in."""

from collections.abc import Sequence
from typing import Final

from bot.conversation.replies.buttons import Button, Keyboard, LinkFor, Verb
from bot.conversation.replies.wording import one_line
from bot.state.guests import INVITE_LASTS, Guest, Invite
from bot.telegram_html.admin.paging import pages
from bot.telegram_html.markup import escape
from bot.texts import Texts

LONGEST_LABEL: Final = 80
_PAGE: Final = 10
_SHORT_NAME: Final = 8


def invite_text(invite: Invite, label: str, bot_name: str, texts: Texts) -> tuple[str, Keyboard]:
    """The two links of an invite, for a person and for a group; whichever is used first uses it up."""
    payload = f"{LinkFor.INVITE}{invite.token}"
    link, group_link = (f"https://t.me/{bot_name}?{way}={payload}" for way in ("start", "startgroup"))
    parts = [
        escape(texts("invite", days=INVITE_LASTS.days, label=label or texts("invite-nobody"))),
        f"{escape(texts('invite-person'))}\n<code>{escape(link)}</code>",
        f"{escape(texts('invite-group'))}\n<code>{escape(group_link)}</code>",
    ]
    withdraw = Button.of(texts("button-withdraw"), Verb.WITHDRAW, invite.key)
    return "\n\n".join(parts), ((withdraw,),)


def guests_page(guests: Sequence[Guest], page: int, texts: Texts) -> tuple[str, Keyboard]:
    """Those who were let in, the latest first, each with a button that ends it."""
    if not guests:
        return escape(texts("guests-none")), ()
    count = -(-len(guests) // _PAGE)
    page = min(page, count - 1)
    shown = list(enumerate(guests, 1))[page * _PAGE : (page + 1) * _PAGE]
    lines = [f"<b>{escape(texts('guests-heading', count=len(guests)))}</b>"]
    lines += [f"{number}. {escape(_described(guest, texts))}" for number, guest in shown]
    buttons = [
        (Button.of(texts("button-revoke", number=number), Verb.REVOKE, guest.name),)
        for number, guest in shown
    ]
    return "\n".join(lines), (*buttons, *pages(Verb.PEOPLE, page, count, texts))


def _described(guest: Guest, texts: Texts) -> str:
    label = one_line(guest.label, LONGEST_LABEL) or texts("invite-nobody")
    return f"{label} · {guest.name[:_SHORT_NAME]} · {texts.date(guest.since.date())}"
