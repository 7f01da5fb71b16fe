"""Parts of the bot's conversation that are tried without a process: typing, questions, reports, logs."""

from __future__ import annotations

import asyncio
import logging
from typing import cast

import pytest
from telegram import Message, User
from telegram.error import TimedOut

from bot.logs import log_to_stderr
from bot.on_telegram.admin.reindex_texts import report_text
from bot.on_telegram.updates.addressing import question_of
from bot.on_telegram.updates.turns import show_typing
from bot.texts import load_texts
from retrieval.indexing.run import Report
from retrieval.sources.model import Failure

EN = load_texts("en")
TOKEN = "123456:SECRET-part_of-the-token"


class FakeMessage:
    """Counts how often typing was shown; the last one ends the wait."""

    def __init__(self, text: str = "", *, enough: int = 1, unwell: bool = False) -> None:
        self.text = text
        self.shown = 0
        self.done = asyncio.Event()
        self._enough, self._unwell = enough, unwell

    caption = None
    reply_to_message = None
    quote = None

    def parse_entities(self, kinds: list[str]) -> dict[object, str]:
        """It names nobody."""
        return {}

    def get_bot(self) -> User:
        return User(1, "Trichdan", is_bot=True, username="trichdan_bot")

    async def reply_chat_action(self, action: str) -> None:
        assert action == "typing"
        self.shown += 1
        if self._unwell:
            raise TimedOut
        if self.shown == self._enough:
            self.done.set()


@pytest.mark.parametrize(("unwell", "shown"), [(False, 3), (True, 1)])
def test_typing_is_shown_again_until_the_answer_is_there(unwell: bool, shown: int) -> None:
    message = FakeMessage(enough=3, unwell=unwell)
    asyncio.run(show_typing(cast(Message, message), message.done, every_s=0.01))
    assert message.shown == shown


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Ai?", "Ai?"),
        ("/ask Ai tiếp?", "Ai tiếp?"),
        ("/ask\nAi tiếp?", "Ai tiếp?"),
        ("/ask@trichdan_bot   Ai /ask?", "Ai /ask?"),
        ("/ask", ""),
        ("/ask \n ", ""),
        ("/", ""),
    ],
)
def test_the_question_is_what_follows_the_command(text: str, question: str) -> None:
    assert question_of(cast(Message, FakeMessage(text))) == question


def test_a_report_names_a_few_failed_files_and_counts_the_rest() -> None:
    failed = tuple(Failure(f"/home/somebody/news/{number}.txt", "is empty") for number in range(7))
    report = Report(
        added=1,
        changed=2,
        removed=3,
        unchanged=4,
        failed=failed,
        articles=7,
        passages=90,
        embedded=90,
        elapsed_s=1.5,
        generation="20250402-1",
    )
    lines = report_text(report, EN).splitlines()
    assert lines[:2] == [
        "The collection is up to date: 7 articles, 90 passages.", "Added 1, changed 2, removed 3, unchanged 4."
    ]  # fmt: skip
    assert lines[3] == "7 files could not be read:"
    assert lines[4:] == [f"• {number}.txt: is empty" for number in range(5)] + ["…and 2 more"]
    assert "somebody" not in "\n".join(lines)


def test_no_form_of_the_token_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        log_to_stderr("debug", TOKEN)
        try:
            raise ValueError(f"GET https://api.telegram.org/bot{TOKEN}/getMe")
        except ValueError:
            logging.getLogger("bot").exception(
                "calling %s and %s", TOKEN.replace(":", "%3A"), TOKEN.partition(":")[2]
            )
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.captureWarnings(capture=False)
    logged = capsys.readouterr().err
    assert "Traceback" in logged and "SECRET" not in logged
    assert logged.count("<token>") == 2
