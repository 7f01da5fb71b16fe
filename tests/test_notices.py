"""What admins hear of errors: kinds and counts, nothing of what a message or an exception holds."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator

import pytest

from bot.telegram_html.admin.notices import Errors, kind_of, notice_text
from bot.texts import LANGUAGES, load_texts

SECRET = "kim ngạch của ông Ba"


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def errors(told: list[str]) -> Iterator[Errors]:
    handler = Errors(lambda: told.append("once"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)


def record(name: str, said: str, *arguments: object, error: Exception | None = None) -> logging.LogRecord:
    trouble = None
    if error:
        try:
            raise error
        except Exception:
            trouble = sys.exc_info()
    return logging.LogRecord(name, logging.ERROR, "", 1, said, arguments, trouble)


def test_our_own_sentence_is_told_without_what_it_is_about() -> None:
    assert kind_of(record("bot.chat.x", "A question could not be noted: %s", SECRET)) == (
        "A question could not be noted: …"
    )
    assert kind_of(record("bot.x", "%d of %(name)s in %.2f s", 3)) == "… of … in … s"


def test_of_a_library_no_more_than_its_name_is_told() -> None:
    assert kind_of(record("telegram.ext", f"Update {SECRET} failed")) == "telegram.ext"
    assert kind_of(record("botany", SECRET)) == "botany"


def test_of_an_exception_no_more_than_its_name_is_told() -> None:
    said = kind_of(record("bot.x", "It failed", error=ValueError(SECRET)))
    assert said == "It failed (ValueError)"


def test_errors_are_counted_by_kind_until_they_are_taken(errors: Errors, told: list[str]) -> None:
    log = logging.getLogger("bot.somewhere")
    for what in ("a", "b"):
        log.error("It broke: %s", what)
    log.warning("Not an error")
    logging.getLogger("library").error(SECRET)
    assert errors.take() == {"It broke: …": 2, "library": 1}
    assert told == ["once"] * 3 and errors.take() == {}


def test_ever_new_kinds_do_not_fill_the_memory(errors: Errors) -> None:
    for number in range(1000):
        logging.getLogger(f"library{number}").error("x")
    assert len(errors.take()) <= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_names_the_most_frequent_kinds_first(language: str) -> None:
    texts = load_texts(language)
    kinds = {f"kind <{n}>": n for n in range(1, 8)}
    lines = notice_text(kinds, texts).splitlines()
    assert lines[1] == "• 7 × kind &lt;7&gt;" and len(lines) == 7
    assert lines[-1] == texts("notice-more", count=2)
