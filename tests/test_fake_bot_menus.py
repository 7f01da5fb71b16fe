"""The stand-in refuses what Telegram refuses: menus, profiles, files, inline results."""

from __future__ import annotations

from typing import Any

import pytest
from fake_bot_client import connected
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)


def article(number: int | str, **changes: Any) -> InlineQueryResultArticle:
    fields: dict[str, Any] = {"title": "t", "input_message_content": InputTextMessageContent("x"), **changes}
    return InlineQueryResultArticle(id=str(number), **fields)


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
