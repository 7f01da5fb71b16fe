"""What somebody asks for by a message or a button, with what every handler needs to know of it."""

from dataclasses import dataclass, replace

from telegram import Message, Update

from bot.conversation.replies.buttons import Press
from bot.on_telegram.people.admins import Admins, admin_of
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.updates.addressing import question_of
from bot.state.admin_log import Admin
from bot.texts import Texts, load_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A message. `said` is what follows a command, or the question; `texts` are in the writer's language."""

    update: Update
    message: Message
    said: str
    texts: Texts
    by_admin: bool

    @property
    def by(self) -> Admin:
        """Who wrote it, where that is an admin."""
        return admin_of(self.message.from_user)

    @property
    def not_ready(self) -> str:
        """The message that says that no index serves."""
        return "not-ready-admin" if self.by_admin else "not-ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminPress:
    """The press of the admin `by` on a button under `on`. `resumed`: it was left by an earlier process, which may have
    done it."""

    press: Press
    on: Message
    texts: Texts
    resumed: bool
    by: Admin


@dataclass(frozen=True, kw_only=True)
class Requests:
    """Makes them of updates."""

    admins: Admins
    languages: Languages

    async def of(self, update: Update) -> Request:
        """Of an update with a message, which may be an edited one."""
        return replace(self.at_once(update), texts=await self.texts(update))

    def at_once(self, update: Update) -> Request:
        """The same without a wait, so that nothing gets ahead of what comes first in a chat; `texts` are those of the
        writer's client."""
        message = update.effective_message
        assert message is not None  # the filters admit messages only
        return Request(
            update=update,
            message=message,
            said=question_of(message),
            texts=load_texts(update.effective_user.language_code if update.effective_user else None),
            by_admin=self.admins.sent(update),
        )

    async def texts(self, update: Update) -> Texts:
        """The texts in the language of whoever sent it."""
        return load_texts(await self.languages.of(update.effective_user))


def thread_of(message: Message) -> int:
    """The topic of a forum that a message stands in, 0 elsewhere: outside forums a thread is but a chain of replies."""
    return (message.message_thread_id or 0) if message.is_topic_message else 0
