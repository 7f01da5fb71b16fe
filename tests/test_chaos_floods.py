"""One person sends far more than anybody can answer: they wait, and nobody else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bot_fixtures import fake_api, rare_collection, shared_bot, shared_data
from bot_process import new_chat, quotes
from conftest import Chaos
from crowd import Collection
from fake_bot_api import Chat, FakeBotApi, User
from fake_bot_objects import InlineQuery, Message
from rare_words import Rare

from bot.texts import load_texts

EN = load_texts("en")
PER_MINUTE, PER_MINUTE_IN_GROUP = 60, 15
MOST_BEFORE = 25
"""So many things are done for whoever floods, at most, before somebody else has their answer."""
TELLS = EN("rate-limited", seconds=60)[:30]
_groups = iter(range(-1_001_000_007_000, -1_001_000_006_000))
_people = iter(range(7_000_000, 8_000_000))

Flood = Callable[[Chat, int, User | None, list[Rare]], None]


api = fake_api("module", can_read_all_group_messages=True)
collection = rare_collection(10)
data = shared_data()
# With the limits that a bot has unless it is told otherwise.
bot = shared_bot(MESSAGES_PER_SECOND="30", QUESTIONS_PER_MINUTE=str(PER_MINUTE))


def commands(chat: Chat, count: int, sender: User | None, rares: list[Rare]) -> None:
    for _ in range(count):
        chat.send("/help", sender=sender)


def questions(chat: Chat, count: int, sender: User | None, rares: list[Rare]) -> None:
    for number in range(count):
        chat.send(f"/ask {rares[number % len(rares)].question}", sender=sender)


def documents(chat: Chat, count: int, sender: User | None, rares: list[Rare]) -> None:
    for number in range(count):
        chat.send_document(f"{number}.txt", b"x", sender=sender)


def inline_queries(chat: Chat, count: int, sender: User | None, rares: list[Rare]) -> None:
    world, writer = chat._world, sender or chat.state.owner
    assert writer is not None
    with world.changed:
        for number in range(count):
            query = InlineQuery(world.opaque_id(), rares[number % len(rares)].question)
            world.inline_queries[query.id] = query
            body = {"id": query.id, "from": writer.to_api(), "query": query.query, "offset": ""}
            world.enqueue("inline_query", body)


def edits(chat: Chat, count: int, sender: User | None, rares: list[Rare]) -> None:
    """Of a question that has its answer."""
    asked, _ = answered(chat, sender, rares[0])
    for number in range(count):
        chat.edit(asked, f"/ask {rares[number % len(rares)].question}")


def presses(chat: Chat, count: int, sender: User | None, rares: list[Rare]) -> None:
    """Of the thumbs under an answer, in turn."""
    _, reply = answered(chat, sender, rares[0])
    for number in range(count):
        chat.press(reply, thumb(reply, number), sender=sender, stale=True)


def mixed(chat: Chat, count: int, sender: User | None, rares: list[Rare]) -> None:
    asked, reply = answered(chat, sender, rares[0])
    for number in range(count // 4):
        chat.edit(asked, f"/ask {rares[number % len(rares)].question}")
        chat.press(reply, thumb(reply, number), sender=sender, stale=True)
        chat.send("/help", sender=sender)
        chat.send(f"/ask {rares[number % len(rares)].question}", sender=sender)


def answered(chat: Chat, sender: User | None, rare: Rare) -> tuple[Message, Message]:
    """A question and its answer, before the flood begins."""
    asked = chat.send(f"/ask {rare.question}", sender=sender)
    return asked, reply_to(chat, asked)


def thumb(reply: Message, number: int) -> str:
    return [str(each["callback_data"]) for each in reply.buttons if each["text"][0] in "👍👎"][number % 2]


def person() -> User:
    """Somebody who has asked nothing yet."""
    return User(next(_people), "An", "en")


IN_PRIVATE = [commands, questions, documents, inline_queries, edits, presses, mixed]
IN_GROUP = [commands, questions, edits, presses, mixed]


def done_for(api: FakeBotApi, chat: Chat, before: Message | None = None) -> int:
    """How many messages were sent to a chat, or changed in it, before the one given."""
    changes = ("sendMessage", "editMessageText", "editMessageReplyMarkup")
    mine = [call for call in api.calls if call.method in changes and call.params.get("chat_id") == chat.id]
    return sum(before is None or call.time < before.revisions[0].time for call in mine)


def reply_to(chat: Chat, asked: Message) -> Message:
    return chat.wait_for_message(
        timeout=60, predicate=lambda m: (m.reply_parameters or {}).get("message_id") == asked.message_id
    )


@pytest.mark.parametrize("flood", IN_PRIVATE, ids=lambda flood: flood.__name__)
def test_a_flood_in_private_makes_its_own_author_wait(
    api: FakeBotApi, collection: Collection, chaos: Chaos, flood: Flood
) -> None:
    count, rares = chaos.rounds(150, 600), collection[1]
    flooder, stranger = new_chat(api, "en"), new_chat(api, "en")
    flood(flooder, count, None, rares)
    asked = stranger.send(rares[1].question)
    answer = reply_to(stranger, asked)
    assert rares[1].word in quotes(answer)[0]
    assert done_for(api, flooder, answer) <= MOST_BEFORE + PER_MINUTE * (flood in (edits, presses, mixed))
    tell(flood, "private", asked, answer)


@pytest.mark.parametrize("flood", IN_GROUP, ids=lambda flood: flood.__name__)
def test_a_flood_in_a_group_uses_up_nobody_elses_answers(
    api: FakeBotApi, collection: Collection, chaos: Chaos, flood: Flood
) -> None:
    count, rares = chaos.rounds(60, 600), collection[1]
    group = api.group_chat(next(_groups))
    flooder = person()
    flood(group, count, flooder, rares)
    asked = group.send(f"/ask {rares[1].question}", sender=person())
    answer = reply_to(group, asked)
    assert rares[1].word in quotes(answer)[0]
    assert done_for(api, group) <= PER_MINUTE_IN_GROUP + 2
    tell(flood, "a group", asked, answer)


def test_who_floods_hears_once_and_then_nothing(api: FakeBotApi, collection: Collection) -> None:
    group, rares = api.group_chat(next(_groups)), collection[1]
    flooder = person()
    questions(group, 30, flooder, rares)
    commands(group, 30, flooder, rares)
    asked = group.send(f"/ask {rares[1].question}", sender=person())
    reply_to(group, asked)
    expected = PER_MINUTE_IN_GROUP * 2 // 3 + 2
    api.wait_until(lambda: len(group.messages) >= expected, what="all that is admitted")
    new_chat(api, "en").ask("/help")
    said = [message.text for message in group.messages]
    assert sum(text.startswith(TELLS) for text in said) == 1
    assert len(said) == expected


def test_a_press_above_the_limit_ends_its_spinner(api: FakeBotApi, collection: Collection) -> None:
    group, rares = api.group_chat(next(_groups)), collection[1]
    flooder = person()
    presses(group, 30, flooder, rares)
    with api.world.changed:
        mine = [query for query in api.world.callbacks.values() if query.message.chat_id == group.id]
    api.wait_until(lambda: all(query.answer is not None for query in mine), what="an end of all spinners")
    told = [query.answer or {} for query in mine]
    assert sum(answer.get("text", "").startswith(TELLS) for answer in told) == 1


def tell(flood: Flood, where: str, asked: Message, answer: Message) -> None:
    """How long the other waited, for whoever runs this with -s."""
    waited = answer.revisions[0].time - asked.revisions[0].time
    print(f"\nflood of {flood.__name__} in {where}: the other waited {waited:.2f} s", end="")
