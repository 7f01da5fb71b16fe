"""What the bot writes to its log: never the token, and what people write only when a setting allows it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_process import BotProcess, new_chat
from fake_bot_api import FakeBotApi

from bot.logs import log_answer, log_to_stderr
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


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """After every test: the handlers and levels that pytest had set."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
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


def test_with_the_setting_libraries_may_say_everything(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("debug", TOKEN, questions=True)
    speak()
    assert capsys.readouterr().err.count(RARE) == len(SAID_AT_DEBUG)


def test_our_own_lines_follow_the_level(capsys: pytest.CaptureFixture[str]) -> None:
    for level, said in (("debug", 4), ("info", 3), ("warning", 2), ("error", 1)):
        log_to_stderr(level, TOKEN)
        for number in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
            logging.getLogger("bot.chat").log(number, "A line.")
        assert len(capsys.readouterr().err.splitlines()) == said


def test_a_question_is_one_line_with_the_setting(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("info", TOKEN, questions=True)
    log_answer(ANSWER, in_words=True)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(f"Question in vi, answered, confidence 0.88, 12 ms: {' '.join(QUESTION.split())}")


def test_a_question_is_one_line_without_its_words_else(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("debug", TOKEN)
    log_answer(ANSWER, in_words=False)
    (line,) = capsys.readouterr().err.splitlines()
    assert "answered" in line and RARE not in line


def test_the_real_bot_at_debug_logs_neither_the_question_nor_the_token(
    seeds_data: Path, tmp_path: Path
) -> None:
    """Asked, refused, forgotten, pressed: all that it writes is searched."""
    data = Path(shutil.copytree(seeds_data, tmp_path / "data", symlinks=True))
    with FakeBotApi() as api, BotProcess(api, data, LOG_LEVEL="debug") as bot:
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
