"""An article in pages: all of its text, in order, at sensible places; and the list of articles in pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.reading import article_page
from bot.telegram_html.articles import render_page
from bot.telegram_html.markup import fits, plain
from bot.texts import LANGUAGES, load_texts
from retrieval.article import Article
from retrieval.text.forms import normalise

WORDS = st.text("ab <&.?!\u00e9đ", min_size=1, max_size=2500)


def pages(article: Article) -> list[str]:
    count = article_page(article, 0).pages
    return ["\n".join(article_page(article, number).pieces) for number in range(count)]


@given(st.lists(WORDS, max_size=8))
def test_the_pages_hold_all_of_the_text_in_order(paragraphs: list[str]) -> None:
    text = normalise("\n".join(paragraphs)).strip()
    assert "".join("".join(pages(Article("a", text))).split()) == "".join(text.split())


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(LANGUAGES))
def test_every_page_fits_into_a_message(paragraphs: list[str], language: str) -> None:
    article = Article("a", normalise("\n".join(paragraphs)), "<b>" * 300, source="&" * 500, author="'" * 500)
    for number in range(article_page(article, 0).pages):
        html, _ = render_page(article_page(article, number), 0, load_texts(language))
        assert fits(html)


def test_a_page_ends_with_a_paragraph_or_else_with_a_sentence() -> None:
    short = Article("a", "\n".join(["Một đoạn ngắn. " * 50] * 6))
    assert all(page.endswith("Một đoạn ngắn.") or page.endswith("Một đoạn ngắn. ") for page in pages(short))
    long = Article("a", "Một câu dài vừa phải trong một đoạn rất dài. " * 200)
    assert len(pages(long)) > 3 and all(page.rstrip().endswith("dài.") for page in pages(long))


def test_where_text_was_removed_the_reader_sees_it() -> None:
    article = Article("a", "Đầu.\nCuối.", gaps=(5,))
    html, _ = render_page(article_page(article, 0), 0, load_texts("vi"))
    assert plain(html).endswith("Đầu.\n\n⋯\n\nCuối.")


@pytest.mark.parametrize(("asked", "shown"), [(0, 0), (7, 7), (99, 7)])
def test_beyond_the_last_page_is_the_last_page(asked: int, shown: int) -> None:
    article = Article("a", "\n".join(["x" * 1700] * 8))
    assert article_page(article, asked).page == shown


def test_an_article_without_text_has_one_empty_page() -> None:
    page = article_page(Article("a", ""), 0)
    assert (page.pages, page.pieces) == (1, [])
