"""What follows an answer: buttons, edits, follow-ups, pasted texts, and what a person decides for themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from bot_fixtures import fake_api, shared_bot, shared_data
from bot_process import TRADE, TRADE_ANSWER, UNANSWERABLE, BotProcess, new_chat, quotes, stands_in
from fake_bot_api import Chat, FakeBotApi, Message
from fake_bot_media import forward, send_album, send_media

from bot.texts import load_texts
from retrieval.text.forms import normalise

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
VI = load_texts("vi")


api = fake_api("module", forgiven=("to edit not found",))  # what a reader deleted
data = shared_data("seeds_data")
bot = shared_bot(BotProcess)


def data_of(message: Message, label: str) -> str:
    """The data of the first button whose label holds `label`."""
    found = next(button for button in message.buttons if label in button["text"])
    return str(found["callback_data"])


def press(chat: Chat, message: Message, label: str) -> str:
    """Presses the button and waits for its answer; what it says."""
    return str(chat.wait_for_answer(chat.press(message, data_of(message, label))).get("text", ""))


def labels(message: Message) -> list[str]:
    return [button["text"] for button in message.buttons]


def is_verbatim(message: Message) -> bool:
    return bool(quotes(message)) and all(stands_in(SEEDS, quote) for quote in quotes(message))


def test_paragraphs_can_be_added_until_the_article_or_the_message_ends(api: FakeBotApi) -> None:
    chat = new_chat(api)
    reply = chat.ask(TRADE)
    for _ in range(40):
        if VI("button-after") not in labels(reply):
            break
        edits = len(reply.revisions)
        if press(chat, reply, VI("button-after")):
            break
        chat.wait_for_edit(reply, after=edits)
        assert is_verbatim(reply) and TRADE_ANSWER in " ".join(reply.entity_texts("bold"))
        assert len(reply.text) <= 4096
    else:
        pytest.fail("paragraphs were added without end")


def test_buttons_in_a_group_work_for_everyone(api: FakeBotApi) -> None:
    group, asker, other = api.group_chat(), api.user(51), api.user(52)
    group.send(f"/ask@trichdan_bot {TRADE}", sender=asker)
    reply = group.wait_for_message()
    pressed = group.press(reply, data_of(reply, "👍"), sender=other)
    assert group.wait_for_answer(pressed)["text"] == VI("vote-thanks")
    group.wait_for_answer(group.press(reply, data_of(reply, VI("button-after")), sender=other))
    group.wait_for_edit(reply)
    assert "👍 ✓" not in labels(reply)  # it is one vote of many


def test_a_button_of_another_chat_does_nothing(api: FakeBotApi) -> None:
    chat, stranger = new_chat(api), new_chat(api)
    stolen = data_of(chat.ask(TRADE), "👍")
    query = stranger.press(stranger.ask(UNANSWERABLE), stolen, stale=True)
    assert stranger.wait_for_answer(query)["text"] == VI("button-stale")


def test_an_edited_question_changes_its_reply(api: FakeBotApi) -> None:
    chat = new_chat(api)
    asked = chat.send(UNANSWERABLE)
    reply = chat.wait_for_message()
    chat.edit(asked, TRADE)
    chat.wait_for_edit(reply)
    assert TRADE_ANSWER in reply.text and labels(reply)
    chat.edit(asked, UNANSWERABLE)
    chat.wait_for_edit(reply, after=2)
    assert reply.text.startswith(VI("refused")) and len(chat.messages) == 1


def test_a_reply_that_was_deleted_is_sent_anew_when_the_question_is_edited(api: FakeBotApi) -> None:
    chat = new_chat(api)
    asked = chat.send(UNANSWERABLE)
    chat.delete(chat.wait_for_message())
    chat.edit(asked, TRADE)
    assert TRADE_ANSWER in chat.wait_for_message().text


def test_a_follow_up_is_searched_with_the_question_before_and_may_be_searched_alone(api: FakeBotApi) -> None:
    chat = new_chat(api)
    chat.ask("Kim ngạch thương mại Việt - Nga năm 2024?")
    reply = chat.ask("Còn năm 2021?")
    assert reply.text.startswith(VI("searched", question="")[:6]) and "2021" in reply.text.splitlines()[0]
    assert any("2021" in quote for quote in quotes(reply)) and is_verbatim(reply)
    if "⋯" in labels(reply):
        press(chat, reply, "⋯")
        chat.wait_for_edit(reply)
    edits = len(reply.revisions)
    press(chat, reply, VI("button-only-this"))
    chat.wait_for_edit(reply, after=edits)
    assert not reply.text.startswith(VI("searched", question="")[:8])


def test_after_new_a_question_stands_by_itself(api: FakeBotApi) -> None:
    chat = new_chat(api)
    chat.ask(TRADE)
    assert chat.ask("/new").text == VI("new-done")
    assert not chat.ask("Còn năm 2021?").text.startswith(VI("searched", question="")[:8])


@pytest.mark.parametrize("photo", [False, True])
def test_a_forwarded_post_gets_what_the_collection_says_about_it(api: FakeBotApi, photo: bool) -> None:
    chat = new_chat(api)
    post = "Kim ngạch thương mại song phương Việt Nam - Nga 11 tháng năm 2024 tăng mạnh so với cùng kỳ."
    forward(chat, post, photo=photo)
    reply = chat.wait_for_message()
    assert reply.text.startswith(VI("about-text-heading")) and is_verbatim(reply)


def test_an_album_gets_one_line(api: FakeBotApi) -> None:
    chat = new_chat(api)
    send_album(chat, 3)
    assert chat.wait_for_message().text == VI("unsupported")
    send_media(chat, "voice")
    assert chat.wait_for_message().text == VI("unsupported")
    chat.ask("/help")
    assert len(chat.messages) == 3


def test_the_language_that_was_chosen_is_kept_and_forgotten_on_request(api: FakeBotApi) -> None:
    chat, ru = new_chat(api, "vi"), load_texts("ru")
    offer = chat.ask("/language")
    press(chat, offer, "Русский")
    assert chat.ask(UNANSWERABLE).text.startswith(ru("refused"))
    assert chat.ask("/forgetme").text == ru("forgotten", count=4)
    assert chat.ask(UNANSWERABLE).text.startswith(VI("refused"))


def test_a_greeting_is_answered_with_a_question_to_try(api: FakeBotApi) -> None:
    chat = new_chat(api)
    api.wait_until(lambda: chat.ask("/start").buttons, timeout=120, what="a question to try")
    reply = chat.ask("Xin chào!")
    assert reply.text.startswith(VI("greeting"))
    (example,) = reply.entity_texts("code")
    assert quotes(chat.ask(example))


def test_about_names_the_collection(api: FakeBotApi) -> None:
    about = new_chat(api).ask("/about").text
    assert "5" in about and "05/05/2025" in about and normalise(VI("about-verbatim")) in normalise(about)


def test_each_topic_of_a_forum_has_a_conversation_of_its_own(api: FakeBotApi) -> None:
    group, asker = api.group_chat(-1_001_000_000_077), api.user(61)

    def ask_in(topic: int, text: str) -> Message:
        message = group.compose(f"/ask@trichdan_bot {text}", asker)
        message.extra = {"message_thread_id": topic, "is_topic_message": True}
        group.post(message)
        reply = group.wait_for_message(predicate=lambda m: m.message_id > message.message_id)
        assert int(reply.params["message_thread_id"]) == topic
        return reply

    ask_in(7, "Ông Putin thăm Việt Nam mấy lần?")
    ask_in(9, TRADE)
    assert "Putin" in ask_in(7, "Năm nào?").text.partition("\n")[0]
    assert (
        "Putin" not in (of_trade := ask_in(9, "Thế năm 2021?").text.partition("\n")[0]) and "2021" in of_trade
    )
