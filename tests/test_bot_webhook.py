"""Updates that Telegram sends by itself: the same answers, the same promises; and the HTTP side of the real bot."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from bot_fixtures import fake_api, words_seeds
from bot_process import TRADE, TRADE_ANSWER, UNANSWERABLE, BotProcess, fast_bot, new_chat, quotes
from fake_bot_api import FakeBotApi

SECRET = "a-secret_of-64"
HEADER = "X-Telegram-Bot-Api-Secret-Token"

api = fake_api()
data = words_seeds()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def got(address: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
    """Status and text of what is served at an address."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(address, data=body, headers=sent), timeout=10) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def ready_at(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if got(f"{address}/readyz")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"{address} is not ready")


@pytest.fixture
def address() -> str:
    return f"http://127.0.0.1:{free_port()}"


def webhook_bot(api: FakeBotApi, data: Path, address: str) -> BotProcess:
    return fast_bot(
        api, data, LISTEN=address.removeprefix("http://"), PUBLIC_URL=address, WEBHOOK_SECRET=SECRET
    )


@pytest.fixture
def bot(api: FakeBotApi, data: Path, address: str) -> Iterator[BotProcess]:
    with webhook_bot(api, data, address) as process:
        ready_at(address)
        yield process
    assert "Traceback" not in process.output


@pytest.mark.usefixtures("bot")
def test_a_question_that_is_sent_is_answered_and_nothing_is_polled(api: FakeBotApi) -> None:
    reply = new_chat(api).ask(TRADE)
    assert TRADE_ANSWER in quotes(reply)[0]
    assert not [call for call in api.calls if call.method == "getUpdates"]


@pytest.mark.usefixtures("bot")
def test_what_does_not_know_the_secret_changes_nothing(api: FakeBotApi, address: str) -> None:
    chat = new_chat(api)
    update = {
        "update_id": 5,
        "message": {"message_id": 1, "date": 1, "text": TRADE, "chat": {"id": 5, "type": "private"}},
    }
    body = json.dumps(update).encode()
    assert got(f"{address}/telegram", body)[0] == 403
    assert got(f"{address}/telegram", body, **{HEADER.replace("-", "_"): "another"})[0] == 403
    chat.ask(TRADE)
    assert {call.params.get("chat_id") for call in api.calls if call.method == "sendMessage"} == {
        str(chat.id)
    }


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("body", [b"{", b"[]", b"5", b"[" * 100_000, b'{"update_id": "x"}', b"\xff", b""])
def test_what_is_no_update_is_confirmed_and_the_next_question_answered(
    api: FakeBotApi, address: str, body: bytes
) -> None:
    assert got(f"{address}/telegram", body, **{HEADER.replace("-", "_"): SECRET})[0] == 200
    assert quotes(new_chat(api).ask(TRADE))


@pytest.mark.usefixtures("bot")
def test_what_is_larger_than_any_update_is_refused(api: FakeBotApi, address: str) -> None:
    assert got(f"{address}/telegram", b"x" * 5_000_000, **{HEADER.replace("-", "_"): SECRET})[0] == 413
    assert quotes(new_chat(api).ask(TRADE))


@pytest.mark.usefixtures("bot")
def test_the_figures_count_what_was_asked(api: FakeBotApi, address: str) -> None:
    new_chat(api).ask(TRADE)
    new_chat(api).ask(UNANSWERABLE)
    status, text = got(f"{address}/metrics")
    figures = dict(re.findall(r"(?m)^([^#\s]\S*) (\S+)$", text))
    assert status == 200
    assert (
        sum(
            float(value)
            for name, value in figures.items()
            if re.match(r'trichdan_questions_total.*outcome="(sure|unsure)"', name)
        )
        == 1
    )
    assert float(figures['trichdan_questions_total{language="vi",outcome="refused"}']) == 1
    assert float(figures['trichdan_answer_stage_seconds_count{stage="total"}']) == 2
    assert float(figures['trichdan_telegram_calls_total{method="sendMessage",result="200"}']) >= 2
    assert float(figures["trichdan_index_age_seconds"]) > 0
    assert float(figures["trichdan_questions_waiting"]) == 0
    assert "trichdan_journal_backlog" in figures


@pytest.mark.usefixtures("bot")
def test_nothing_else_is_served(address: str) -> None:
    for path in ("/", "/telegram", "/../etc/passwd", "/docs", "/metrics/x", f"/{SECRET}"):
        status, text = got(f"{address}{path}")
        assert status in (404, 405) and SECRET not in text


def test_what_comes_while_no_bot_runs_is_answered_once_by_the_next_one(
    api: FakeBotApi, data: Path, address: str
) -> None:
    with webhook_bot(api, data, address):
        ready_at(address)
    chat = new_chat(api)
    chat.send(TRADE)
    with webhook_bot(api, data, address):
        assert TRADE_ANSWER in chat.wait_for_message(timeout=60).text
        assert quotes(chat.ask(TRADE))
    assert len([call for call in api.calls if call.method == "sendMessage"]) == 2


def test_a_killed_bot_answers_what_it_had_confirmed(api: FakeBotApi, data: Path, address: str) -> None:
    chats = [new_chat(api) for _ in range(20)]
    first = webhook_bot(api, data, address)
    with first:
        ready_at(address)
        for chat in chats:
            chat.send(TRADE)
        api.wait_until(lambda: not api.world.updates, what="all are confirmed")
        first.kill()
    with webhook_bot(api, data, address):
        for chat in chats:
            chat.wait_for_message(timeout=60)


def test_polling_goes_on_where_only_the_http_side_is_wanted(
    api: FakeBotApi, data: Path, address: str
) -> None:
    with fast_bot(api, data, LISTEN=address.removeprefix("http://")):
        ready_at(address)
        assert quotes(new_chat(api).ask(TRADE))
        assert got(f"{address}/telegram", b"{}")[0] == 404


def test_a_taken_address_is_one_sentence(api: FakeBotApi, data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        bot = fast_bot(api, data, LISTEN=f"127.0.0.1:{port}")
        bot.__enter__()
        assert bot.wait() == 1
    assert "TRICHDAN_LISTEN" in bot.output and "free" in bot.output and "Traceback" not in bot.output


def test_a_citation_without_an_address_opens_the_article_at_the_sentence(
    api: FakeBotApi, data: Path, address: str
) -> None:
    with fast_bot(api, data, LISTEN=address.removeprefix("http://"), PUBLIC_URL=address):
        ready_at(address)
        reply = new_chat(api).ask(TRADE)
        (link,) = {entity["url"] for entity in reply.entities if entity["type"] == "text_link"}
        status, page = got(link)
        assert status == 200 and TRADE_ANSWER in page.partition("<mark")[2].partition("</mark>")[0]
        assert got(link.replace("/articles/", "/articles/A"))[0] == 404
