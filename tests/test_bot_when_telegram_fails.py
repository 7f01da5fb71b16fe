"""The real bot process while Telegram fails: everything that can be delivered is, and nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from bot_fixtures import fake_api, shared_bot, words_seeds
from bot_process import TRADE, TRADE_ANSWER, BotProcess, new_chat, quotes
from fake_bot_api import CallbackQuery, Chat, FakeBotApi

from bot.texts import load_texts

TWICE = re.compile("not modified|query is too old")
"""What the server says of something that it has done before."""
FAILURE_LINE = r"ERROR bot\.[\w.]+: An update could not be answered"


api = fake_api("module")
data = words_seeds("module")
bot = shared_bot(MESSAGES_PER_SECOND="30")


@pytest.fixture
def chat(api: FakeBotApi) -> Iterator[Chat]:
    """A chat; afterwards every fault was used up, and Telegram would have taken all that the bot sent."""
    yield new_chat(api)
    assert api.violations == []


def failures(bot: BotProcess) -> int:
    return len(re.findall(FAILURE_LINE, bot.output))


@pytest.mark.parametrize("fault", ["flood", "bad_gateway"])
def test_an_answer_that_was_certainly_not_delivered_is_sent_again(
    api: FakeBotApi, bot: BotProcess, chat: Chat, fault: str
) -> None:
    before = failures(bot)
    api.fail_next("sendMessage", fault, times=2)  # type: ignore[arg-type]  # parametrize knows no Literal
    assert TRADE_ANSWER in chat.ask(TRADE).text
    chat.ask("/help")
    assert len(chat.messages) == 2
    assert failures(bot) == before


@pytest.mark.parametrize("fault", ["drop", "lost_response"])
def test_an_answer_that_may_have_arrived_is_never_sent_twice(
    api: FakeBotApi, bot: BotProcess, chat: Chat, fault: str
) -> None:
    before = failures(bot)
    api.fail_next("sendMessage", fault)  # type: ignore[arg-type]  # parametrize knows no Literal
    chat.send(TRADE)
    bot.wait_for_line(FAILURE_LINE, count=before + 1)
    chat.ask("/help")
    assert sum(bool(quotes(message)) for message in chat.messages) == (fault == "lost_response")
    assert failures(bot) == before + 1


@pytest.mark.parametrize(("fault", "status"), [("server_error", 500), ("gateway_timeout", 504)])
def test_an_answer_at_which_the_server_failed_is_named_in_the_log_and_not_sent_twice(
    api: FakeBotApi, bot: BotProcess, chat: Chat, fault: str, status: int
) -> None:
    """It may have arrived; here it has."""
    api.fail_next("sendMessage", fault, description="canary")  # type: ignore[arg-type]
    chat.send(TRADE)
    bot.wait_for_line(f"sendMessage to chat {chat.id}: HTTP {status}; it is not tried again")
    chat.ask("/help")
    assert sum(bool(quotes(message)) for message in chat.messages) == 1
    assert "canary" not in bot.output


def tried_again(api: FakeBotApi, press: CallbackQuery) -> bool:
    """Whether the second answer to a press has had its own answer."""
    calls = [c for c in api.calls_of("answerCallbackQuery") if c.params["callback_query_id"] == press.id]
    return len(calls) == 2 and calls[1].status != 0


@pytest.mark.parametrize("fault", ["server_error", "gateway_timeout", "drop", "lost_response", "bad_gateway"])
def test_what_comes_to_the_same_when_it_is_done_twice_is_tried_again(
    api: FakeBotApi, bot: BotProcess, chat: Chat, fault: str
) -> None:
    before = failures(bot)
    answer = chat.ask(TRADE)
    more = next(each["callback_data"] for each in answer.buttons if each["text"] == "👍")
    api.fail_next("editMessageText", fault)  # type: ignore[arg-type]
    api.fail_next("answerCallbackQuery", fault)  # type: ignore[arg-type]
    press = chat.press(answer, more)
    assert chat.wait_for_answer(press)["text"] == load_texts("vi")("vote-thanks")
    assert any("✓" in button["text"] for button in answer.buttons)
    api.wait_until(lambda: tried_again(api, press), what="a second try")
    assert failures(bot) == before
    with api.world.changed:
        api.world.violations[:] = [each for each in api.world.violations if not TWICE.search(each)]


@pytest.mark.parametrize("answer", ["<html>canary", '{"ok": true}', '{"ok": true, "result": 5}'])
def test_polling_goes_on_after_an_answer_that_is_none(
    api: FakeBotApi, bot: BotProcess, chat: Chat, answer: str
) -> None:
    api.fail_next("getUpdates", "garbage", description=answer)
    chat.ask("/help")  # ends the poll that is open: the next one fails
    assert chat.ask("/help").text
    assert bot.process.poll() is None and "canary" not in bot.output


def test_a_reply_whose_confirmation_cannot_be_read_is_not_followed_by_an_apology(
    api: FakeBotApi, bot: BotProcess, chat: Chat
) -> None:
    for answer in ('{"ok": true}', '{"ok": true, "result": {"message_id": "x"}}', "[]"):
        api.fail_next("sendMessage", "garbage", description=answer)
        chat.send(TRADE)
    assert chat.ask("/help", timeout=30).text
    assert [message for message in chat.messages if message.text == load_texts("vi")("failed")] == []


def test_refused_markup_is_sent_as_plain_text(api: FakeBotApi, chat: Chat) -> None:
    expected = new_chat(api).ask(TRADE)
    api.fail_next("sendMessage", "bad_request", description="can't parse entities: unsupported start tag")
    asked = chat.send(TRADE)
    answer = chat.wait_for_message()
    assert answer.text == expected.text
    assert answer.parse_mode is None and not quotes(answer)
    assert answer.reply_to is not None and answer.reply_to.message_id == asked.message_id
    assert answer.link_preview_options == {"is_disabled": True}


def test_a_refused_answer_is_owned_up_to(api: FakeBotApi, bot: BotProcess, chat: Chat) -> None:
    api.fail_next("sendMessage", "bad_request", description="something new")
    assert chat.ask(TRADE).text == load_texts("vi")("failed")
    bot.wait_for_line(f"{FAILURE_LINE}.*Something new")


def test_an_answer_comes_without_a_typing_indicator(api: FakeBotApi, chat: Chat) -> None:
    api.fail_next("sendChatAction", "drop")
    assert TRADE_ANSWER in chat.ask(TRADE).text


def test_someone_who_blocks_the_bot_costs_one_line(api: FakeBotApi, bot: BotProcess, chat: Chat) -> None:
    before = failures(bot)
    with api.world.changed:
        chat.send(TRADE)
        chat.block()
    bot.wait_for_line(f"{FAILURE_LINE}.*blocked")
    assert TRADE_ANSWER in new_chat(api).ask(TRADE).text
    assert failures(bot) == before + 1


def test_a_chat_that_must_wait_holds_up_no_other(api: FakeBotApi, chat: Chat) -> None:
    api.fail_next("sendMessage", "flood", retry_after=3)
    chat.send(TRADE)
    api.wait_until(lambda: any(c.status == 429 for c in api.calls_of("sendMessage")[-1:]), what="a 429")
    other = new_chat(api)
    other.ask(TRADE)
    assert chat.messages == []
    assert TRADE_ANSWER in chat.wait_for_message().text


def test_many_chats_at_once_are_all_answered_each_in_order(api: FakeBotApi, chat: Chat) -> None:
    questions = (TRADE, "Ai tiếp Đại sứ Nga Gennady Bezdetko chiều 2/4?", "xin chào", TRADE)
    chats = [new_chat(api) for _ in range(15)]
    asked = [[one.send(question) for question in questions] for one in chats]
    for one, sent in zip(chats, asked, strict=True):
        answers = [one.wait_for_message(timeout=30) for _ in questions]
        replied_to = [(answer.reply_parameters or {}).get("message_id") for answer in answers]
        assert replied_to == [question.message_id for question in sent]


def test_polling_goes_on_after_an_outage(api: FakeBotApi, bot: BotProcess, chat: Chat) -> None:
    before = len(re.findall("Telegram cannot be used", bot.output))
    api.fail_next("getUpdates", "bad_gateway", times=2)
    chat.ask("/help")  # ends the poll that is open: the next two fail
    chat.send(TRADE)
    assert TRADE_ANSWER in chat.wait_for_message().text
    assert len(re.findall("Telegram cannot be used", bot.output)) == before + 1
    bot.wait_for_line("Telegram can be used again")
