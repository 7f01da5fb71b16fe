"""The stand-in for the Bot API: updates, pollers, what a bot in a group sees."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from fake_bot_client import connected
from polled_bot import raw_call
from telegram.error import BadRequest, Conflict, Forbidden

SUPERGROUP = -1_001_000_000_001


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
