"""The stand-in refuses what Telegram refuses: buttons, edits, replies, rates."""

from __future__ import annotations

import pytest
from fake_bot_client import connected
from fake_bot_limits import RateLimits
from fake_bot_request import ApiError
from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)

BUTTON = InlineKeyboardButton("more", callback_data="d")
NOT_MODIFIED = "Message is not modified"


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(rows)


def test_a_keyboard_comes_back_with_the_message() -> None:
    with connected() as client:
        url = InlineKeyboardButton("source", url="https://a.vn/x")
        sent = client.say("x", reply_markup=keyboard([BUTTON], [url]))
        assert sent.reply_markup.inline_keyboard == ((BUTTON,), (url,))
        assert client.chat.messages[0].buttons[0] == {"text": "more", "callback_data": "d"}
        assert client.say("x", reply_markup=ForceReply()).reply_markup is None


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        (InlineKeyboardButton("x", callback_data="đ" * 33), "Button_data_invalid"),
        (InlineKeyboardButton("x", callback_data=""), "Button_data_invalid"),
        (InlineKeyboardButton("x", url="https://nowhere"), "Button_url_invalid"),
        (InlineKeyboardButton("x", url="javascript:alert(1)"), "Button_url_invalid"),
        (InlineKeyboardButton("x"), "text buttons are unallowed"),
        (InlineKeyboardButton("x", callback_data="d", url="https://a.vn"), "several actions"),
        (InlineKeyboardButton(" ", callback_data="d"), "must be non-empty"),
    ],
)
def test_a_wrong_button_is_refused(button: InlineKeyboardButton, reason: str) -> None:
    with connected() as client:
        assert reason.lower() in client.refused_text("x", reply_markup=keyboard([button])).lower()
        assert len(client.api.violations) == 1


def test_callback_data_of_64_bytes_is_accepted() -> None:
    with connected() as client:
        client.say("x", reply_markup=keyboard([InlineKeyboardButton("x", callback_data="đ" * 32)]))


def test_at_most_eight_buttons_a_row_and_a_hundred_in_all() -> None:
    with connected() as client:
        client.say("x", reply_markup=keyboard(*([BUTTON] * 8 for _ in range(12)), [BUTTON] * 4))
        assert "row" in client.refused_text("x", reply_markup=keyboard([BUTTON] * 9))
        too_many = keyboard(*([BUTTON] * 8 for _ in range(12)), [BUTTON] * 5)
        assert client.refused_text("x", reply_markup=too_many).lower() == "reply_markup_too_long"


def test_an_edit_replaces_text_and_without_a_markup_removes_the_keyboard() -> None:
    with connected() as client:
        sent = client.say("one", reply_markup=keyboard([BUTTON]))
        edited = client.call(
            "edit_message_text", text="two", chat_id=sent.chat_id, message_id=sent.message_id
        )
        assert (edited.text, edited.reply_markup, edited.edit_date is None) == ("two", None, False)
        (stored,) = client.chat.messages
        assert [revision.content.text for revision in stored.revisions] == ["one", "two"]
        assert (stored.edited, stored.buttons) == (True, [])


def test_an_edit_that_changes_nothing_is_refused() -> None:
    with connected() as client:
        sent = client.html("<b>x</b>", reply_markup=keyboard([BUTTON]))
        where = {"chat_id": sent.chat_id, "message_id": sent.message_id}
        same = {"text": "<b>x</b> ", "parse_mode": "HTML", "reply_markup": keyboard([BUTTON])}
        assert client.refused("edit_message_text", **where, **same).startswith(NOT_MODIFIED)
        refused = client.refused("edit_message_reply_markup", **where, reply_markup=keyboard([BUTTON]))
        assert refused.startswith(NOT_MODIFIED)
        client.call("edit_message_text", **where, text="x", reply_markup=keyboard([BUTTON]))
        client.call("edit_message_reply_markup", **where)
        assert client.chat.messages[0].buttons == []


def test_only_own_existing_text_messages_can_be_edited() -> None:
    with connected() as client:
        mine, theirs = client.say("x"), client.chat.send("y")
        where = {"chat_id": client.chat.id, "text": "z"}
        assert client.refused("edit_message_text", **where, message_id=99) == "Message to edit not found"
        assert (
            client.refused("edit_message_text", **where, message_id=theirs.message_id)
            == "Message can't be edited"
        )
        client.call("delete_message", chat_id=client.chat.id, message_id=mine.message_id)
        assert (
            client.refused("edit_message_text", **where, message_id=mine.message_id)
            == "Message to edit not found"
        )
        assert "not found" in client.refused(
            "delete_message", chat_id=client.chat.id, message_id=mine.message_id
        )


def test_a_reply_names_its_message_and_a_missing_one_is_refused_unless_allowed() -> None:
    with connected() as client:
        asked = client.chat.send("?")
        answer = client.say("x", reply_to_message_id=asked.message_id)
        assert answer.reply_to_message.text == "?"
        assert client.chat.messages[0].reply_to is asked
        client.chat.delete(asked)
        assert (
            client.refused_text("x", reply_to_message_id=asked.message_id)
            == "Message to be replied not found"
        )
        lenient = ReplyParameters(asked.message_id, allow_sending_without_reply=True)
        assert client.say("x", reply_parameters=lenient).reply_to_message is None


def test_a_quote_must_stand_in_the_message_that_it_quotes() -> None:
    with connected() as client:
        asked = client.chat.send("một hai ba")
        client.say("x", reply_parameters=ReplyParameters(asked.message_id, quote="hai"))
        wrong = ReplyParameters(asked.message_id, quote="bốn")
        assert client.refused_text("x", reply_parameters=wrong).lower() == "quote_text_invalid"


def test_link_preview_options_are_kept_and_their_address_checked() -> None:
    with connected() as client:
        assert client.say(
            "x", link_preview_options=LinkPreviewOptions(is_disabled=True)
        ).link_preview_options.is_disabled
        assert client.chat.messages[0].link_preview_options == {"is_disabled": True}
        wrong = LinkPreviewOptions(url="nowhere")
        assert client.refused_text("x", link_preview_options=wrong).lower() == "webpage_url_invalid"


def test_a_callback_is_answered_once_within_200_characters_and_while_it_is_fresh() -> None:
    with connected() as client:
        client.say("x", reply_markup=keyboard([BUTTON]))
        message = client.chat.wait_for_message()
        query, old = client.chat.press(message, "d"), client.chat.press(message, "d", expired=True)
        with pytest.raises(ValueError, match="no button"):
            client.chat.press(message, "other")
        answer = "answer_callback_query"
        assert (
            client.refused(answer, callback_query_id=query.id, text="x" * 201).lower() == "message_too_long"
        )
        assert client.api.unanswered_callbacks == [query]
        client.call(answer, callback_query_id=query.id, text="x" * 200, show_alert=True)
        assert client.chat.wait_for_answer(query)["show_alert"] is True
        for wrong in (query.id, old.id, "1"):
            assert client.refused(answer, callback_query_id=wrong).startswith("Query is too old")
        assert client.api.unanswered_callbacks == []


def test_a_chat_must_be_known_open_and_not_blocked() -> None:
    with connected() as client:
        stranger = client.api.private_chat(user_id=5)
        refused = client.refused("send_message", chat_id=5, text="x")
        assert refused == "Forbidden: bot can't initiate conversation with a user"
        assert client.refused("send_message", chat_id=6, text="x") == "Chat not found"
        assert len(client.api.violations) == 2
        stranger.send("hello")
        client.call("send_message", chat_id=5, text="x")
        stranger.block()
        assert client.refused("send_message", chat_id=5, text="x") == "Forbidden: bot was blocked by the user"
        stranger.unblock()
        client.call("send_message", chat_id=5, text="x")
        assert len(client.api.violations) == 2


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_rate_limits_are_refused_with_the_seconds_to_wait() -> None:
    with connected(rate_limits=True) as client:
        for _ in range(3):
            client.say("x")
        assert "Flood control exceeded" in client.refused_text("x")
        assert client.api.calls_of("sendMessage")[-1].status == 429


def test_each_rate_is_counted_in_its_own_window() -> None:
    now = 0.0
    limits = RateLimits(lambda: now)
    for chat in range(1, 31):
        limits.check(chat)
    with pytest.raises(ApiError) as caught:
        limits.check(31)
    assert (caught.value.code, caught.value.retry_after) == (429, 2)
    for _ in range(20):
        now += 2.0
        limits.check(-1)
    now += 2.0
    with pytest.raises(ApiError):
        limits.check(-1)
    limits.check(1)
    now += 60.0
    limits.check(-1)
