"""What each line typed in the console does, with a collection that answers as it is told."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pytest
from answers import make_answer, make_excerpt
from rich.console import Console

from bot.bootstrap import Services
from bot.cli.console_session import ConsoleSession
from bot.texts import load_texts
from retrieval.article import Answer, Article, Excerpt
from retrieval.questions.query import Query

EN, VI = load_texts("en"), load_texts("vi")
ARTICLE = Article("https://example.org/a", "Đầu.\nTrước.\nMột câu. Câu cuối.\nSau.\nCuối.")


def passage(number: int) -> Excerpt:
    return replace(make_excerpt(f"Đoạn trích {number}."), passage_id=f"a#{number}")


@dataclass
class FakeRetriever:
    """Has as many excerpts as it is given; an empty article means that it has gone."""

    excerpts: Sequence[Excerpt] = ()
    nearest: Sequence[Excerpt] = ()
    article_text: Article | None = ARTICLE
    asked: list[tuple[str, int]] = field(default_factory=list)

    def answer(self, query: Query, limit: int = 3) -> Answer:
        self.asked.append((query.asked, limit))
        return make_answer(*self.excerpts[:limit], question=query.asked, nearest=tuple(self.nearest))

    def answer_worth_showing(self, query: Query, limit: int = 3) -> Answer:
        return self.answer(query, limit)

    def is_verbatim(self, excerpt: Excerpt) -> bool:
        return True

    def article(self, article_id: str) -> Article | None:
        return self.article_text


class FakeServices:
    """Services of which the console uses the serving alone."""

    def __init__(self, retriever: FakeRetriever) -> None:
        self.serving = self
        self.refreshed = 0
        self._retriever = retriever

    def refresh(self) -> bool:
        self.refreshed += 1
        return False

    def retriever(self) -> FakeRetriever:
        return self._retriever


class Session:
    """A ConsoleSession and what it has printed."""

    def __init__(self, retriever: FakeRetriever) -> None:
        self._out = io.StringIO()
        self.services = FakeServices(retriever)
        self._session = ConsoleSession(
            cast(Services, self.services), Console(file=self._out, highlight=False, emoji=False), EN
        )

    def says(self, line: str) -> str:
        """What it prints for `line`."""
        self._out.seek(0)
        self._out.truncate()
        assert self._session.handle(line)
        return self._out.getvalue()

    def ends_at(self, line: str) -> bool:
        return not self._session.handle(line)


def test_a_question_is_answered_from_the_newest_index() -> None:
    retriever = FakeRetriever([passage(1)])
    session = Session(retriever)
    assert "Đoạn trích 1.\n[1] " in session.says("  Ai trả lời?  ")
    assert retriever.asked == [("Ai trả lời?", 3)]
    assert session.services.refreshed == 1


def test_more_shows_what_was_not_shown_numbered_on() -> None:
    session = Session(FakeRetriever([passage(number) for number in range(1, 6)]))
    first = session.says("Ai?")
    assert "Đoạn trích 1.\n[1] " in first and "Đoạn trích 2." not in first
    assert VI("console-waiting", count=2) in first
    more = session.says(":more")
    assert "Đoạn trích 2.\n[2] " in more and "Đoạn trích 3.\n[3] " in more and "Đoạn trích 4." not in more
    more = session.says(":more")
    assert "Đoạn trích 4.\n[4] " in more and "Đoạn trích 5.\n[5] " in more
    assert "Đoạn trích 3." not in more
    assert session.says(":more") == VI("no-more") + "\n\n"


def test_more_after_a_refusal_shows_the_nearest_once() -> None:
    session = Session(FakeRetriever(nearest=[passage(7)]))
    refusal = session.says("Phở?")
    assert VI("refused") in refusal and VI("console-nearest") in refusal and "7" not in refusal
    assert session.says(":more").startswith(VI("nearest-heading") + "\nĐoạn trích 7.\n[1] ")
    assert session.says(":more") == VI("no-more") + "\n\n"


def test_context_shows_one_paragraph_before_and_after() -> None:
    start = ARTICLE.text.index("Một")
    session = Session(FakeRetriever([make_excerpt("Một câu. Câu cuối.", start=start)]))
    session.says("Ai?")
    assert session.says(":context 1") == "Trước.\nMột câu. Câu cuối.\nSau.\n\n"


def test_context_follows_the_numbers_of_more() -> None:
    start = ARTICLE.text.index("Một")
    last = replace(make_excerpt("Một câu. Câu cuối.", start=start), passage_id="a#9")
    session = Session(FakeRetriever([passage(1), last]))
    session.says("Ai?")
    assert session.says(":context 2") == EN("console-no-excerpt", number="2") + "\n\n"
    session.says(":more")
    assert "Một câu." in session.says(":context 2")


@pytest.mark.parametrize("argument", ["", " 0", " 2", " -1", " x"])
def test_context_of_nothing_is_explained(argument: str) -> None:
    session = Session(FakeRetriever([passage(1)]))
    session.says("Ai?")
    assert session.says(f":context{argument}").startswith("There is no excerpt ")


def test_context_of_an_article_that_has_gone_is_explained() -> None:
    session = Session(FakeRetriever([passage(1)], article_text=None))
    session.says("Ai?")
    assert session.says(":context 1") == EN("button-expired") + "\n\n"


@pytest.mark.parametrize("command", [":more", ":context 1"])
def test_commands_about_an_answer_want_a_question_first(command: str) -> None:
    assert Session(FakeRetriever()).says(command) == EN("console-ask-first") + "\n\n"


def test_help_and_unknown_commands_speak_the_readers_language() -> None:
    session = Session(FakeRetriever())
    assert session.says(":help") == EN("console-help") + "\n\n"
    assert session.says(":[bold]x") == EN("console-unknown", command=":[bold]x") + "\n\n"


def test_blank_lines_are_passed_over() -> None:
    retriever = FakeRetriever()
    assert Session(retriever).says(" \t ") == "" and retriever.asked == []


@pytest.mark.parametrize("line", [":quit", ":q", ":exit", " :quit "])
def test_quit_ends_the_session(line: str) -> None:
    assert Session(FakeRetriever()).ends_at(line)
