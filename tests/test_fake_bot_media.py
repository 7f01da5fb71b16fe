"""What people send besides plain text, as the library's client reads it; what becomes of old messages."""

from __future__ import annotations

import time

import pytest
from fake_bot_client import Client, connected
from fake_bot_media import MEDIA, Origin, forward, send_album, send_media
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

DAY_S = 24 * 3600


def fetched(client: Client) -> list[Update]:
    return list(client.call("get_updates"))


@pytest.mark.parametrize("kind", MEDIA)
def test_every_kind_of_file_arrives_with_its_caption(kind: str) -> None:
    with connected() as client:
        send_media(client.chat, kind, caption="một <b>ảnh</b>")
        message = fetched(client)[0].message
        assert message is not None
        assert message.caption == "một <b>ảnh</b>" and message.text is None
        assert getattr(message, kind)


def test_an_album_is_several_messages_with_one_caption() -> None:
    with connected() as client:
        send_album(client.chat, 3, caption="ba ảnh")
        messages = [update.message for update in fetched(client)]
        assert [message and message.caption for message in messages] == ["ba ảnh", None, None]
        assert len({message and message.media_group_id for message in messages}) == 1


@pytest.mark.parametrize("origin", ["channel", "user", "hidden_user"])
def test_a_forwarded_message_says_where_it_is_from(origin: Origin) -> None:
    with connected() as client:
        forward(client.chat, "tin", origin=origin)
        forward(client.chat, "tin ảnh", origin=origin, photo=True)
        text, photo = (update.message for update in fetched(client))
        assert text and text.text == "tin" and text.forward_origin
        assert photo and photo.caption == "tin ảnh" and photo.forward_origin
        assert str(text.forward_origin.type) == str(photo.forward_origin.type) == origin
        assert text.from_user and text.from_user.id == client.chat.id


def test_in_a_group_with_privacy_mode_a_forwarded_message_is_not_seen() -> None:
    with connected() as client:
        forward(client.api.group_chat(), "tin", sender=client.api.user(31))
        assert fetched(client) == []


def test_a_press_under_an_old_message_tells_no_more_than_its_number() -> None:
    with connected() as client:
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="1:x")]])
        client.say("a", reply_markup=buttons)
        message = client.chat.messages[0]
        client.chat.press(message, "1:x", inaccessible=True)
        query = fetched(client)[0].callback_query
        assert query and query.message and not query.message.is_accessible
        assert query.message.message_id == message.message_id
        client.call("edit_message_text", chat_id=client.chat.id, message_id=message.message_id, text="b")


def test_a_message_of_two_days_ago_cannot_be_deleted_any_more() -> None:
    with connected() as client:
        young, old = (client.say(text).message_id for text in "ab")
        for message, days in zip(client.chat.messages, (1, 3), strict=True):
            client.chat.age(message, days * DAY_S)
        client.call("delete_message", chat_id=client.chat.id, message_id=young)
        refused = client.refused("delete_message", chat_id=client.chat.id, message_id=old)
        assert "can't be deleted for everyone" in refused
        assert client.refused("delete_message", chat_id=client.chat.id, message_id=young)


def test_an_edited_message_keeps_its_number_and_is_dated() -> None:
    with connected() as client:
        asked = client.chat.send("a")
        client.chat.edit(asked, "b")
        new, edited = fetched(client)
        assert new.message and edited.edited_message
        assert edited.edited_message.message_id == new.message.message_id
        assert edited.edited_message.text == "b" and edited.edited_message.edit_date
        assert edited.edited_message.edit_date.timestamp() <= time.time() + 1
