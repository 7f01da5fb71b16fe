"""The page on which replies are looked at holds every kind of them, in every language."""

from collections.abc import Iterator

import lxml.html
import pytest
from lxml.html import HtmlElement
from preview import invented
from preview_page import page

from bot.texts import LANGUAGES

KINDS = (
    *(
        "answer",
        "answer: further buttons",
        "answer in a group",
        "hint: figures differ",
        "hint: old",
        "page 2",
        "newest first",
        "unsure",
        "widened",
        "follow-up",
    ),
    *("/start", "/help", "/articles", "an article"),
    *("about a text", "nearest", "refusal", "refusal of a text", "chit-chat", "longer than a message"),
)


@pytest.fixture(scope="module")
def columns() -> list[HtmlElement]:
    """The page as a browser reads it: an element a language."""
    return list(lxml.html.fromstring(page(invented())).iter("main"))


def sections(column: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    for section in column.iter("section"):
        yield section.findtext("h2") or "", section


def test_each_language_has_each_kind(columns: list[HtmlElement]) -> None:
    assert len(columns) == len(LANGUAGES)
    for column in columns:
        assert set(KINDS) <= {kind for kind, _ in sections(column)}


def test_words_quotes_and_buttons_are_shown(columns: list[HtmlElement]) -> None:
    """A follow-up says what was searched above its quote, and has further buttons."""
    for column in columns:
        follow_up = dict(sections(column))["follow-up"]
        labels = [button.text_content() for button in follow_up.find_class("row")]
        assert any(label.endswith("⋯") for label in labels)
        assert len(list(follow_up.iter("blockquote"))) == len(list(follow_up.iter("i"))) == 1


def test_markup_of_articles_stays_text(columns: list[HtmlElement]) -> None:
    """The page consists of what Telegram knows and of its own frame."""
    known = {"main", "section", "h2", "div", "span", "blockquote", "b", "i", "a", "code"}
    assert {element.tag for column in columns for element in column.iter()} <= known
