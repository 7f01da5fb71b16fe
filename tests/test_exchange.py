"""A conversation without a platform: what is asked, pressed, edited and shared, by words and ids."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest
import pytest_asyncio
from fake_embedder import FakeEmbedder
from small_index import fitted, index, open_index

from bot.conversation.examples import Examples
from bot.conversation.exchange import Exchange
from bot.conversation.exchange_values import Effect, Inquiry, Pressed, Replied
from bot.conversation.press_effects import ReplyButtons
from bot.conversation.replies.buttons import Note, Press, Verb
from bot.conversation.replies.sharing import Shared, payload_of
from bot.conversation.replies.view import View
from bot.conversation.verified import verified
from bot.state import conversations as state_conversations
from bot.state.state import State
from bot.texts import Texts
from retrieval.article import Answer
from retrieval.follow_ups.context import Context
from retrieval.questions.query import Query, analyse
from retrieval.retriever import EXCERPTS, Retriever
from retrieval.serving import Serving

CHAT, PERSON, MESSAGE = 7, 70, 700
BEFORE, AFTER = "The market was open all day. " * 40, "Everybody in town knew of it. " * 40
TEXT = f"{BEFORE}\nGold has a price of 100.\n{AFTER}"
GOLD: dict[str, Any] = {"id": "gold", "text": TEXT, "title": "Gold", "lang": "en", "date": "2025-04-02"}
LATER: dict[str, Any] = {
    "id": "later",
    "text": "Gold has a price of 200.",
    "lang": "en",
    "date": "2025-05-02",
}
QUESTION = "What is the price of gold?"
Result = TypeVar("Result")


class AtOnce:
    """Workers that do it here and now."""

    def work(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    async def compute(self, work: Callable[[], Result]) -> Result:
        return work()


class Serves:
    """The index of a folder, opened anew when it is told that there is a newer one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.refresh()

    def refresh(self) -> None:
        self.now: Retriever = Retriever(open_index(self.folder), FakeEmbedder(), fitted())

    def retriever(self) -> Retriever:
        return self.now

    @property
    def generation(self) -> str:
        return self.now.generation.id


class Garbling(Retriever):
    """Its excerpts are not what their articles say."""

    def answer_worth_showing(self, query: Query, limit: int = EXCERPTS) -> Answer:
        answer = super().answer_worth_showing(query, limit)
        return replace(
            answer, excerpts=tuple(replace(each, text=f"{each.text[:-1]}!") for each in answer.excerpts)
        )


@dataclass(frozen=True)
class OneMessage:
    """What a platform makes of any view."""

    messages: tuple[str, ...]
    numbers: range


def one_message(view: View, texts: Texts) -> OneMessage:
    return OneMessage(("shown",), range(view.first, view.first + len(view.results)))


@dataclass
class Talk:
    exchange: Exchange
    state: State
    serves: Serves

    async def asks(self, words: str, **fields: Any) -> Replied:
        """A question that was replied to in message 1."""
        replied = await self.exchange.ask(inquiry(words, **fields))
        await self.exchange.keep(replied, [1])
        return replied

    async def presses(
        self, on: Replied, verb: Verb, argument: str = "", chat_id: int = CHAT
    ) -> Effect | None:
        """A press that was shown."""
        pressed = Pressed(
            press=Press(verb, on.view.answer_id, argument),
            chat_id=chat_id,
            user_id=PERSON,
            alone=True,
            fits=one_message,
        )
        effect = await self.exchange.press(pressed)
        if effect:
            await self.exchange.keep_pressed(pressed, effect)
        return effect


def inquiry(words: str, **fields: Any) -> Inquiry:
    return Inquiry(words=words, **{"chat_id": CHAT, "message_id": MESSAGE, "user_id": PERSON, **fields})


@pytest.fixture
def serves(tmp_path: Path) -> Iterator[Serves]:
    index(tmp_path / "data", GOLD, LATER)
    yield Serves(tmp_path / "data")


@pytest_asyncio.fixture
async def talk(tmp_path: Path, serves: Serves) -> AsyncIterator[Talk]:
    state = await State.open(tmp_path / "state.db")
    serving, workers = cast(Serving, serves), AtOnce()
    exchange = Exchange(
        serving=serving,
        workers=workers,
        examples=Examples(serving, tmp_path / "examples.json", "test"),
        answers=state.answers,
        conversations=state.conversations,
        buttons=ReplyButtons(serving=serving, workers=workers, feedback=state.feedback),
        questions=state.questions,
    )
    yield Talk(exchange, state, serves)
    await state.close()


def shown(view: View | None) -> list[str]:
    assert view is not None
    return [result.cited.text for result in view.results]


async def searched_last(talk: Talk) -> str | None:
    known = await talk.state.conversations.last(state_conversations.Talk(CHAT, PERSON), timedelta(hours=1))
    return known["question"] if known else None


@pytest.mark.asyncio
async def test_a_question_is_answered_kept_and_remembered(talk: Talk) -> None:
    replied = await talk.asks(QUESTION)
    assert shown(replied.view)[0] == LATER["text"] and GOLD["text"][:28] not in shown(replied.view)[0]
    assert (replied.view.reply.kind, replied.kept.language) == ("answer", "en")
    kept = await talk.state.answers.get(replied.view.answer_id)
    assert kept and (kept.question, kept.replied_in, kept.asked_in) == (QUESTION, (1,), MESSAGE)
    assert await searched_last(talk) == QUESTION


@pytest.mark.asyncio
async def test_a_mistyped_question_is_remembered_as_it_was_searched(talk: Talk) -> None:
    """What follows leans on what was meant; what was asked is kept as it was typed."""
    typed = "What is the price of gold in all the twon?"
    meant = typed.replace("twon", "town")
    replied = await talk.asks(typed.replace("twon", "Twon"))
    assert replied.view.reply.spelled
    assert replied.view.reply.searched == meant.replace("town", "Town") == await searched_last(talk)
    assert replied.kept.question == typed.replace("twon", "Twon")


@pytest.mark.asyncio
async def test_the_readers_language_goes_before_that_of_the_question(talk: Talk) -> None:
    assert (await talk.asks(QUESTION, speaks="ru")).kept.language == "ru"


@pytest.mark.asyncio
async def test_small_talk_is_answered_and_not_remembered(talk: Talk) -> None:
    replied = await talk.asks("Hello!")
    assert (replied.view.reply.kind, replied.view.reply.reason) == ("talk", "greeting")
    assert await searched_last(talk) is None


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "request_", ["What can you do?", "sai rồi bot ơi", "in English please", "Какие у вас есть статьи?"]
)
async def test_a_request_about_the_bot_is_answered_and_no_gap(talk: Talk, request_: str) -> None:
    replied = await talk.asks(request_)
    assert replied.view.reply.kind == "talk" and replied.view.reply.reason
    assert await searched_last(talk) is None
    assert await talk.state.questions.unanswered(timedelta(days=1), 9) == []


@pytest.mark.asyncio
async def test_whoever_asks_for_the_articles_hears_of_them_in_their_own_language(talk: Talk) -> None:
    said = (await talk.asks("which articles are there?", speaks="ru")).view.reply.says
    assert said and said.startswith("Сейчас у меня 2 статьи")


@pytest.mark.asyncio
async def test_two_questions_of_one_message_are_answered_in_one_reply(talk: Talk) -> None:
    message = f"Hi! {QUESTION} Was the market open? Thanks!"
    replied = await talk.asks(message)
    assert replied.view.reply.kind == "answer" and replied.kept.question == message
    assert any("market" in text for text in shown(replied.view)) and any(
        "price" in text for text in shown(replied.view)
    )


@pytest.mark.asyncio
async def test_whoever_writes_in_the_name_of_a_chat_is_not_remembered(talk: Talk) -> None:
    await talk.asks(QUESTION, user_id=None)
    assert await searched_last(talk) is None


@pytest.mark.asyncio
async def test_what_does_not_stand_in_its_article_is_never_shown(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    """An answer that loses all its excerpts is a refusal, and is kept as one."""
    talk.serves.now = Garbling(open_index(talk.serves.folder), FakeEmbedder(), fitted())
    replied = await talk.asks(QUESTION)
    assert (replied.view.reply.kind, replied.view.reply.reason) == ("refusal", "refused")
    assert not replied.view.results and not replied.view.reply.windows
    assert "3 passages do not stand in their articles" in caplog.text
    (gap,) = await talk.state.questions.unanswered(timedelta(days=1), 9)
    assert gap.question == QUESTION


def test_what_does_not_stand_in_its_article_is_not_printed_either(serves: Serves) -> None:
    """The console and the command line show the answer as it is, without such excerpts."""
    garbling = Garbling(open_index(serves.folder), FakeEmbedder(), fitted())
    assert verified(serves.now, serves.now.answer_worth_showing(analyse(QUESTION))).excerpts
    refused = verified(garbling, garbling.answer_worth_showing(analyse(QUESTION)))
    assert (refused.answered, refused.excerpts, refused.nearest) == (False, (), ())


@pytest.mark.asyncio
async def test_an_edited_question_changes_its_reply(talk: Talk) -> None:
    before = await talk.asks("Where does rice grow?")
    assert await talk.exchange.edit(inquiry("Where does rice grow?")) is None
    assert await talk.exchange.edit(inquiry("")) is None
    assert await talk.exchange.edit(inquiry(QUESTION, message_id=404)) is None
    edited = await talk.exchange.edit(inquiry(QUESTION))
    assert edited
    replied, sent = edited
    assert replied.view.answer_id == before.view.answer_id and list(sent) == [1]
    await talk.exchange.keep_edited(replied, 1)
    kept = await talk.state.answers.get(before.view.answer_id)
    assert kept and kept.question == QUESTION and await searched_last(talk) == QUESTION
    assert replied.anew().view.answer_id != before.view.answer_id


@pytest.mark.asyncio
async def test_pages_and_order_are_kept_from_press_to_press(talk: Talk) -> None:
    replied = await talk.asks(QUESTION)
    assert replied.view.sortable
    turned = await talk.presses(replied, Verb.PAGE, "1")
    assert turned and turned.view and turned.view.reply.page == 1 and not turned.buttons_only
    sorted_ = await talk.presses(replied, Verb.ORDER, "newest")
    assert sorted_ and sorted_.view and (sorted_.view.reply.order, sorted_.view.reply.page) == ("newest", 0)


@pytest.mark.asyncio
async def test_a_paragraph_more_is_added_until_the_articles_end(talk: Talk) -> None:
    replied = await talk.asks(QUESTION)
    wider = await talk.presses(replied, Verb.WIDEN, "2+")
    assert wider and wider.view and "Everybody" in wider.view.results[1].pieces[0].text
    while (wider := await talk.presses(replied, Verb.WIDEN, "2+")) and wider.note is None:
        pass
    assert wider and wider.note is Note.AT_END and wider.view is None


@pytest.mark.asyncio
async def test_a_vote_changes_the_buttons_alone(talk: Talk) -> None:
    replied = await talk.asks(QUESTION)
    voted = await talk.presses(replied, Verb.VOTE, "up")
    assert voted and voted.view and voted.buttons_only
    assert (voted.note, voted.view.reply.vote) == (Note.VOTED_UP, "up")
    again = await talk.presses(replied, Verb.VOTE, "up")
    assert again and (again.note, again.view) == (Note.VOTED_UP, None)
    votes = await talk.state.feedback.recent(timedelta(days=1))
    assert (votes.up, votes.down) == (1, 0)


@pytest.mark.asyncio
async def test_the_nearest_passages_are_a_reply_of_their_own_once(talk: Talk) -> None:
    replied = await talk.asks("Where does rice grow?")
    assert replied.view.reply.kind == "refusal" and replied.view.topics
    effect = await talk.presses(replied, Verb.NEAREST)
    assert effect and effect.further and effect.further.view.reply.kind == "nearest"
    assert effect.further.view.answer_id != replied.view.answer_id and shown(effect.further.view)
    again = await talk.presses(replied, Verb.NEAREST)
    assert again and again.further is None and again.reply is None


@pytest.mark.asyncio
async def test_a_question_alone_is_what_the_next_one_leans_on(talk: Talk) -> None:
    replied = await talk.asks(QUESTION)
    await talk.state.conversations.remember(
        state_conversations.Talk(CHAT, PERSON), Context.of("Something else").options()
    )
    effect = await talk.presses(replied, Verb.ONLY)
    assert effect and shown(effect.view) and await searched_last(talk) == QUESTION


@pytest.mark.asyncio
async def test_a_press_in_another_chat_or_on_what_is_forgotten_does_nothing(talk: Talk) -> None:
    replied = await talk.asks(QUESTION)
    assert await talk.presses(replied, Verb.PAGE, "1", chat_id=CHAT + 1) is None
    assert await talk.presses(replied.anew(), Verb.PAGE, "1") is None
    here = await talk.presses(replied, Verb.HERE)
    assert here and (here.note, here.view, here.reply) == (None, None, None)


@pytest.mark.asyncio
async def test_what_reads_otherwise_by_now_is_not_shown_at_a_press(talk: Talk) -> None:
    replied = await talk.asks(QUESTION)
    index(
        talk.serves.folder, {**LATER, "text": "Gold has a price of 300."}, {**GOLD, "text": "It is closed."}
    )
    talk.serves.refresh()
    effect = await talk.presses(replied, Verb.ORDER, "newest")
    assert effect and (effect.note, effect.view, effect.reply) == (Note.STALE, None, None)


@pytest.mark.asyncio
async def test_a_link_shows_its_passage_or_says_what_became_of_it(talk: Talk) -> None:
    found = (await talk.asks(QUESTION)).view.results[0].cited
    payload = payload_of(found)
    assert payload
    opened = await talk.exchange.share(payload, inquiry(payload))
    assert isinstance(opened, Replied) and shown(opened.view) == [found.text]
    assert await talk.exchange.share("pxyz", inquiry("pxyz")) is None
    index(talk.serves.folder, GOLD)
    talk.serves.refresh()
    gone = await talk.exchange.share(payload, inquiry(payload))
    assert isinstance(gone, Shared) and gone.article is None
