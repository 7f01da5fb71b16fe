"""The first contact and the articles as a phone shows them: parts of the preview page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from preview_page import Shown

from bot.conversation.about import About
from bot.conversation.reading import ArticleList, article_page
from bot.telegram_html.articles import render_list, render_page
from bot.telegram_html.welcome import example_buttons, help_text, start_text
from bot.texts import load_texts
from retrieval.article import Article
from retrieval.index.catalogue import Listed

TRIED = {
    "vi": ("Thương mại Việt Nam - Nga năm 2024 đạt bao nhiêu?", "Nga có bao nhiêu dự án tại Việt Nam?"),
    "en": ("How much did Vietnam and Russia trade in 2024?", "Who is Gennady Bezdetko?"),
    "ru": (
        "Каков товарооборот Вьетнама и России за 2024 год?",
        "Когда Вьетнам и СССР установили дипотношения?",
    ),
}
ABOUT = About(
    articles=12,
    passages=80,
    dated=9,
    oldest=date(2024, 4, 2),
    newest=date(2025, 5, 5),
    latest=None,
    languages=("vi", "ru"),
    made=datetime(2025, 5, 6, tzinfo=UTC),
    model="tiny",
    version="9.8.7",
)
TITLES = (
    "Khẳng định tình hữu nghị sâu sắc giữa Việt Nam và các nước bạn bè truyền thống",
    "Trước thềm Tổng Bí thư Tô Lâm thăm Nga: Việt Nam và Nga đã vượt qua nhiều thử thách",
    None,
    "Việt Nam-Nga: Tin cậy và chân thành",
    "Tin ngắn",
)
OPENING = "Vào chiều 2/4, Tổng Bí thư Tô Lâm đã tiếp Đại sứ Liên bang Nga tại Việt Nam Gennady Bezdetko."


def first_contact(language: str) -> Iterator[Shown]:
    """/start, /help, /articles and an article."""
    texts, tried = load_texts(language), TRIED[language]
    start = start_text(texts, ABOUT, 90, examples=len(tried))
    yield Shown("/start", language, "/start", html=start, buttons=example_buttons(tried))
    said = help_text(texts, 90, examples=len(tried))
    yield Shown("/help", language, "/help", html=said, buttons=example_buttons(tried))
    listed = [
        Listed(
            id=f"a{number}",
            title=title,
            date=date(2025, 5, 5) if number % 2 else None,
            source="Baoquocte.vn" if number % 3 else None,
            opening=OPENING,
            url="https://example.org/a" if number % 2 else None,
        )
        for number, title in enumerate(TITLES, 1)
    ]
    html, buttons = render_list(ABOUT, ArticleList(listed=listed, first=1, page=0, pages=3), texts)
    yield Shown("/articles", language, "/articles", html=html, buttons=buttons)
    article = Article("a1", "\n".join([OPENING * 3] * 12), TITLES[0], date(2025, 5, 5), "Nhân Dân")
    html, buttons = render_page(article_page(article, 1), 0, texts)
    yield Shown("an article", language, "", html=html, buttons=buttons)
