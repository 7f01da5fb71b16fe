"""Who may ask now: a person, and a group, so many questions a minute; who may not is told when to go on, once."""

import math

from telegram import Message, User
from telegram.constants import ChatType

from bot.chat.delivery import send
from bot.chat.hand_over import at_hand
from bot.chat.languages import Languages
from bot.chat.limits import RateLimit
from bot.replies.markup import escape
from bot.texts import load_texts
from config.settings import Settings


class Admission:
    """The limits of the settings."""

    def __init__(self, settings: Settings, languages: Languages) -> None:
        self._languages = languages
        self._of_person = RateLimit(settings.questions_per_minute)
        self._of_group = RateLimit(settings.group_questions_per_minute)

    async def admits(self, message: Message, user: User | None) -> bool:
        """Whether the person, or the group, may ask now; what an earlier process left was admitted then."""
        reply = at_hand()
        if reply and reply.resumed:
            return True
        limits = {user.id: self._of_person} if user else {}  # first: who asks too much uses up nobody else's
        limits |= {message.chat_id: self._of_group} if message.chat.type != ChatType.PRIVATE else {}
        for who, limit in limits.items():
            if (wait := limit.admit(who)) is None:
                continue
            if limit.to_tell(who):
                texts = load_texts(await self._languages.of(user))
                await send(message, [escape(texts("rate-limited", seconds=math.ceil(wait)))])
            return False
        return True
