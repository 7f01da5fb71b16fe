"""Telegram replies: valid, within the limits, and verbatim."""

from datetime import date
from typing import Literal

import pytest
from answers import make_excerpt
from fake_bot_html import parse_html
from hypothesis import given
from hypothesis import strategies as st
from reply_values import a_view, bold, excerpts, quoted

from bot.conversation.replies.links import text_fragment
from bot.conversation.replies.view import Result
from bot.printable import harmless
from bot.telegram_html.markup import MESSAGE_BYTES, MESSAGE_ENTITIES, MESSAGE_LENGTH, plain
from bot.telegram_html.messages import render
from bot.texts import LANGUAGES, Texts, load_texts
from retrieval.article import Excerpt

VI = load_texts("vi")
TODAY = date(2025, 4, 3)
EN = load_texts("en")


def reply(*found: Excerpt, texts: Texts = VI, first: int = 1) -> list[str]:
    """The messages of an answer with these excerpts."""
    results = tuple(Result((excerpt,)) for excerpt in found)
    return render(a_view("answer", results, first=first), texts, TODAY)


def words_for(kind: Literal["refusal", "talk"], reason: str | None) -> str:
    (message,) = render(a_view(kind, reason=reason), EN, TODAY)
    return parse_html(message).text


@given(st.lists(excerpts(), min_size=1, max_size=4), st.sampled_from(LANGUAGES))
def test_any_excerpt_arrives_verbatim_in_valid_messages(found: list[Excerpt], language: str) -> None:
    """Whatever articles hold, Telegram accepts the reply and shows their characters, but for those that steer."""
    messages = reply(*found, texts=load_texts(language))
    parsed = [parse_html(message) for message in messages]
    assert "".join(map(quoted, parsed)) == "".join(harmless(excerpt.text) for excerpt in found)
    for message, reading in zip(messages, parsed, strict=True):
        assert plain(message) == reading.text
        assert 0 < len(reading.text) <= MESSAGE_LENGTH
        assert len(message.encode()) <= MESSAGE_BYTES
        assert len(reading.entities) <= MESSAGE_ENTITIES


@given(st.text())
def test_lone_surrogates_do_not_stop_a_reply(text: str) -> None:
    """Characters that UTF-8 cannot carry are replaced, because the request would fail on them."""
    excerpt = make_excerpt(f"{text}\ud800", title="\udfff", url="https://a.example/\ud800")
    (message,) = reply(excerpt, texts=EN)
    assert parse_html(message).text.startswith(f"{harmless(text)}\ufffd")


def test_a_reply_as_the_reader_gets_it() -> None:
    """One excerpt: the quote, its sentence in bold, the linked title, then source, date and paragraph."""
    excerpt = make_excerpt("Mở đầu. Kim ngạch đạt 4,1 tỷ USD.", (8, 33), also_in=("b", "c"))
    assert reply(excerpt) == [
        "<blockquote>Mở đầu. <b>Kim ngạch đạt 4,1 tỷ USD.</b></blockquote>\n"
        '<a href="https://example.org/a#:~:text=Kim%20ng%E1%BA%A1ch%20%C4%91%E1%BA%A1t%204%2C1%20t%E1%BB%B7%20USD.">'
        "Việt Nam - Nga: Tin cậy và chân thành</a>\n"
        "Báo Quốc tế · 02/04/2025 · đoạn 3 · còn có trong 2 bài khác"
    ]


def test_what_is_unknown_is_not_invented() -> None:
    """Without metadata the citation has the opening words in quotes and says that the date is unknown."""
    excerpt = make_excerpt("Một câu.", title=None, source=None, date=None, url=None)
    assert plain(reply(excerpt, texts=EN)[0]).splitlines()[1:] == [
        "“Diễn ra từ ngày 25-28/9, chuyến thăm”…",
        "date unknown · paragraph 3",
    ]


def test_three_excerpts_are_one_numbered_message() -> None:
    """The usual reply is a single message whose citations can be told apart."""
    (message,) = reply(*[make_excerpt("Một câu dài. " * 40)] * 3)
    assert all(f"</blockquote>\n{number}. <a" in message for number in (1, 2, 3))


def test_more_excerpts_go_on_counting() -> None:
    """Excerpts shown later keep the numbers after those shown before."""
    assert "\n4. <a" in reply(make_excerpt(), first=4)[0]


def test_long_excerpts_split_between_excerpts_and_lose_nothing() -> None:
    """Three excerpts of 2,000 characters need two or more messages, none of which cuts a quote."""
    found = [make_excerpt(f"{letter} & " * 500, (0, 1900)) for letter in "abc"]
    messages = reply(*found)
    assert [quoted(parse_html(message)) for message in messages] == [excerpt.text for excerpt in found]


def test_an_excerpt_longer_than_a_message_is_cut_at_a_space() -> None:
    """An excerpt that no message can carry continues in the next one, its emphasis with it."""
    text = "từ " * 3000
    messages = reply(make_excerpt(text, (0, len(text))))
    parts = [quoted(parse_html(message)) for message in messages]
    assert "".join(parts) == text and len(parts) > 1
    assert all(part.endswith(" ") for part in parts)
    assert [run for message in messages for run in bold(message)] == parts


def test_many_highlights_stay_under_the_entity_limit() -> None:
    """More emphasis than Telegram counts does not cost the citation its link."""
    found = [make_excerpt("ab " * 200, *[(i, i + 1) for i in range(0, 600, 3)])] * 3
    for message in reply(*found):
        assert len(parse_html(message).entities) <= MESSAGE_ENTITIES


@pytest.mark.parametrize(
    ("text", "highlight", "collapsed"),
    [
        ("a" * 350, (0, 50), False),
        ("a" * 351, (0, 50), True),
        ("a" * 600, (400, 500), False),
        ("a" * 901, (400, 500), True),
        ("a" * 400, (0, 0), True),
    ],
)
def test_long_quotes_collapse_unless_that_hides_the_answer(
    text: str, highlight: tuple[int, int], collapsed: bool
) -> None:
    """A collapsed quote shows about three lines: the sentence that matters should begin there."""
    (message,) = reply(make_excerpt(text, highlight))
    assert message.startswith("<blockquote expandable>") is collapsed


def test_overlapping_and_stray_highlights_are_merged() -> None:
    """Emphasis is clipped to the excerpt and never nested."""
    (message,) = reply(make_excerpt("abcdefgh", (-3, 2), (1, 4), (6, 99), (5, 5)))
    assert bold(message) == ["abcd", "gh"]


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "ftp://a.example/", "https://a b", "file:///a"])
def test_only_web_addresses_become_links(url: str | None) -> None:
    """A link leads to a web page or is not there."""
    assert "<a " not in reply(make_excerpt(url=url))[0]


@pytest.mark.parametrize(
    ("kind", "reason", "words"),
    [
        ("refusal", "refused", "do not answer"),
        ("refusal", None, "do not answer"),
        ("talk", "greeting", "Hello!"),
        ("talk", "thanks", "just ask"),
        ("talk", "goodbye", "Goodbye"),
        ("talk", "unclear", "whole sentence"),
        ("talk", "blank", "no question here yet"),
        ("talk", "too_long", "4,096 characters"),
        ("talk", "a reason of the future", "whole sentence"),
    ],
)
def test_no_answer_is_put_in_words(kind: Literal["refusal", "talk"], reason: str | None, words: str) -> None:
    """Every reason for having no excerpts has a sentence."""
    assert words in words_for(kind, reason)


@pytest.mark.parametrize(
    ("url", "sentence", "link"),
    [
        ("https://a.b/", "one, two - 3 & 4", "https://a.b/#:~:text=one%2C%20two%20%2D%203%20%26%204"),
        ("https://a.b/#top", "one", "https://a.b/#top:~:text=one"),
        ("https://a.b/#", "one", "https://a.b/#:~:text=one"),
        ("https://a.b/#:~:text=old", "one", "https://a.b/#:~:text=one"),
        ("https://a.b/", "a b c d e f g h i j k", "https://a.b/#:~:text=a%20b%20c%20d%20e,g%20h%20i%20j%20k"),
        ("https://a.b/", "a b\nc d", "https://a.b/#:~:text=a%20b,c%20d"),
        ("https://a.b/", " \n ", "https://a.b/"),
        ("https://a.b/", "đẹp", "https://a.b/#:~:text=%C4%91%E1%BA%B9p"),
    ],
)
def test_text_fragment(url: str, sentence: str, link: str) -> None:
    """Directives follow the specification: encoded syntax, both ends of a long sentence, after a fragment."""
    assert text_fragment(url, sentence) == link
