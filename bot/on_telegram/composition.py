"""The parts of the Telegram bot, made of settings and joined: the composition root, beside `bot.bootstrap`."""

from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Bot

from bot.bootstrap import Services
from bot.conversation.examples import Examples
from bot.conversation.exchange import Exchange
from bot.conversation.press_effects import ReplyButtons
from bot.conversation.replies.sharing import share_link
from bot.logs import unheard
from bot.on_telegram.admin.articles import Articles
from bot.on_telegram.admin.changes import Changes
from bot.on_telegram.admin.documents import Documents
from bot.on_telegram.admin.gaps import Gaps
from bot.on_telegram.admin.notices import ToAdmins
from bot.on_telegram.admin.reindexing import ChatReindex
from bot.on_telegram.admin.reports import Reports
from bot.on_telegram.admin_gate import Gate
from bot.on_telegram.answering.articles import ArticleLists
from bot.on_telegram.answering.greetings import Greetings
from bot.on_telegram.answering.inline import Inline
from bot.on_telegram.answering.messages import Messages
from bot.on_telegram.answering.presses import Presses
from bot.on_telegram.answering.questions import Questions
from bot.on_telegram.answering.sending import Sending
from bot.on_telegram.background import Background
from bot.on_telegram.commands import ARTICLES, Tools
from bot.on_telegram.handlers import Handlers
from bot.on_telegram.menus import Menus
from bot.on_telegram.people.access import Access
from bot.on_telegram.people.admins import Admins
from bot.on_telegram.people.door import Door
from bot.on_telegram.people.invites import Invites
from bot.on_telegram.people.languages import Languages
from bot.on_telegram.people.personal import Personal
from bot.on_telegram.people.question_limits import Admission
from bot.on_telegram.requests import Requests
from bot.on_telegram.updates.turns import WORKERS, Turns
from bot.processes.doubted import Doubted, take
from bot.processes.held import Held
from bot.processes.reindexing import ReindexProcess
from bot.processes.unfinished import Unfinished
from bot.processes.uploads import UploadsProcess
from bot.state.state import State
from bot.web.links import article_links
from config.settings import Settings
from retrieval.article import Answer


@dataclass(frozen=True, kw_only=True)
class TelegramBot:
    """What the process runs: `handlers` answer, `background` goes on beside them."""

    handlers: Handlers
    background: Background
    turns: Turns
    reindex: ChatReindex
    changes: Changes

    def stop(self) -> None:
        """The process is to end soon: long work is broken off."""
        self.reindex.stop()
        self.changes.stop()

    async def close(self) -> None:
        """Waits for what is still on its way to Telegram."""
        await self.reindex.close()
        await self.turns.close()


def compose(
    services: Services,
    *,
    workers: Executor,
    state: State,
    bot: Bot,
    on_answer: Callable[[Answer], object] = unheard,
) -> TelegramBot:
    """`workers` has a thread for each answer that is made at a time; `on_answer` hears of each answer."""
    settings, serving, uploads = services.settings, services.serving, services.uploads
    keep_days = settings.keep_questions_days

    turns = Turns(workers, WORKERS)
    languages = Languages(state.preferences)
    admins = Admins(settings.admin_ids)
    requests = Requests(admins=admins, languages=languages)
    access = _access(settings, state, admins, languages)
    invites = Invites(guests=state.guests, access=access, log=state.admin_log)
    door = Door(access=access, admins=admins, invites=invites, state=state)

    examples = Examples.of(serving, settings)
    exchange = _exchange(services, state, turns, examples, on_answer)
    sending = Sending(
        exchange=exchange,
        turns=turns,
        share=lambda excerpt: share_link(excerpt, bot.username),
        links=article_links(settings),
    )
    articles = Articles(serving=serving)
    article_lists = ArticleLists(
        articles=articles,
        model=settings.model,
        turns=turns,
        languages=languages,
        switched_on=settings.list_articles,
    )
    questions = Questions(
        exchange=exchange, turns=turns, languages=languages, sending=sending, articles=article_lists
    )
    menus = Menus(frozenset() if settings.list_articles else frozenset({ARTICLES}))
    presses = Presses(exchange=exchange, turns=turns, languages=languages, sending=sending)
    personal = Personal(state=state, languages=languages, turns=turns)
    greetings = Greetings(
        serving=serving,
        model=settings.model,
        keep_days=keep_days,
        examples=examples,
        turns=turns,
        door=door,
        questions=questions,
        lists_articles=settings.list_articles,
        set_admin_menu=menus.set_admin_menu,
    )

    unfinished = Unfinished(settings.data_dir)
    reader = UploadsProcess(settings)
    reindex = ChatReindex(
        serving=serving,
        process=partial(ReindexProcess, settings.data_dir),
        unfinished=unfinished,
        log=state.admin_log,
        ask_again=questions.again,
        take=partial(take, services.generations),
    )
    changes = Changes(
        articles=articles, uploads=uploads, reader=reader, turns=turns, reindex=reindex, unfinished=unfinished
    )
    documents = Documents(articles=articles, changes=changes, reader=reader, turns=turns, wanted=state.wanted)
    gaps = Gaps(serving=serving, keep_days=keep_days, turns=turns, state=state)
    reports = Reports(serving=serving, gaps=gaps, keep_days=keep_days, turns=turns, state=state)
    tools = Tools(
        greetings=greetings,
        articles=article_lists,
        personal=personal,
        reindex=reindex,
        documents=documents,
        changes=changes,
        gaps=gaps,
        reports=reports,
        invites=invites,
    )
    to_admins = ToAdmins(bot=bot, admins=admins, known=state.admins, languages=languages)

    def beside() -> Iterator[Coroutine[Any, Any, None]]:
        yield changes.resume(bot)
        yield examples.follow(turns)
        yield to_admins.tell_of_errors()
        yield to_admins.tell_of_held_runs(Held(settings.data_dir))
        yield to_admins.tell_of_doubts(Doubted(settings.data_dir), serving)
        yield reports.send_digests(to_admins)

    return TelegramBot(
        handlers=Handlers(
            door=door,
            admission=_admission(settings, admins, languages),
            requests=requests,
            gate=Gate(admins=admins, requests=requests, tools=tools),
            greetings=greetings,
            articles=article_lists,
            messages=Messages(
                admins=admins,
                requests=requests,
                documents=documents,
                greetings=greetings,
                questions=questions,
            ),
            questions=questions,
            presses=presses,
            personal=personal,
            inline=Inline(serving=serving, turns=turns, languages=languages),
        ),
        background=Background(
            serving=serving,
            embedder=services.embedder,
            uploads=uploads,
            workers=workers,
            state=state,
            loaded=turns.begin,
            admins=settings.admin_ids,
            menus=menus,
            others=beside,
        ),
        turns=turns,
        reindex=reindex,
        changes=changes,
    )


def _access(settings: Settings, state: State, admins: Admins, languages: Languages) -> Access:
    return Access(
        restricted=settings.restricted,
        allowed=settings.allowed_ids,
        admins=admins,
        guests=state.guests,
        languages=languages,
    )


def _admission(settings: Settings, admins: Admins, languages: Languages) -> Admission:
    return Admission(
        per_minute=settings.questions_per_minute,
        per_minute_in_group=settings.group_questions_per_minute,
        admins=admins,
        languages=languages,
    )


def _exchange(
    services: Services, state: State, turns: Turns, examples: Examples, on_answer: Callable[[Answer], object]
) -> Exchange:
    return Exchange(
        serving=services.serving,
        workers=turns,
        examples=examples,
        answers=state.answers,
        conversations=state.conversations,
        buttons=ReplyButtons(serving=services.serving, workers=turns, feedback=state.feedback),
        questions=state.questions,
        lists_articles=services.settings.list_articles,
        logs_words=services.settings.log_questions,
        on_answer=on_answer,
    )
