"""What the bot writes to its log: never the token, and what people write only when a setting allows it."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from bot_fixtures import words_seeds
from bot_process import ADMIN, fast_bot, new_chat
from fake_bot_api import FakeBotApi

from bot.logs import as_request, log_answer, log_task_errors, log_to_stderr
from bot.on_telegram.updates.turns import Turns
from retrieval.article import Answer

RARE = "zyxwvut"
QUESTION = f"Kim ngạch {RARE}\nthương mại Việt - Nga 11 tháng năm 2024?"
ANSWER = Answer(QUESTION, "question", "vi", False, True, 0.875, elapsed_ms={"total": 12.4})
TOKEN = "123456:SECRET-part_of-the-token"
SAID_AT_DEBUG = {
    "telegram.ext.Application": "Processing update %s",
    "telegram.Bot": "Calling Bot API endpoint `sendMessage` with parameters `%s`",
    "aiosqlite": "executing %s",
    "some_library.of.tomorrow": "%s",
}

data = words_seeds()


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """After every test: the handlers and levels that pytest had set."""
    hooks = threading.excepthook, sys.unraisablehook, sys.excepthook
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    threading.excepthook, sys.unraisablehook, sys.excepthook = hooks
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("bot", "config", "retrieval"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.captureWarnings(capture=False)


def speak() -> None:
    """What libraries say at debug while a question is answered."""
    for name, message in SAID_AT_DEBUG.items():
        logging.getLogger(name).debug(message, QUESTION)


@pytest.mark.parametrize("level", ["debug", "info", "error"])
def test_no_library_says_at_debug_what_people_write(level: str, capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr(level, TOKEN)
    speak()
    assert RARE not in capsys.readouterr().err


@pytest.mark.parametrize("logger", ["telegram.ext.Application", "some_library.of.tomorrow", "asyncio"])
def test_of_a_librarys_line_only_the_form_is_shown(logger: str, capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("debug", TOKEN)
    logging.getLogger(logger).error("Update %s in %d", QUESTION, 5)
    logging.getLogger(logger).warning("Update %r took %.2f s", QUESTION, 1.5)
    said = capsys.readouterr().err
    assert "Update … took … s (test_logs.py:" in said and RARE not in said


def test_a_librarys_line_that_was_put_together_before_is_known_by_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log_to_stderr("debug", TOKEN)
    logging.getLogger("asyncio").error("Task exception was never retrieved " + QUESTION)
    logging.getLogger("py.warnings").warning("%s", f"/a/library.py:12: UserWarning: {QUESTION}\n  warn(x)\n")
    said = capsys.readouterr().err
    assert "asyncio: … (test_logs.py:" in said and "UserWarning (library.py:12)" in said and RARE not in said


def test_of_an_exception_its_kind_and_its_place_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """One that led to another as well, and one in a line of ours."""
    log_to_stderr("debug", TOKEN)
    log = logging.getLogger("bot.somewhere")
    try:
        try:
            int(QUESTION)
        except ValueError as error:
            raise KeyError(QUESTION) from error
    except KeyError as error:
        log.exception("It broke")
        log.error("It broke: %s", error)
    said = capsys.readouterr().err
    assert "ValueError" in said and "KeyError" in said and "int(QUESTION)" in said and RARE not in said
    assert "It broke: KeyError" in said


def test_what_nobody_catches_says_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError(QUESTION)

    async def forget() -> None:
        asyncio.get_running_loop().set_exception_handler(log_task_errors)
        asyncio.get_running_loop().call_soon(fail)
        await asyncio.sleep(0)

    log_to_stderr("debug", TOKEN)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    asyncio.run(forget())
    said = capsys.readouterr().err
    assert "Something failed that nobody expected" in said and "Something beside the answers failed" in said
    assert said.count("ValueError") >= 2 and RARE not in said


def test_our_own_lines_follow_the_level(capsys: pytest.CaptureFixture[str]) -> None:
    for level, said in (("debug", 4), ("info", 3), ("warning", 2), ("error", 1)):
        log_to_stderr(level, TOKEN)
        for number in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
            logging.getLogger("bot.chat").log(number, "A line.")
        assert len(capsys.readouterr().err.splitlines()) == said


def test_a_question_is_one_line_with_the_setting(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("info", TOKEN)
    log_answer(ANSWER, in_words=True)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(f"Question in vi, answered, confidence 0.88, 12 ms: {' '.join(QUESTION.split())}")


def test_a_question_is_one_line_without_its_words_else(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("debug", TOKEN)
    log_answer(ANSWER, in_words=False)
    (line,) = capsys.readouterr().err.splitlines()
    assert "answered" in line and RARE not in line


def test_the_real_bot_at_debug_logs_neither_the_question_nor_the_token(data: Path) -> None:
    """Asked, refused, forgotten, pressed: all that it writes is searched."""
    with FakeBotApi() as api, fast_bot(api, data, LOG_LEVEL="debug") as bot:
        api.wait_until_polled()
        chat = new_chat(api)
        for text in (QUESTION, f"/ask {RARE}?", f"{RARE} là món gì?", f"/help {RARE}", f"/language {RARE}"):
            chat.ask(text)
        api.fail_next("sendMessage", "bad_request", description="can't parse entities: x")
        chat.ask(f"Ai đã tiếp Đại sứ Liên bang Nga {RARE}?")
        assert bot.stop() == 0
        assert "Telegram knows this bot as" in bot.output
        assert RARE not in bot.output.lower()
        assert api.token not in bot.output and api.token.partition(":")[2] not in bot.output


def test_no_failure_makes_the_real_bot_say_what_somebody_sent(data: Path) -> None:
    """Telegram quotes it, a gateway shows it, the state is gone, a document cannot be read; admins hear of all that."""
    with FakeBotApi() as api, fast_bot(api, data, LOG_LEVEL="debug") as bot:
        bot.wait_for_line("Ready")
        admin, chat = api.private_chat(ADMIN, first_name=RARE, language_code="en"), new_chat(api)
        admin.ask("/start")
        admin.send_document(f"{RARE}.pdf", f"%PDF {RARE}".encode(), caption=RARE)
        admin.wait_for_message(timeout=60, predicate=lambda message: RARE in message.text)
        admin.ask(f"http://127.0.0.1:9/{RARE}", timeout=60)
        api.fail_next("sendMessage", "bad_request", description=f'no such thing as "{RARE}" here')
        chat.ask(QUESTION)
        for fault in ("server_error", "gateway_timeout", "garbage"):
            api.fail_next("sendMessage", fault, description=RARE, chat=chat)
            chat.send(QUESTION)
        with closing(sqlite3.connect(data / "state.db", isolation_level=None)) as state:
            for table in ("updates", "answers", "preferences", "conversations"):
                state.execute(f"ALTER TABLE {table} RENAME TO {table}_of_before")
        chat.ask(f"/language {RARE}")
        chat.ask(f"/new {RARE}")
        bot.wait_for_line("ERROR bot.on_telegram.updates.inbox")
        new_chat(api).ask(QUESTION)
        told = admin.wait_for_message(timeout=30, predicate=lambda message: "×" in message.text)
    assert "HTTP 500" in bot.output and "HTTP 504" in bot.output
    assert RARE not in bot.output.lower() and RARE not in told.text.lower()


def test_as_json_a_line_is_an_object_and_names_the_request(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("info", TOKEN, "json")
    log = logging.getLogger("bot.tests")
    with as_request("100007"):
        log.info("Told %s with %s", "twice\nover", TOKEN)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        log.exception("It failed")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert first["message"].startswith("Told twice") and first["request"] == "100007"
    assert (first["level"], first["logger"]) == ("info", "bot.tests") and "trace" not in first
    assert second["level"] == "error" and "ValueError" in second["trace"] and "request" not in second
    assert TOKEN not in json.dumps([first, second])


def test_a_line_names_the_update_that_it_belongs_to_in_threads_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def run() -> None:
        with ThreadPoolExecutor(1) as threads:
            turns = Turns(threads, 1)
            with as_request("7"):
                await turns.compute(lambda: logging.getLogger("bot.tests").info("Computed."))
            await turns.compute(lambda: logging.getLogger("bot.tests").info("Another."))

    log_to_stderr("info", TOKEN)
    asyncio.run(run())
    first, second = capsys.readouterr().err.splitlines()
    assert "[7] INFO bot.tests: Computed." in first
    assert "INFO bot.tests: Another." in second and "[" not in second
