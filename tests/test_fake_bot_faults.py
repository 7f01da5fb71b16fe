"""The fake's failures on demand and its account of what was delivered, as the library's client sees them."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from fake_bot_api import FakeBotApi
from fake_bot_client import connected
from telegram import ReplyParameters
from telegram.error import Conflict, NetworkError, RetryAfter


def test_a_slow_call_is_carried_out_late() -> None:
    with connected() as client:
        client.api.fail_next("sendMessage", "slow", seconds=0.2)
        begun = time.monotonic()
        client.say("a")
        assert time.monotonic() - begun >= 0.2
        assert [message.text for message in client.chat.messages] == ["a"]


def test_a_conflict_on_demand_reads_as_that_of_two_pollers() -> None:
    with connected() as client:
        client.api.fail_next("getUpdates", "conflict")
        with pytest.raises(Conflict):
            client.call("get_updates")
        client.call("get_updates")


def test_a_rival_ends_an_open_poll_with_a_conflict_and_takes_no_update_away() -> None:
    with connected() as client:

        def poll() -> None:
            client.api.wait_until_polled()
            client.api.poll_as_a_rival()

        rival = threading.Thread(target=poll)
        rival.start()
        with pytest.raises(Conflict):
            client.call("get_updates", timeout=10)
        rival.join()
        client.chat.send("còn đó")
        assert len(client.call("get_updates")) == 1


def test_a_failure_can_be_meant_for_one_chat() -> None:
    with connected() as client:
        other = client.api.private_chat(1002)
        other.send("xin chao")
        client.api.fail_next("sendMessage", "flood", chat=other)
        client.say("a")
        with pytest.raises(RetryAfter):
            client.call("send_message", chat_id=other.id, text="b")
        assert client.api.faults_left == 0
        client.call("send_message", chat_id=other.id, text="b")


def test_a_held_call_is_carried_out_when_it_is_let_go() -> None:
    with connected() as client:
        with client.api.hold(client.chat):
            sending = threading.Thread(target=lambda: client.say("a"))
            sending.start()
            client.api.wait_until(lambda: client.api.calls_of("sendMessage"), what="call")
            assert client.chat.messages == []
        sending.join()
        assert [message.text for message in client.chat.messages] == ["a"]


def test_what_has_arrived_is_carried_out_though_its_client_is_gone() -> None:
    with FakeBotApi() as api:
        chat = api.private_chat()
        chat.send("xin chao")
        body = f"chat_id={chat.id}&text=a"
        head = f"POST /bot{api.token}/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
        with api.hold(chat):
            with socket.create_connection(("127.0.0.1", api.port)) as client:
                form = "Content-Type: application/x-www-form-urlencoded"
                client.sendall(f"{head}{form}\r\n\r\n{body}".encode())
                api.wait_until(lambda: api.calls_of("sendMessage"), what="call")
            time.sleep(0.1)  # the server sees that the client is gone, and yet:
        assert chat.wait_for_message().text == "a"


def test_deliveries_are_counted_by_question_whether_their_sender_heard_of_them_or_not() -> None:
    with connected() as client:
        asked = client.chat.send("a?")
        reply = ReplyParameters(asked.message_id)
        client.api.fail_next("sendMessage", "lost_response")
        with pytest.raises(NetworkError):
            client.html("<blockquote>b</blockquote>", reply_parameters=reply)
        client.say("of no question")
        client.say("c", reply_parameters=reply)
        found = client.api.delivered
        assert list(found) == [(client.chat.id, asked.message_id)]
        assert [(each.text, each.quotes) for each in found[client.chat.id, asked.message_id]] == [
            ("b", ("b",)),
            ("c", ()),
        ]
        assert len(client.api.deliveries) == 3
        assert asked.update_id is not None
