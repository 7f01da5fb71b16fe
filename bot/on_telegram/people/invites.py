"""Invites: an admin makes one, somebody opens its link and is let in, an admin ends it."""

from telegram import Message

from bot.conversation.replies.buttons import LinkFor
from bot.conversation.replies.wording import one_line
from bot.on_telegram.outgoing.keyboards import markup
from bot.on_telegram.outgoing.messages import edit, send
from bot.on_telegram.people.access import Access
from bot.on_telegram.requests import AdminPress, Request
from bot.state.admin_log import Action, AdminLog
from bot.state.guests import Guests
from bot.telegram_html.admin.people import LONGEST_LABEL, guests_page, invite_text
from bot.telegram_html.markup import escape


class Invites:
    """Each method answers one command or press; all raise StateError."""

    def __init__(self, *, guests: Guests, access: Access, log: AdminLog) -> None:
        self._guests = guests
        self._log = log
        self._access = access

    async def invite(self, request: Request) -> None:
        """/invite NAME: a link that lets in one person, or one group, once."""
        message, texts = request.message, request.texts
        if not self._access.restricted:
            await send(message, [escape(texts("invite-open"))])
            return
        label = one_line(request.said, LONGEST_LABEL)
        invite = await self._guests.invite(label)
        await self._log.note(Action.INVITED, label, request.by)
        html, keyboard = invite_text(invite, label, message.get_bot().username, texts)
        await send(message, [html], markup(keyboard))

    async def guests(self, request: Request) -> None:
        """/guests: who was let in."""
        html, keyboard = guests_page(await self._guests.all(), 0, request.texts)
        await send(request.message, [html], markup(keyboard))

    async def redeemed(self, message: Message, payload: str) -> bool:
        """Whether the payload of /start has just let this chat in."""
        if not payload.startswith(LinkFor.INVITE) or self._guests.admits(message.chat_id):
            return False
        return await self._guests.redeem(payload.removeprefix(LinkFor.INVITE), message.chat_id)

    async def withdraw(self, pressed: AdminPress) -> None:
        """Ends an invite that nobody has used yet."""
        token = pressed.press.argument
        gone = await self._guests.withdraw(token) if token else False
        if gone:
            await self._log.note(Action.WITHDREW, "", pressed.by)
        await edit(pressed.on, escape(pressed.texts("invite-withdrawn" if gone else "invite-used")))

    async def revoke(self, pressed: AdminPress) -> None:
        """Ends somebody's access, and shows who is left."""
        label = await self._guests.revoke(pressed.press.argument)
        if label is not None:
            await self._log.note(Action.REVOKED, label, pressed.by)
        await self.page(pressed)

    async def page(self, pressed: AdminPress) -> None:
        """Another page of /guests."""
        html, keyboard = guests_page(await self._guests.all(), pressed.press.page, pressed.texts)
        await edit(pressed.on, html, markup(keyboard))
