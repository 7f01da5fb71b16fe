"""Messages that are no commands: questions, documents of admins, and what cannot be answered."""

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from telegram import Message
from telegram.constants import ChatType

from bot.on_telegram.admin.documents import Documents
from bot.on_telegram.answering.greetings import Greetings
from bot.on_telegram.answering.questions import Questions
from bot.on_telegram.outgoing.messages import send
from bot.on_telegram.people.admins import Admins
from bot.on_telegram.requests import Request, Requests
from bot.on_telegram.updates.addressing import ByThisBot, SpokenTo, command_of
from bot.telegram_html.markup import escape

ASK: Final = "ask"
"""The command that a question follows."""
_ALBUMS_KNOWN = 1000
_EDITED_WITHIN = timedelta(hours=48)
"""So long may a message be edited; later on Telegram tells of changes that nobody made."""
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
            if await self._document(request) and not _asks(request.message):
                return
        if not request.said:
            request = await self.requests.of(request.update)
        if request.said and request.message.media_group_id:
            self._albums.append(request.message.media_group_id)
        await self.greetings.ask(request)  # which says how to where there is our name and nothing else

    async def edited(self, request: Request) -> None:
        """A message that was edited: its reply follows; one that had none is answered where it asks now."""
        if not await self.questions.edited(request) and self._is_question_now(request):
            await self.questions.answer(request)

    async def unsupported(self, request: Request) -> None:
        """What is no text: from an admin a document to take up, else one line, for an album too."""
        if await self._document(request):
            return
        album = request.message.media_group_id
        if album is None or album not in self._albums:
            if album:
                self._albums.append(album)
            await send(request.message, [escape(request.texts("unsupported"))])

    def _is_question_now(self, request: Request) -> bool:
        """Whether an edited message would be answered had it just been sent."""
        message = request.message
        spoken_to = message.chat.type == ChatType.PRIVATE or SpokenTo().filter(message)
        command = command_of(message)
        return (
            bool(request.said)
            and datetime.now(UTC) - message.date < _EDITED_WITHIN
            and (command == ASK or (spoken_to and not command))
            and not (message.is_automatic_forward or ByThisBot().filter(message))
            and not (self.admins.wrote_privately(message) and _is_for_collection(message))
        )

    async def _document(self, request: Request) -> bool:
        """A file that an admin sent, or a message that is nothing but a link; False: it is neither."""
        message = request.message
        if not (self.admins.wrote_privately(message) and _is_for_collection(message)):
            return False
        if message.document:
            await self.documents.sent(message, message.document, request.texts)
        else:
            await self.documents.linked(message, (message.text or "").strip(), request.texts)
        return True


def _is_for_collection(message: Message) -> bool:
    """Whether it is a file, or nothing but a link."""
    return message.document is not None or _LINK.fullmatch((message.text or "").strip()) is not None


def _asks(message: Message) -> bool:
    """Whether the caption of a file is a question too."""
    return message.caption is not None and (command_of(message) == ASK or "?" in message.caption)
