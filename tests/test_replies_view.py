"""The reply as a value: what its messages show, within the limits, and verbatim."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from answers import CITATION, make_excerpt
from fake_bot_html import parse_html
from hypothesis import given
from hypothesis import strategies as st
from reply_values import a_view, bold, changed, quoted, results, views

from bot.conversation.replies.reply import Kind
from bot.conversation.replies.view import Result, View, result_of, several_dates
from bot.printable import harmless
from bot.telegram_html.markup import MESSAGE_BYTES, MESSAGE_ENTITIES, MESSAGE_LENGTH, plain
from bot.telegram_html.messages import render
from bot.telegram_html.pages import fitting, paged
from bot.texts import LANGUAGES, load_texts
from retrieval.article import Article, Excerpt, Span

EN = load_texts("en")
VI = load_texts("vi")
TODAY = date(2025, 6, 1)


def view(*excerpts: Excerpt, kind: Kind = "answer") -> View:
    return a_view(kind, tuple(Result((excerpt,)) for excerpt in excerpts))


def shown(some: View) -> str:
    """What the reader sees of a view that is one message."""
    (message,) = render(some, EN, TODAY)
    return plain(message)


@given(views(), st.sampled_from(LANGUAGES))
def test_any_view_arrives_verbatim_in_valid_messages(some: View, language: str) -> None:
    messages = render(some, load_texts(language), TODAY)
    parsed = [parse_html(message) for message in messages]
    pieces = [piece.text for result in some.results for piece in result.pieces]
    assert "".join(map(quoted, parsed)) == "".join(map(harmless, pieces))
    for message, reading in zip(messages, parsed, strict=True):
        assert plain(message) == reading.text
        assert 0 < len(reading.text) <= MESSAGE_LENGTH
        assert len(message.encode()) <= MESSAGE_BYTES
        assert len(reading.entities) <= MESSAGE_ENTITIES


@pytest.mark.parametrize("mark", ["&", '"'])
@pytest.mark.parametrize("length", [3200, 3300, 3400, 3500, 3600, 3700, 9000])
def test_markup_at_its_longest_stays_within_the_bytes(mark: str, length: int) -> None:
    """Ampersands and quotation marks are five and six bytes of markup each."""
    heavy = make_excerpt(
        '"' * length,
        *[(i, i + 1) for i in range(0, length, 2)],
        title='"' * 400,
        source='"' * 400,
        url=f"https://a.example/{mark * 2000}",
    )
    messages = render(changed(view(heavy), searched='"' * 4096), EN, TODAY)
    assert max(len(message.encode()) for message in messages) <= MESSAGE_BYTES
    assert "".join(quoted(parse_html(message)) for message in messages) == heavy.text


def test_many_pieces_with_many_highlights_stay_within_the_entities() -> None:
    piece = make_excerpt("ab " * 40, *[(i, i + 1) for i in range(0, 120, 3)])
    messages = render(a_view("answer", (Result((piece,) * 5),)), EN, TODAY)
    assert len(messages) > 1
    assert max(len(parse_html(message).entities) for message in messages) <= MESSAGE_ENTITIES


@given(st.lists(results, min_size=1, max_size=9))
def test_pages_hold_every_result_once_in_one_message_each(found: list[Result]) -> None:
    """Only a result that no message can carry makes more than one."""
    pages = paged(a_view("answer", tuple(found)), VI, TODAY)
    assert [result for page in pages for result in page.results] == found
    for number, page in enumerate(pages):
        assert (page.page, page.pages) == (number, len(pages))
        assert page.first == 1 + sum(len(before.results) for before in pages[:number])
        assert 1 <= len(page.results) <= 3
        assert len(page.results) == 1 or len(render(page, VI, TODAY)) == 1


def test_as_many_results_as_one_message_carries_whole() -> None:
    long = make_excerpt("Một câu dài. " * 140)
    assert fitting(view(long, long, long), EN, TODAY) == 2
    assert fitting(view(*[make_excerpt()] * 3), EN, TODAY) == 3
    assert fitting(view(make_excerpt("Dài. " * 2000)), EN, TODAY) == 1


def test_pieces_with_removed_text_between_are_quotes_of_their_own() -> None:
    """The citation and the copies are those of the piece that answers."""
    before = make_excerpt("Đoạn trước.", paragraph=1)
    answering = make_excerpt("Câu trả lời.", (0, 12), paragraph=3, also_in=("b",), title="Tên bài", url=None)
    (message,) = render(a_view("answer", (Result((before, answering)),)), EN, TODAY)
    assert message == (
        "<blockquote>Đoạn trước.</blockquote>\n⋯\n<blockquote><b>Câu trả lời.</b></blockquote>\n"
        "Tên bài\nBáo Quốc tế · 2 April 2025 · paragraphs 1–3, the answer in 3 · also in 1 more article"
    )


def test_a_quote_that_the_reader_widened_stays_open() -> None:
    """To collapse it again would hide what was asked for."""
    long = make_excerpt("Câu đầu. " * 100, (0, 8))
    (closed,) = render(view(long), EN, TODAY)
    (opened,) = render(a_view("answer", (Result((long,), opened=True),)), EN, TODAY)
    assert closed.replace(" expandable", "") == opened != closed


def test_further_long_quotes_are_collapsed() -> None:
    """The best answer stays on the screen: what follows it opens at a tap."""
    late = make_excerpt("a" * 600, (400, 500))
    (message,) = render(view(late, late), EN, TODAY)
    assert message.startswith("<blockquote>") and message.count("<blockquote expandable>") == 1
    (nearest,) = render(view(late, kind="nearest"), EN, TODAY)
    assert "<blockquote expandable>" in nearest


def test_results_are_numbered_where_there_are_several() -> None:
    assert "1. Việt" not in shown(view(make_excerpt()))
    assert "1. Việt" in shown(view(make_excerpt(), make_excerpt()))
    assert "4. Việt" in shown(changed(view(make_excerpt()), first=4, page=1, pages=2))
    assert "1. Việt" in shown(changed(view(make_excerpt()), pages=2))


def test_what_a_follow_up_was_taken_for_stands_on_top() -> None:
    asked = changed(view(make_excerpt("Một câu.")), searched="Kim ngạch\nnăm 2021?")
    assert shown(asked).startswith("Searching: “Kim ngạch năm 2021?”\nMột câu.")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"about_text": True}, "What the articles say about this text:"),
        ({"unsure": True}, "I am not certain that this answers your question:"),
        ({"kind": "nearest"}, "The nearest passages. They do not answer the question:"),
    ],
)
def test_what_the_results_are_is_said_first(changes: dict[str, Any], line: str) -> None:
    assert shown(changed(view(make_excerpt("Một câu.")), **changes)).startswith(f"{line}\nMột câu.")


def test_a_refusal_tells_what_the_nearest_articles_are_about() -> None:
    """Up to three, each once, titles cut at a word, opening words in quotes where there is no title."""
    citations = [
        make_excerpt(title=title).citation
        for title in ("Gạo & giá", "GẠO & GIÁ", None, "Rất dài " * 30, "Thứ tư")
    ]
    text = shown(a_view("refusal", topics=tuple(citations), reason="refused"))
    refusal, about = text.split("\n\n")
    assert refusal.startswith("The articles in this collection do not answer that.")
    heading, first, second, third = about.splitlines()
    assert heading == "The nearest articles are about:"
    assert first == "• Gạo & giá" and second == "• “Diễn ra từ ngày 25-28/9, chuyến thăm”…"
    assert third.startswith("• Rất dài Rất dài") and third.endswith("Rất…") and len(third) <= 104


def test_a_text_of_which_the_articles_say_nothing_is_not_called_a_question() -> None:
    refusal = shown(a_view("refusal", about_text=True, reason="refused"))
    assert refusal == "The articles in this collection say nothing about this text."


def test_small_talk_is_answered_with_an_example_to_tap() -> None:
    (message,) = render(a_view("talk", reason="greeting", example="A < B?"), EN, TODAY)
    assert message.startswith("Hello!") and message.endswith("<code>A &lt; B?</code>")


@pytest.mark.parametrize("kind", ["answer", "nearest", "refusal", "talk"])
def test_a_view_that_contradicts_itself_cannot_be_made(kind: Kind) -> None:
    """An answer has results, a refusal has none."""
    wrong = () if kind in ("answer", "nearest") else (Result((make_excerpt(),)),)
    with pytest.raises(ValueError, match=f"{kind} has {len(wrong)} results"):
        a_view(kind, wrong)
    with pytest.raises(ValueError, match="no pieces"):
        Result(())


@pytest.mark.parametrize(
    ("dates", "several"),
    [
        ((date(2024, 1, 1), date(2025, 1, 1)), True),
        ((date(2024, 1, 1), date(2024, 1, 1)), False),
        ((date(2024, 1, 1), None), False),
        ((None, None), False),
    ],
)
def test_newest_first_needs_two_dates(dates: tuple[date | None, ...], several: bool) -> None:
    assert several_dates([make_excerpt(date=each) for each in dates]) is several


def test_a_result_knows_what_can_be_added() -> None:
    """The first paragraph of three has one after it; widened over removed text it is two pieces, shown open."""
    article = Article("a", "Một.\nHai.\nBa.", gaps=(5,))
    excerpt = replace(make_excerpt("Một.", (0, 4), start=0), passage_id="a#0")
    result = result_of(excerpt, article)
    assert (result.pieces, result.before, result.after, result.opened) == ((excerpt,), False, True, False)
    wider = result_of(excerpt, article, (Span(0, 4), Span(5, 13)))
    assert [piece.text for piece in wider.pieces] == ["Một.", "Hai.\nBa."]
    assert wider.cited.highlights == (Span(0, 4),) and wider.opened and not wider.after
    assert bold(render(a_view("answer", (wider,)), EN, TODAY)[0]) == ["Một."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_taken_to_fit_unrendered_fits_at_its_worst(language: str) -> None:
    """Quotes of nothing but quotation marks, six bytes each; the longest titles, sources and addresses; every line."""
    each = 2000 // 3
    worst = [
        make_excerpt(
            '"' * each,
            *[(i, i + 1) for i in range(0, 12, 2)],
            title='"' * 300,
            source='"' * 100,
            url="https://a.vn/?" + "&" * 480,
            date=date(2001 + number, 1, 1),
            also_in=tuple(map(str, range(99))),
            copies=(replace(CITATION, title='"' * 300, source='"' * 100),) * 2,
            paragraphs=(1000, 1002),
        )
        for number in range(3)
    ]
    whole = changed(view(*worst), unsure=True, searched='"' * 400, first=10, pages=9, page=8)
    texts = load_texts(language)
    assert fitting(whole, texts, TODAY) == 3
    assert len(render(whole, texts, TODAY)) == 1
