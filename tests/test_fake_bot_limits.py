"""The fake refuses keyboards, edits, replies, menus, files and inline answers that Telegram refuses."""

from __future__ import annotations

from typing import Any

import pytest
from fake_bot_client import connected
from fake_bot_limits import RateLimits
from fake_bot_request import ApiError
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    ReplyParameters,
)

BUTTON = InlineKeyboardButton("more", callback_data="d")
NOT_MODIFIED = "Message is not modified"


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(rows)


def article(number: int | str, **changes: Any) -> InlineQueryResultArticle:
    fields: dict[str, Any] = {"title": "t", "input_message_content": InputTextMessageContent("x"), **changes}
    return InlineQueryResultArticle(id=str(number), **fields)


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


def test_chat_actions_are_shown_and_checked() -> None:
    with connected() as client:
        client.call("send_chat_action", chat_id=client.chat.id, action="typing")
        assert client.chat.actions == ["typing"]
        assert (
            "wrong parameter action"
            in client.refused("send_chat_action", chat_id=client.chat.id, action="dancing").lower()
        )


def test_the_menu_a_user_sees_is_the_narrowest_in_their_language() -> None:
    with connected() as client:

        def menu(scope: Any, description: str, language: str | None) -> None:
            client.call(
                "set_my_commands",
                commands=[BotCommand("ask", description)],
                scope=scope,
                language_code=language,
            )

        for scope, description, language in [
            (None, "default", None), (None, "mặc định", "vi"),
            (BotCommandScopeAllPrivateChats(), "private", None),
            (BotCommandScopeChat(client.chat.id), "admin", None),
        ]:  # fmt: skip
            menu(scope, description, language)
            assert client.chat.menu[0]["description"] == description
        client.call("delete_my_commands", scope=BotCommandScopeChat(client.chat.id))
        assert client.chat.menu == [{"command": "ask", "description": "private"}]
        assert client.call("get_my_commands", language_code="vi")[0].description == "mặc định"


@pytest.mark.parametrize(
    ("command", "language", "reason"),
    [
        (BotCommand("Ask", "x"), None, "bot_command_invalid"),
        (BotCommand("a" * 33, "x"), None, "bot_command_invalid"),
        (BotCommand("ask", ""), None, "bot_command_description_invalid"),
        (BotCommand("ask", "x" * 257), None, "bot_command_description_invalid"),
        (BotCommand("ask", "x"), "vie", "invalid language code specified"),
    ],
)
def test_a_wrong_command_is_refused(command: BotCommand, language: str | None, reason: str) -> None:
    with connected() as client:
        assert client.refused("set_my_commands", commands=[command], language_code=language).lower() == reason


def test_a_menu_for_a_chat_that_was_never_opened_is_refused_without_blame() -> None:
    with connected() as client:
        client.api.private_chat(user_id=5)
        scope = BotCommandScopeChat(5)
        assert (
            client.refused("set_my_commands", commands=[BotCommand("ask", "x")], scope=scope)
            == "Chat not found"
        )
        assert client.api.violations == []


def test_the_profile_texts_have_their_limits_and_languages() -> None:
    with connected() as client:
        client.call("set_my_description", description="x" * 512)
        client.call("set_my_description", description="mô tả", language_code="vi")
        assert client.call("get_my_description", language_code="vi").description == "mô tả"
        assert client.call("get_my_description", language_code="ru").description == "x" * 512
        assert "too long" in client.refused("set_my_description", description="x" * 513)
        assert "too long" in client.refused("set_my_short_description", short_description="x" * 121)
        assert "too long" in client.refused("set_my_name", name="x" * 65)
        assert client.call("get_my_name").name == "Trichdan"


def test_a_file_is_fetched_back_and_over_20_megabytes_refused() -> None:
    with connected() as client:
        sent = client.chat.send_document("bài.txt", "nội dung".encode())
        assert sent.attachment is not None
        file = client.call("get_file", file_id=sent.attachment.file_id)
        assert bytes(client.runner.run(file.download_as_bytearray())).decode() == "nội dung"
        huge = client.chat.send_document("big.txt", b"x", size=20 * 1024 * 1024 + 1)
        assert huge.attachment is not None
        assert client.refused("get_file", file_id=huge.attachment.file_id) == "File is too big"
        assert "wrong file_id" in client.refused("get_file", file_id="none").lower()


def test_documents_and_photos_carry_captions_of_at_most_1024_characters() -> None:
    with connected() as client:
        where = {"chat_id": client.chat.id, "parse_mode": "HTML"}
        sent = client.call(
            "send_document", **where, document=b"abc", filename="a.txt", caption="<b>" + "x" * 1024 + "</b>"
        )
        assert (sent.document.file_name, len(sent.caption), len(sent.caption_entities)) == ("a.txt", 1024, 1)
        assert client.call("send_document", **where, document=sent.document.file_id).document.file_size == 3
        assert client.call("send_photo", **where, photo=b"png").photo[0].file_size == 3
        long = client.refused("send_photo", **where, photo=b"png", caption="x" * 1025)
        assert long == "Message caption is too long"
        assert client.chat.messages[0].attachment.content == b"abc"  # type: ignore[union-attr]  # a missing one fails here
        text = client.refused(
            "edit_message_text", chat_id=client.chat.id, message_id=sent.message_id, text="x"
        )
        assert text == "There is no text in the message to edit"


def test_inline_results_come_back_and_are_answered_once() -> None:
    with connected() as client:
        inline = client.api.inline_query("q" * 300)
        assert inline.query == "q" * 256
        client.call("answer_inline_query", inline_query_id=inline.id, results=[article(n) for n in range(50)])
        assert len(client.api.wait_for_inline_answer(inline).results) == 50
        late = client.refused("answer_inline_query", inline_query_id=inline.id, results=[])
        assert late.startswith("Query is too old")


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBUserWarning")  # answer_inline_query would cut at 50
@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([article(n) for n in range(51)], "results_too_much"),
        ([article("x" * 65)], "result_id_invalid"),
        ([article(1), article(1)], "result_id_duplicate"),
        ([article(1, title="")], "can't parse inline query result"),
        (
            [article(1, input_message_content=InputTextMessageContent("<p>", parse_mode="HTML"))],
            "can't parse entities",
        ),
    ],
)
def test_wrong_inline_results_are_refused(results: list[InlineQueryResultArticle], reason: str) -> None:
    with connected() as client:
        inline = client.api.inline_query("q")
        body = {"inline_query_id": inline.id, "results": [result.to_dict() for result in results]}
        refused = client.refused("do_api_request", endpoint="answerInlineQuery", api_kwargs=body)
        assert refused.lower().startswith(reason)


def test_a_button_over_inline_results_needs_a_valid_start_parameter() -> None:
    with connected() as client:
        inline = client.api.inline_query("q")
        wrong = InlineQueryResultsButton("open", start_parameter="a b")
        refused = client.refused("answer_inline_query", inline_query_id=inline.id, results=[], button=wrong)
        assert refused.lower() == "start_param_invalid"


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
