"""What is certainly not done is repeated, what may be done is not, and a wait concerns one chat."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable
from typing import Any

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.chat import transport
from bot.chat.transport import Pace, PatientRequest, reason

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 2\r\n\r\n{}"
NOTHING = b""
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_PAUSES_S", (0.01, 0.01, 0.01))


async def answered(answers: list[bytes]) -> tuple[int, bytes]:
    """What a call gets from a server that gives these answers, a connection each, and then no more."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answers.pop(0))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server, PatientRequest() as request:
        port = server.sockets[0].getsockname()[1]
        return await request.do_request(f"http://127.0.0.1:{port}/", "POST")


def test_a_call_that_a_gateway_refused_is_repeated() -> None:
    assert asyncio.run(answered([BAD_GATEWAY, BAD_GATEWAY, OK])) == (200, b"{}")


def test_a_gateway_that_keeps_refusing_is_believed() -> None:
    assert asyncio.run(answered([BAD_GATEWAY] * 4))[0] == 502


def test_a_call_whose_answer_was_lost_is_not_repeated() -> None:
    answers = [NOTHING, OK]
    with pytest.raises(NetworkError):
        asyncio.run(answered(answers))
    assert answers == [OK]


def test_a_call_that_finds_nobody_is_repeated_until_somebody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    async def call() -> int:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/"

            async def listen(pause: float) -> None:
                await (await asyncio.start_server(serve, sock=listener)).start_serving()

            monkeypatch.setattr(asyncio, "sleep", listen)
            async with PatientRequest() as request:
                return (await request.do_request(url, "POST"))[0]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)

    assert asyncio.run(call()) == 200


def paced(pace: Pace, chat_id: int, callback: Any, endpoint: str = "sendMessage") -> Awaitable[Any]:
    return pace.process_request(callback, (), {}, endpoint, {"chat_id": chat_id}, None)


def refusing(times: int, wait: int, log: list[str], name: str = "") -> Any:
    """A call that Telegram refuses so often, asking to wait."""
    refusals = iter(range(times))

    async def call() -> bool:
        log.append(name)
        if next(refusals, None) is not None:
            raise RetryAfter(wait)
        return True

    return call


def test_a_chat_that_must_wait_holds_up_no_other() -> None:
    log: list[str] = []

    async def two() -> None:
        pace = Pace()
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
        asyncio.run(_awaited(paced(Pace(), 1, refusing(times, wait, log))))
    assert len(log) == attempts


def test_a_chat_action_is_never_repeated() -> None:
    log: list[str] = []
    with pytest.raises(RetryAfter):
        asyncio.run(_awaited(paced(Pace(), 1, refusing(1, 0, log), "sendChatAction")))
    assert len(log) == 1


def test_a_reason_is_one_line_of_bearable_length() -> None:
    assert reason(ValueError("a\n <html>")) == "a <html>"
    assert len(reason(ValueError("x" * 9000))) < 400


async def _awaited(work: Awaitable[Any]) -> Any:
    return await work
