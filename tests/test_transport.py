"""What is certainly not done is repeated, what may be done is not, and a wait concerns one chat."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable
from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.logs import reason
from bot.on_telegram.outgoing.flood_limits import MessageBudgets
from bot.on_telegram.outgoing.transport import PatientRequest

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 2\r\n\r\n{}"
NOTHING = b""
SHORT_PAUSES_S = (0.01, 0.01, 0.01)
SENT = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


async def answered(answers: list[bytes], method: str = "sendMessage") -> tuple[int, bytes]:
    """What a call gets from a server that gives these answers, a connection each, and then no more."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answers.pop(0))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server, PatientRequest(pauses_s=SHORT_PAUSES_S) as request:
        port = server.sockets[0].getsockname()[1]
        return await request.do_request(f"http://127.0.0.1:{port}/{method}", "POST")


def test_a_call_that_a_gateway_refused_is_repeated() -> None:
    assert asyncio.run(answered([BAD_GATEWAY, BAD_GATEWAY, OK])) == (200, b"{}")


def test_a_gateway_that_keeps_refusing_is_believed() -> None:
    assert asyncio.run(answered([BAD_GATEWAY] * 4, "editMessageText"))[0] == 502


def test_a_message_whose_answer_was_lost_is_not_repeated() -> None:
    answers = [NOTHING, OK]
    with pytest.raises(NetworkError):
        asyncio.run(answered(answers))
    assert answers == [OK]


@pytest.mark.parametrize("status", [500, 504, 520])
def test_a_message_at_which_the_server_failed_is_not_repeated_and_named_in_the_log(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [failed(status), OK]
    assert asyncio.run(answered(answers))[0] == status
    assert answers == [OK]
    assert f"sendMessage: HTTP {status}; it is not tried again" in caplog.text


@pytest.mark.parametrize("method", ["editMessageText", "answerCallbackQuery", "answerInlineQuery", "getFile"])
@pytest.mark.parametrize("answer", [NOTHING, b"HTTP/1.1 500 x\r\n\r\n", b"HTTP/1.1 504 x\r\n\r\n<html>"])
def test_what_comes_to_the_same_when_it_is_done_twice_is_repeated(method: str, answer: bytes) -> None:
    assert asyncio.run(answered([answer, answer, OK], method)) == (200, b"{}")


def failed(status: int) -> bytes:
    return f"HTTP/1.1 {status} Failed\r\nContent-Length: 2\r\n\r\n{{}}".encode()


def test_a_call_that_finds_nobody_is_repeated_until_somebody_listens() -> None:
    async def call() -> int:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/"

            async def listen(pause: float) -> None:
                await (await asyncio.start_server(serve, sock=listener)).start_serving()

            async with PatientRequest(sleep=listen) as request:
                return (await request.do_request(url, "POST"))[0]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)

    assert asyncio.run(call()) == 200


def paced(pace: MessageBudgets, chat_id: int, callback: Any, endpoint: str = "sendMessage") -> Awaitable[Any]:
    return pace.process_request(callback, (), {}, endpoint, {"chat_id": chat_id}, None)


def refusing(times: int, wait: int, log: list[str], name: str = "") -> Any:
    """A call that Telegram refuses so often, asking to wait."""
    refusals = iter(range(times))

    async def call() -> dict[str, Any]:
        log.append(name)
        if next(refusals, None) is not None:
            raise RetryAfter(wait)
        return SENT

    return call


def test_a_chat_that_must_wait_holds_up_no_other() -> None:
    log: list[str] = []

    async def two() -> None:
        pace = MessageBudgets()
        first = asyncio.ensure_future(paced(pace, 1, refusing(1, 1, log, "slow")))
        await asyncio.sleep(0)
        await paced(pace, 2, refusing(0, 0, log, "other"))
        assert not first.done()
        await first

    asyncio.run(two())
    assert log == ["slow", "other", "slow"]


@pytest.mark.parametrize(("times", "wait", "attempts"), [(99, 0, 10), (1, 3601, 1)])
def test_a_refusal_that_lasts_is_raised(times: int, wait: int, attempts: int) -> None:
    log: list[str] = []
    with pytest.raises(RetryAfter):
        asyncio.run(_awaited(paced(MessageBudgets(), 1, refusing(times, wait, log))))
    assert len(log) == attempts


def test_a_chat_action_is_never_repeated() -> None:
    log: list[str] = []
    with pytest.raises(RetryAfter):
        asyncio.run(_awaited(paced(MessageBudgets(), 1, refusing(1, 0, log), "sendChatAction")))
    assert len(log) == 1


def test_a_reason_is_one_line_of_bearable_length() -> None:
    assert reason(NetworkError("a\n <html>")) == "a <html>"
    assert len(reason(NetworkError("x" * 9000))) < 400


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            BadRequest('can\'t parse entities: unsupported start tag "secret" at 5'),
            "can't parse entities: unsupported start tag … at 5",
        ),
        (
            NetworkError("Internal Server Error (500). Parsing the server response b'secret' failed"),
            "Internal Server Error (500)",
        ),
        (
            NetworkError("Unknown error in HTTP implementation: ValueError('secret')"),
            "Unknown error in HTTP implementation: ValueError",
        ),
        (BadRequest("Wrong. The server response contained unknown parameters: {'a': 'secret'}"), "Wrong"),
        (KeyError("secret"), "KeyError"),
        (FileNotFoundError(2, "No such file", "/data/uploads/secret.txt"), "No such file in /data/uploads"),
    ],
)
def test_a_reason_holds_nothing_that_somebody_may_have_written(error: Exception, said: str) -> None:
    assert reason(error) == said


async def _awaited(work: Awaitable[Any]) -> Any:
    return await work
