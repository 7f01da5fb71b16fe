"""Whatever addresses the bot is answered: captions, quotes from elsewhere, edits, and what it cannot read."""

from __future__ import annotations

import pytest
from bot_fixtures import fake_api, rare_collection, shared_bot, shared_data
from bot_process import ADMIN, new_chat, quotes
from crowd import Collection
from fake_bot_api import Chat, FakeBotApi, Message, User
from fake_bot_objects import Json
from rare_words import Rare

from bot.texts import LANGUAGES, load_texts

AN = User(501, "An", "vi")
BINH = User(502, "Bình", "en")

api = fake_api("module", can_read_all_group_messages=True)
collection = rare_collection(8)
data = shared_data()
bot = shared_bot(GROUP_QUESTIONS_PER_MINUTE="0")

UNREADABLE: dict[str, Json] = {
    "location": {"location": {"latitude": 21.03, "longitude": 105.85}},
    "contact": {"contact": {"phone_number": "+84240000000", "first_name": "An"}},
    "poll": {
        "poll": {
            "id": "1", "question": "Ai?", "options": [{"text": "A", "voter_count": 0, "persistent_id": "1"}],
            "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular",
            "allows_multiple_answers": False,
        }
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "story": {"story": {"chat": {"id": 501, "type": "private"}, "id": 4}},
    "what is not known yet": {"hologram": {"id": "x"}},
}  # fmt: skip
"""What people send that is no file and no text."""


@pytest.fixture
def rare(collection: Collection) -> Rare:
    return collection[1][0]


@pytest.fixture
def other(collection: Collection) -> Rare:
    return collection[1][1]


@pytest.fixture
def group(api: FakeBotApi, request: pytest.FixtureRequest) -> Chat:
    return api.group_chat(-1_000_000 - abs(hash(request.node.nodeid)) % 1_000_000)


def shown(chat: Chat, kind: str, caption: str = "", sender: User | None = None, **fields: object) -> Message:
    """A picture, a voice message, a file: of the kinds of Telegram."""
    message = chat.compose(caption, sender)
    message.attachment = chat.store(kind, "shown.bin", b"...", "application/octet-stream")
    message.extra = dict(fields)
    return chat.post(message)


def from_elsewhere(chat: Chat, text: str, quoted: str, sender: User | None = None) -> Message:
    """A reply to a message of another chat, of which Telegram tells no more than the part that is quoted."""
    message = chat.compose(text, sender)
    origin = {"type": "hidden_user", "sender_user_name": "Ai đó", "date": 1_700_000_000}
    message.extra = {"external_reply": {"origin": origin}}
    if quoted:
        message.extra["quote"] = {"text": quoted, "position": 0, "is_manual": True}
    return chat.post(message)


def answers(chat: Chat, asked: Message, rare: Rare) -> bool:
    reply = chat.wait_for_message()
    return (reply.reply_parameters or {})["message_id"] == asked.message_id and rare.word in quotes(reply)[0]


@pytest.mark.parametrize("kind", ["photo", "document", "video", "voice", "animation"])
def test_a_caption_that_asks_is_answered(api: FakeBotApi, rare: Rare, kind: str) -> None:
    chat = new_chat(api)
    assert answers(chat, shown(chat, kind, rare.question), rare)
    assert answers(chat, shown(chat, kind, f"/ask {rare.question}"), rare)


@pytest.mark.parametrize("call", ["/ask {}", "/ask@trichdan_bot {}", "@trichdan_bot {}", "{} @Trichdan_bot"])
def test_in_a_group_a_caption_that_calls_the_bot_is_answered(group: Chat, rare: Rare, call: str) -> None:
    assert answers(group, shown(group, "photo", call.format(rare.question), AN), rare)


def test_other_captions_in_a_group_are_left_alone(api: FakeBotApi, group: Chat, rare: Rare) -> None:
    for caption in (rare.question, f"/ask@another_bot {rare.question}", f"@another_bot {rare.question}", ""):
        shown(group, "photo", caption, AN)
    api.wait_until_acknowledged()
    group.expect_silence(0.5)


def test_any_command_may_stand_in_a_caption(api: FakeBotApi, group: Chat) -> None:
    chat, texts = new_chat(api, "en"), load_texts("en")
    shown(chat, "photo", "/about")
    assert texts("about-heading") in chat.wait_for_message().text
    shown(chat, "photo", "/nothing")
    assert chat.wait_for_message().text.startswith(texts("help"))
    shown(group, "photo", "/reindex@trichdan_bot", BINH)
    assert group.wait_for_message().text == texts("admin-only")


def test_the_other_pictures_of_an_album_whose_caption_asks_say_nothing(api: FakeBotApi, rare: Rare) -> None:
    for caption in (rare.question, f"/ask {rare.question}"):
        chat = new_chat(api)
        asked = shown(chat, "photo", caption, media_group_id=f"album{chat.id}")
        shown(chat, "photo", media_group_id=f"album{chat.id}")
        assert answers(chat, asked, rare)
        api.wait_until_acknowledged()
        chat.expect_silence(0.3)


def test_an_admins_file_is_taken_up_and_the_question_in_its_caption_answered(
    api: FakeBotApi, rare: Rare
) -> None:
    admin = api.private_chat(ADMIN, language_code="vi")
    admin.send_document("tin.txt", b"Gi\xe1 v\xe0ng t\xe1ng.", caption="Tin của tôi")
    assert "tin.txt" in admin.wait_for_message().text
    admin.send_document("tin.txt", "Giá vàng tăng.".encode(), caption=rare.question)
    first, second = admin.wait_for_message(), admin.wait_for_message()
    assert "tin.txt" in first.text and rare.word in quotes(second)[0]


@pytest.mark.parametrize("words", ["/ask", "@trichdan_bot", "/ask ?", "@trichdan_bot ???"])
def test_a_quote_from_another_chat_is_answered_in_a_group(group: Chat, rare: Rare, words: str) -> None:
    assert answers(group, from_elsewhere(group, words, rare.question, AN), rare)


def test_a_quote_from_another_chat_is_answered_in_private(api: FakeBotApi, rare: Rare, other: Rare) -> None:
    chat = new_chat(api)
    assert answers(chat, from_elsewhere(chat, "?", rare.question), rare)
    assert answers(chat, from_elsewhere(chat, other.question, rare.question), other)


def test_a_reply_to_another_chat_without_a_quote_is_told_how_to_ask(group: Chat) -> None:
    from_elsewhere(group, "/ask", "", BINH)
    assert "/ask" in group.wait_for_message().text


def test_marks_alone_in_reply_to_somebody_ask_their_question(group: Chat, rare: Rare) -> None:
    theirs = group.send(rare.question, sender=BINH)
    asked = group.send("@trichdan_bot ???", sender=AN, reply_to=theirs)
    assert answers(group, asked, rare)


def test_in_a_group_an_edit_that_calls_the_bot_is_answered_once(
    api: FakeBotApi, group: Chat, rare: Rare
) -> None:
    for call in ("@trichdan_bot {}", "/ask {}", "/ask@trichdan_bot {}"):
        said = group.send("Chờ tôi một chút.", sender=AN)
        group.edit(said, call.format(rare.question))
        assert answers(group, said, rare)
    for call in ("{}", "@another_bot {}", "/ask@another_bot {}", "/about {}"):
        group.edit(group.send("Để xem.", sender=AN), call.format(rare.question))
    api.wait_until_acknowledged()
    group.expect_silence(0.5)


def test_in_private_an_edit_into_a_question_is_answered(api: FakeBotApi, rare: Rare) -> None:
    chat = new_chat(api)
    picture = shown(chat, "photo")
    chat.wait_for_message()
    chat.edit(picture, rare.question)
    assert answers(chat, picture, rare)
    typo = chat.send("/aks")
    chat.wait_for_message()
    chat.edit(typo, f"/ask {rare.question}")
    assert answers(chat, typo, rare)


def test_an_edit_changes_the_reply_where_there_is_one(api: FakeBotApi, rare: Rare, other: Rare) -> None:
    chat = new_chat(api)
    asked = chat.send("xin chào")
    reply = chat.wait_for_message()
    chat.edit(asked, rare.question)
    chat.wait_for_edit(reply)
    chat.edit(asked, other.question)
    chat.wait_for_edit(reply, after=2)
    assert other.word in quotes(reply)[0] and len(chat.messages) == 1


def test_what_telegram_changes_of_an_old_message_asks_nothing(
    api: FakeBotApi, group: Chat, rare: Rare
) -> None:
    said = group.send("Chờ tôi một chút.", sender=AN)
    group.age(said, 72 * 3600)
    group.edit(said, f"@trichdan_bot {rare.question}")
    api.wait_until_acknowledged()
    group.expect_silence(0.5)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["photo", "sticker", "voice", "video_note", "audio", "document"])
def test_what_cannot_be_read_gets_one_helpful_sentence(api: FakeBotApi, language: str, kind: str) -> None:
    chat = new_chat(api, language)
    shown(chat, kind)
    assert chat.wait_for_message().text == load_texts(language)("unsupported")


@pytest.mark.parametrize("fields", UNREADABLE.values(), ids=UNREADABLE)
def test_in_a_group_what_cannot_be_read_is_answered_where_it_addresses_the_bot(
    api: FakeBotApi, group: Chat, rare: Rare, fields: Json
) -> None:
    chat = new_chat(api, "en")
    chat.service(**fields)
    assert chat.wait_for_message().text == load_texts("en")("unsupported")
    group.service(sender=BINH, **fields)
    api.wait_until_acknowledged()
    group.expect_silence(0.2)
    group.send(f"/ask {rare.question}", sender=BINH)
    to_us = group.compose("", BINH, group.wait_for_message())
    to_us.service = fields
    group.post(to_us)
    assert group.wait_for_message().text == load_texts("en")("unsupported")


def test_a_command_that_names_the_bot_and_is_none_is_told_how_to_ask(api: FakeBotApi, group: Chat) -> None:
    group.send("/nothing", sender=BINH)
    group.send("/nothing@another_bot", sender=BINH)
    api.wait_until_acknowledged()
    group.expect_silence(0.3)
    group.send("/nothing@trichdan_bot", sender=BINH)
    assert group.wait_for_message().text.startswith(load_texts("en")("help"))
