"""Invites: an admin makes one, somebody opens its link and is let in, an admin ends it."""

from telegram import Message

from bot.conversation.wording import one_line
from bot.on_telegram.outgoing.delivery import edit, send
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.people.access import Access
from bot.state.guests import Guests
from bot.telegram_html.admin.buttons import AdminPress, page_of
from bot.telegram_html.admin.people import LONGEST_LABEL, PREFIX, guests_page, invite_text
from bot.telegram_html.markup import escape
from bot.texts import Texts


class Invites:
    """Each method answers one command or press; all raise StateError."""

    def __init__(self, guests: Guests, access: Access) -> None:
        self._guests = guests
        self._access = access

    async def invite(self, message: Message, label: str, texts: Texts) -> None:
        """/invite NAME: a link that lets in one person, or one group, once."""
        if not self._access.restricted:
            await send(message, [escape(texts("invite-open"))])
            return
        label = one_line(label, LONGEST_LABEL)
        invite = await self._guests.invite(label)
        html, keyboard = invite_text(invite, label, message.get_bot().username, texts)
        await send(message, [html], markup(keyboard))

    async def guests(self, message: Message, texts: Texts) -> None:
        """/guests: who was let in."""
        html, keyboard = guests_page(await self._guests.all(), 0, texts)
        await send(message, [html], markup(keyboard))

    async def redeemed(self, message: Message, payload: str) -> bool:
        """Whether the payload of /start has just let this chat in."""
        if not payload.startswith(PREFIX) or self._guests.admits(message.chat_id):
            return False
        return await self._guests.redeem(payload.removeprefix(PREFIX), message.chat_id)

    async def pressed(self, press: AdminPress, on: Message, texts: Texts) -> None:
        """A button under `on`, one of these messages."""
        if press.verb == "withdraw":
            gone = await self._guests.withdraw(press.argument) if press.argument else False
            await edit(on, escape(texts("invite-withdrawn" if gone else "invite-used")))
        else:
            if press.verb == "revoke":
                await self._guests.revoke(press.argument)
            html, keyboard = guests_page(await self._guests.all(), page_of(press), texts)
            await edit(on, html, markup(keyboard))
