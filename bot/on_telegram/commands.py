"""The table of commands, and of the buttons under admins' messages: who may, where, and what does the work."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.conversation.replies.buttons import Verb
from bot.on_telegram.admin.changes import Changes
from bot.on_telegram.admin.documents import Documents
from bot.on_telegram.admin.gaps import Gaps
from bot.on_telegram.admin.reindexing import ChatReindex
from bot.on_telegram.admin.reports import Reports
from bot.on_telegram.answering.articles import ArticleLists
from bot.on_telegram.answering.greetings import Greetings
from bot.on_telegram.answering.messages import ASK
from bot.on_telegram.people.invites import Invites
from bot.on_telegram.people.personal import Personal
from bot.on_telegram.requests import AdminPress, Request


class Who(Enum):
    EVERYBODY = auto()
    ADMINS = auto()


class Where(Enum):
    ANYWHERE = auto()
    IN_PRIVATE = auto()
    """What is shown is nobody else's business."""


@dataclass(frozen=True, kw_only=True)
class Tools:
    """What does the work."""

    greetings: Greetings
    articles: ArticleLists
    personal: Personal
    reindex: ChatReindex
    documents: Documents
    changes: Changes
    gaps: Gaps
    reports: Reports
    invites: Invites


@dataclass(frozen=True)
class Command:
    name: str
    who: Who
    where: Where
    handler: Callable[[Tools], Callable[[Request], Awaitable[None]]]
    in_turn: bool = False
    """Whether it takes the turn of its chat, as questions do."""


@dataclass(frozen=True)
class AdminButton:
    verb: Verb
    where: Where
    handler: Callable[[Tools], Callable[[AdminPress], Awaitable[None]]]


ARTICLES: Final = "articles"
"""The command that may be switched off."""

COMMANDS: Final = (
    Command("start", Who.EVERYBODY, Where.ANYWHERE, lambda tools: tools.greetings.start),
    Command("help", Who.EVERYBODY, Where.ANYWHERE, lambda tools: tools.greetings.help),
    Command(ASK, Who.EVERYBODY, Where.ANYWHERE, lambda tools: tools.greetings.ask),
    Command(ARTICLES, Who.EVERYBODY, Where.ANYWHERE, lambda tools: tools.articles.list),
    Command("new", Who.EVERYBODY, Where.ANYWHERE, lambda tools: tools.personal.new, in_turn=True),
    Command("language", Who.EVERYBODY, Where.ANYWHERE, lambda tools: tools.personal.language),
    Command("about", Who.EVERYBODY, Where.ANYWHERE, lambda tools: tools.greetings.about),
    Command("forgetme", Who.EVERYBODY, Where.ANYWHERE, lambda tools: tools.personal.forget_me, in_turn=True),
    Command("reindex", Who.ADMINS, Where.ANYWHERE, lambda tools: tools.reindex.run),
    Command("sources", Who.ADMINS, Where.IN_PRIVATE, lambda tools: tools.documents.list),
    Command("show", Who.ADMINS, Where.IN_PRIVATE, lambda tools: tools.documents.show),
    Command("remove", Who.ADMINS, Where.IN_PRIVATE, lambda tools: tools.documents.remove),
    Command("gaps", Who.ADMINS, Where.IN_PRIVATE, lambda tools: tools.gaps.list),
    Command("feedback", Who.ADMINS, Where.IN_PRIVATE, lambda tools: tools.reports.feedback),
    Command("stats", Who.ADMINS, Where.IN_PRIVATE, lambda tools: tools.reports.stats),
    Command("digest", Who.ADMINS, Where.IN_PRIVATE, lambda tools: tools.reports.digest),
    Command("invite", Who.ADMINS, Where.IN_PRIVATE, lambda tools: tools.invites.invite),
    Command("guests", Who.ADMINS, Where.IN_PRIVATE, lambda tools: tools.invites.guests),
    Command("log", Who.ADMINS, Where.IN_PRIVATE, lambda tools: tools.reports.log),
)
"""In the order in which menus show them."""

MENU: Final = tuple(command.name for command in COMMANDS if command.who is Who.EVERYBODY)
ADMIN_MENU: Final = tuple(command.name for command in COMMANDS)

ADMIN_BUTTONS: Final = (
    AdminButton(Verb.CANCEL, Where.ANYWHERE, lambda tools: tools.reindex.cancel),
    AdminButton(Verb.FULL, Where.ANYWHERE, lambda tools: tools.reindex.anew),
    AdminButton(Verb.TAKE, Where.ANYWHERE, lambda tools: tools.reindex.taken),
    AdminButton(Verb.LOSE, Where.ANYWHERE, lambda tools: tools.reindex.allowed),
    AdminButton(Verb.HOLD, Where.ANYWHERE, lambda tools: tools.reindex.held),
    AdminButton(Verb.SOURCES, Where.IN_PRIVATE, lambda tools: tools.documents.page),
    AdminButton(Verb.ADD, Where.IN_PRIVATE, lambda tools: tools.changes.add),
    AdminButton(Verb.DISCARD, Where.IN_PRIVATE, lambda tools: tools.changes.discard),
    AdminButton(Verb.REMOVE, Where.IN_PRIVATE, lambda tools: tools.changes.remove),
    AdminButton(Verb.SHOW, Where.IN_PRIVATE, lambda tools: tools.documents.chosen),
    AdminButton(Verb.TAKE_OUT, Where.IN_PRIVATE, lambda tools: tools.documents.chosen),
    AdminButton(Verb.RETURN, Where.IN_PRIVATE, lambda tools: tools.changes.bring_back),
    AdminButton(Verb.REMOVED, Where.IN_PRIVATE, lambda tools: tools.changes.removed),
    AdminButton(Verb.FILL, Where.IN_PRIVATE, lambda tools: tools.gaps.fill),
    AdminButton(Verb.LOG, Where.IN_PRIVATE, lambda tools: tools.reports.turn_log),
    AdminButton(Verb.KEEP, Where.IN_PRIVATE, lambda tools: tools.documents.kept),
    AdminButton(Verb.GAPS, Where.IN_PRIVATE, lambda tools: tools.gaps.turn),
    AdminButton(Verb.FEEDBACK, Where.IN_PRIVATE, lambda tools: tools.reports.turn_feedback),
    AdminButton(Verb.EXPORT, Where.IN_PRIVATE, lambda tools: tools.gaps.export),
    AdminButton(Verb.DIGEST, Where.IN_PRIVATE, lambda tools: tools.reports.choose_digest),
    AdminButton(Verb.WITHDRAW, Where.IN_PRIVATE, lambda tools: tools.invites.withdraw),
    AdminButton(Verb.REVOKE, Where.IN_PRIVATE, lambda tools: tools.invites.revoke),
    AdminButton(Verb.PEOPLE, Where.IN_PRIVATE, lambda tools: tools.invites.page),
)
