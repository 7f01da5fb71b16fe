"""The stand-in for the Bot API: conversations, calls, failures on demand."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from fake_bot_api import FakeBotApi, Message
from fake_bot_client import connected
from polled_bot import raw_call
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

Context = ContextTypes.DEFAULT_TYPE


async def _start(update: Update, context: Context) -> None:
    assert update.message
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("more", callback_data="more:1")]])
    await update.message.reply_html("<b>chào</b>", reply_markup=keyboard, do_quote=True)


async def _pressed(update: Update, context: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("ok")
    await update.callback_query.edit_message_text("đã đổi")


async def _echo(update: Update, context: Context) -> None:
    assert update.effective_chat and update.effective_message
    kind = "edited" if update.edited_message else "new"
    await update.effective_chat.send_message(f"{kind}: {update.effective_message.text}")


def echo_bot(api: FakeBotApi) -> Any:
    """An Application that answers /start, presses and texts."""
    builder = Application.builder().token(api.token).base_url(api.base_url).base_file_url(api.file_url)
    app = builder.build()
    handlers = (
        CommandHandler("start", _start), CallbackQueryHandler(_pressed), MessageHandler(filters.TEXT, _echo)
    )  # fmt: skip
    app.add_handlers(handlers)
    return app


async def served(api: FakeBotApi, conversation: Any) -> None:
    """Poll with the echo bot while `conversation` runs in a thread."""
    app = echo_bot(api)
    async with app:
        await app.start()
        await app.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        try:
            await asyncio.to_thread(conversation)
        finally:
            await app.updater.stop()
            await app.stop()


def test_a_polling_application_holds_a_whole_conversation() -> None:
    with FakeBotApi() as api:
        chat = api.private_chat(user_id=7, language_code="vi", first_name="Bình")

        def conversation() -> None:
            api.wait_until_polled()
            welcome = chat.ask("/start")
            assert (welcome.text, welcome.entity_texts("bold")) == ("chào", ["chào"])
            assert welcome.reply_to is not None and welcome.reply_to.text == "/start"
            query = chat.press(welcome, "more:1")
            assert chat.wait_for_answer(query)["text"] == "ok"
            assert chat.wait_for_edit(welcome).text == "đã đổi"
            asked = chat.send("hỏi")
            assert chat.wait_for_message(predicate=lambda m: m.text.startswith("new")).text == "new: hỏi"
            chat.edit(asked, "hỏi lại")
            assert chat.wait_for_message().text == "edited: hỏi lại"
            chat.expect_silence(0.1)
            api.wait_until_acknowledged()

        asyncio.run(served(api, conversation))
        assert (api.violations, api.unanswered_callbacks, api.pending_updates) == ([], [], 0)


def test_a_bot_that_stays_silent_is_a_time_out_that_names_the_last_calls() -> None:
    with connected() as client:
        client.call("get_me")
        with pytest.raises(
            TimeoutError, match=r"no message from the bot within 0.05 s; last calls: \['getMe -> 200'\]"
        ):
            client.chat.wait_for_message(timeout=0.05)
        client.say("unasked")
        with pytest.raises(AssertionError, match="unasked"):
            client.chat.expect_silence(0.05)


def test_a_wrong_token_and_an_unknown_method_are_refused() -> None:
    with connected(token="123456:wrong") as client:
        with pytest.raises(InvalidToken):
            client.call("get_me")
        unauthorized = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        assert raw_call(client.api, "getMe", token="1:x") == (401, unauthorized)
        not_found = {"ok": False, "error_code": 404, "description": "Not Found"}
        assert raw_call(client.api, "makeCoffee") == (404, not_found)
        assert client.api.violations[-1] == "makeCoffee: Not Found"


def test_json_bodies_are_read_like_forms_and_methods_in_any_case() -> None:
    with connected() as client:
        markup = {"inline_keyboard": [[{"text": "x", "callback_data": "d"}]]}
        status, body = raw_call(
            client.api, "SENDMESSAGE", chat_id=client.chat.id, text="[x", reply_markup=markup
        )
        assert (status, body["result"]["text"], body["result"]["reply_markup"]) == (200, "[x", markup)
        assert client.api.calls[-1].method == "sendMessage"
        assert raw_call(client.api, "sendMessage", chat_id="x", text="x")[0] == 400
        assert raw_call(client.api, "sendMessage", chat_id=client.chat.id, text=5)[0] == 400


def test_every_call_is_logged_with_its_parameters_and_status() -> None:
    with connected() as client:
        before = time.time()
        client.say("x", reply_parameters={"message_id": 1})
        (call,) = client.api.calls_of("sendMessage")
        assert before <= call.time <= time.time()
        assert (call.status, call.params["text"], call.params["reply_parameters"]) == (
            200,
            "x",
            {"message_id": 1},
        )


def test_a_long_text_is_cut_as_clients_cut_it() -> None:
    with connected() as client:
        with pytest.raises(ValueError, match="4096"):
            client.chat.send("x" * 4097)
        assert [len(part.text) for part in client.chat.send_long("x" * 5000)] == [4096, 904]


def test_a_button_press_carries_the_message_and_a_stale_one_must_be_asked_for() -> None:
    with connected() as client:
        client.say("x")
        message = client.chat.wait_for_message()
        client.chat.press(message, "old", stale=True)
        (update,) = client.call("get_updates")
        assert (update.callback_query.data, update.callback_query.message.text) == ("old", "x")


def test_an_inline_query_is_delivered() -> None:
    with connected() as client:
        client.api.inline_query("hỏi", sender=client.api.user(9, language_code="ru"))
        (update,) = client.call("get_updates")
        assert (update.inline_query.query, update.inline_query.from_user.language_code) == ("hỏi", "ru")


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_a_flood_answer_carries_the_seconds_to_wait() -> None:
    with connected() as client:
        client.api.fail_next("sendMessage", "flood", retry_after=7)
        with pytest.raises(RetryAfter) as caught:
            client.say("x")
        assert caught.value.retry_after == 7
        assert client.say("x").text == "x"
        assert client.api.violations == []


@pytest.mark.parametrize(
    ("kind", "error", "message"),
    [
        ("bad_gateway", NetworkError, "Bad Gateway"),
        ("bad_request", BadRequest, "Message can't be deleted"),
        ("blocked", Forbidden, "bot was blocked by the user"),
        ("drop", NetworkError, "httpx"),
        ("lost_response", NetworkError, "httpx"),
    ],
)
def test_a_failure_on_demand_reads_as_the_real_one(kind: Any, error: type[Exception], message: str) -> None:
    with connected() as client:
        client.api.fail_next("sendMessage", kind, times=2, description="message can't be deleted")
        for _ in range(2):
            with pytest.raises(error, match=message):
                client.say("x")
        assert len(client.chat.messages) == (2 if kind == "lost_response" else 0)
        assert client.say("x").text == "x"
        assert client.api.violations == []
        lost = [call.status for call in client.api.calls_of("sendMessage")]
        assert (lost[0] == 0) is (kind in ("drop", "lost_response"))


def test_a_time_out_on_demand_does_nothing_and_answers_nothing() -> None:
    with connected() as client:
        client.api.fail_next("*", "timeout")
        client.call("get_me")
        with pytest.raises(TimedOut):
            client.say("x", read_timeout=0.1)
        assert client.chat.messages == []


def test_lost_updates_come_again() -> None:
    with connected() as client:
        client.chat.send("x")
        client.api.fail_next("getUpdates", "lost_response")
        with pytest.raises(NetworkError):
            client.call("get_updates")
        assert len(client.call("get_updates")) == 1


def test_an_outage_drops_every_call_until_it_ends() -> None:
    with connected() as client:
        with client.api.outage(), pytest.raises(NetworkError):
            client.call("get_me")
        assert client.call("get_me").username == "trichdan_bot"


def test_waiting_returns_each_message_once_in_order() -> None:
    with connected() as client:
        for text in ("một", "hai", "ba"):
            client.say(text)
        two: Message = client.chat.wait_for_message(predicate=lambda message: message.text == "hai")
        assert two.text == "hai"
        assert [client.chat.wait_for_message().text for _ in range(2)] == ["một", "ba"]


def test_the_server_stops_at_once_though_a_poll_is_open() -> None:
    with FakeBotApi() as api, asyncio.Runner() as runner:

        async def poll() -> None:
            _, writer = await asyncio.open_connection("127.0.0.1", api.port)
            writer.write(f"GET /bot{api.token}/getUpdates?timeout=40 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            await asyncio.to_thread(api.wait_until_polled)
            begun = time.monotonic()
            await asyncio.to_thread(api.stop)
            assert time.monotonic() - begun < 3
            writer.close()

        runner.run(poll())
