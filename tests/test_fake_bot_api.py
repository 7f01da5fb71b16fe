"""The fake delivers updates, honours privacy mode, and fails on demand, as the library's client sees it."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.error
import urllib.request
from typing import Any

import pytest
from fake_bot_api import FakeBotApi, Message
from fake_bot_client import connected
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

SUPERGROUP = -1_001_000_000_001
Context = ContextTypes.DEFAULT_TYPE


def raw_call(api: FakeBotApi, method: str, token: str | None = None, **body: Any) -> tuple[int, Any]:
    """A call with a JSON body, without the library."""
    request = urllib.request.Request(
        f"{api.base_url}{token or api.token}/{method}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


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


def test_updates_stay_until_the_next_offset_acknowledges_them() -> None:
    with connected() as client:
        for text in ("một", "hai", "ba"):
            client.chat.send(text)
        first = client.call("get_updates", limit=2)
        assert [update.message.text for update in first] == ["một", "hai"]
        assert len(client.call("get_updates")) == 3
        rest = client.call("get_updates", offset=first[1].update_id + 1)
        assert [update.message.text for update in rest] == ["ba"]
        assert client.api.pending_updates == 1
        client.chat.send("bốn")
        assert [update.message.text for update in client.call("get_updates", offset=-1)] == ["bốn"]
        assert client.api.pending_updates == 1


def test_a_long_poll_waits_for_an_update_and_no_longer_than_its_timeout() -> None:
    with connected() as client:
        begun = time.monotonic()
        assert client.call("get_updates", timeout=1) == ()
        assert 0.9 < time.monotonic() - begun < 3

        async def poll_and_send() -> Any:
            poll = asyncio.create_task(client.bot.get_updates(timeout=20))
            await asyncio.to_thread(client.api.wait_until_polled)
            client.chat.send("đây")
            return await poll

        begun = time.monotonic()
        assert [update.message.text for update in client.runner.run(poll_and_send())] == ["đây"]
        assert time.monotonic() - begun < 3


def test_allowed_updates_are_remembered_when_they_are_left_out() -> None:
    with connected() as client:
        client.call("get_updates", allowed_updates=["callback_query"])
        client.call("get_updates")
        asked = client.chat.send("unseen")
        assert client.api.pending_updates == 0
        assert client.call("get_webhook_info").allowed_updates == ("callback_query",)
        client.call("get_updates", allowed_updates=["edited_message"])
        client.chat.edit(asked, "seen")
        assert client.api.pending_updates == 1


def test_of_two_pollers_the_older_one_gets_a_conflict() -> None:
    with connected() as client:

        async def compete() -> Any:
            older = asyncio.create_task(client.bot.get_updates(timeout=20))
            await asyncio.to_thread(client.api.wait_until_polled)
            newer = await asyncio.to_thread(raw_call, client.api, "getUpdates")
            assert newer == (200, {"ok": True, "result": []})
            with pytest.raises(Conflict, match="terminated by other getUpdates request"):
                await older

        client.runner.run(compete())
        assert len(client.api.violations) == 1


def test_a_poller_that_has_gone_is_no_rival() -> None:
    with connected() as client:

        async def vanish() -> None:
            poll = asyncio.create_task(client.bot.get_updates(timeout=20))
            await asyncio.to_thread(client.api.wait_until_polled)
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)

        client.runner.run(vanish())
        client.api.wait_until(lambda: client.api.world.open_polls == 0, timeout=2)
        client.call("get_updates")
        assert client.api.violations == []


def test_polling_with_a_webhook_set_is_a_conflict_until_it_is_deleted() -> None:
    with connected() as client:
        with pytest.raises(BadRequest, match=r"(?i)HTTPS URL must be provided"):
            client.call("set_webhook", url="http://a.vn/hook")
        client.call("set_webhook", url="https://a.vn/hook")
        assert client.call("get_webhook_info").url == "https://a.vn/hook"
        with pytest.raises(Conflict, match="webhook is active"):
            client.call("get_updates")
        client.chat.send("pending")
        client.call("delete_webhook", drop_pending_updates=True)
        assert client.call("get_updates") == ()


@pytest.mark.parametrize("reads_all", [False, True])
def test_privacy_mode_decides_what_a_group_bot_sees(reads_all: bool) -> None:
    with connected(can_read_all_group_messages=reads_all) as client:
        assert client.call("get_me").can_read_all_group_messages is reads_all
        group, lan = client.api.group_chat(SUPERGROUP), client.api.user(9, first_name="Lan")
        client.call("send_message", chat_id=SUPERGROUP, text="answer")
        answer = group.wait_for_message()
        group.send("chuyện phiếm", sender=lan)
        group.send("@trichdan_bot hỏi", sender=lan)
        group.send("/ask@other_bot hỏi", sender=lan)
        unseen = client.api.pending_updates
        group.send("/ask hỏi", sender=lan)
        group.send("/ask@Trichdan_Bot hỏi", sender=lan)
        group.send("thêm", sender=lan, reply_to=answer)
        group.service(sender=lan, new_chat_title="Nhóm")
        assert (unseen, client.api.pending_updates) == ((3, 7) if reads_all else (0, 4))
        last = client.call("get_updates")[-1].message
        assert (last.new_chat_title, last.from_user.first_name, last.chat.type) == (
            "Nhóm",
            "Lan",
            "supergroup",
        )


def test_a_group_bot_sees_members_leaves_and_can_be_removed() -> None:
    with connected() as client:
        group = client.api.group_chat(SUPERGROUP)
        group.send("/ask x", sender=client.api.user(9))
        assert client.call("get_chat", chat_id=SUPERGROUP).title == "Group"
        assert client.call("get_chat_member", chat_id=SUPERGROUP, user_id=9).status == "member"
        assert client.refused("get_chat_member", chat_id=SUPERGROUP, user_id=10) == "User not found"
        group.remove_bot()
        assert client.call("get_updates")[-1].my_chat_member.new_chat_member.status == "left"
        with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
            client.call("send_message", chat_id=SUPERGROUP, text="x")
        client.api.group_chat(-5, kind="group")
        client.call("leave_chat", chat_id=-5)
        assert client.call("get_chat_member", chat_id=-5, user_id=client.api.world.bot.id).status == "left"


def test_blocking_reaches_the_bot_as_a_membership_update() -> None:
    with connected() as client:
        client.chat.block()
        (update,) = client.call("get_updates")
        assert update.my_chat_member.new_chat_member.status == "kicked"


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
