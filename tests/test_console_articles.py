"""The articles in the console: listed by page, opened by number, found by asking for them, or switched off."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from small_index import index

from bot.bootstrap import build
from bot.cli.console_session import ConsoleSession
from bot.texts import LANGUAGES, load_texts
from config.settings import Settings
from retrieval.embedding.hashed import NAME as HASHED

EN = load_texts("en")
RECORDS: list[dict[str, Any]] = [
    {"id": f"tin-{n}", "title": f"Tin số {n}", "date": f"2024-01-{n:02}", "text": f"Chuyện {n}. " * (n * 30)}
    for n in range(1, 13)
]
ASKED = {"vi": "Có những bài báo nào?", "en": "Which articles are there?", "ru": "Какие статьи есть?"}


class Typed:
    """A console over twelve articles, and what it printed last."""

    def __init__(self, folder: Path, *, list_articles: bool = True) -> None:
        services = build(Settings(data_dir=folder / "data", model=HASHED, list_articles=list_articles))
        index(folder / "data", *RECORDS, embedder=services.embedder)  # type: ignore[arg-type] # as good as the fake
        self._out = io.StringIO()
        self._session = ConsoleSession(services, Console(file=self._out, width=200), EN)

    def __call__(self, line: str) -> str:
        self._out.seek(0)
        self._out.truncate()
        self._session.handle(line)
        return self._out.getvalue()


@pytest.fixture
def typed(tmp_path: Path) -> Typed:
    return Typed(tmp_path)


def test_the_list_is_numbered_through_its_pages(typed: Typed) -> None:
    first, second = typed(":articles"), typed(":articles 2")
    assert first.startswith("[1] Tin số 12\n    12 January 2024\n[2] Tin số 11") and "1/2" in first
    assert second.startswith("[11] Tin số 2\n") and "2/2" in second
    assert typed(":articles 99") == second and typed(":articles x") == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_asking_which_articles_there_are_lists_them_in_that_language(typed: Typed, language: str) -> None:
    said = typed(ASKED[language])
    assert said.startswith("[1] Tin số 12\n") and load_texts(language)("console-read-hint") in said


def test_an_article_is_read_by_its_number_page_by_page(typed: Typed) -> None:
    first = typed(":read 1")
    assert first.startswith("Tin số 12\n12 January 2024") and "Chuyện 12. Chuyện 12." in first
    assert EN("console-read-on", command=":read 1 2") in first
    assert "Chuyện 12." in typed(":read 1 2") and "2/" in typed(":read 1 2")
    assert typed(":read 12").startswith("Tin số 1\n")


@pytest.mark.parametrize("number", ["13", "0", "x", "-1", "99999999999", "²"])
def test_a_number_that_is_none_of_the_list_is_told_so(typed: Typed, number: str) -> None:
    assert EN("console-no-article", number=number) in typed(f":read {number}")


def test_the_switch_closes_the_list_here_too(tmp_path: Path) -> None:
    typed = Typed(tmp_path, list_articles=False)
    for line in (":articles", ":read 1", ASKED["en"]):
        assert typed(line).strip() == EN("articles-off")
