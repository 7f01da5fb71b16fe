"""Messages that are no commands: questions, documents of admins, and what cannot be answered."""

import re
from collections import deque
from dataclasses import dataclass, field

from bot.on_telegram.admin.documents import Documents
from bot.on_telegram.answering.greetings import Greetings
from bot.on_telegram.answering.questions import Questions
from bot.on_telegram.outgoing.messages import send
from bot.on_telegram.people.admins import Admins
from bot.on_telegram.requests import Request, Requests
from bot.telegram_html.markup import escape

_ALBUMS_KNOWN = 1000
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Messages:
    """Each method answers one message."""

    admins: Admins
    requests: Requests
    documents: Documents
    greetings: Greetings
    questions: Questions
    _albums: deque[str] = field(default_factory=lambda: deque(maxlen=_ALBUMS_KNOWN), init=False)

    async def question(self, request: Request) -> None:
        """Plain text, or the caption of what is shown: the question itself; from an admin, a link to take up."""
        if self.admins.wrote_privately(request.message):
            request = await self.requests.of(request.update)
            if await self._document(request):
                return
        if not request.said:
            request = await self.requests.of(request.update)
        if request.said and request.message.media_group_id:
            self._albums.append(request.message.media_group_id)
        await self.greetings.ask(request)  # which says how to where there is our name and nothing else

    async def edited(self, request: Request) -> None:
        """A question that was edited: its reply follows."""
        await self.questions.edited(request)

    async def unsupported(self, request: Request) -> None:
        """What is no text: from an admin a document to take up, else one line, for an album too."""
        if await self._document(request):
            return
        album = request.message.media_group_id
        if album is None or album not in self._albums:
            if album:
                self._albums.append(album)
            await send(request.message, [escape(request.texts("unsupported"))])

    async def _document(self, request: Request) -> bool:
        """A file that an admin sent, or a message that is nothing but a link; False: it is neither."""
        message, written = request.message, (request.message.text or "").strip()
        if not self.admins.wrote_privately(message):
            return False
        if message.document:
            await self.documents.sent(message, message.document, request.texts)
        elif _LINK.fullmatch(written):
            await self.documents.linked(message, written, request.texts)
        else:
            return False
        return True
