"""What is said of the collection: /about, example questions that it answers, /start and /help."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fake_bot_html import parse_html
from small_index import index

from bot.bootstrap import Services, build
from bot.conversation.about import About, gather
from bot.conversation.replies.wording import collection_line
from bot.telegram_html.about import render_about
from bot.telegram_html.markup import plain
from bot.telegram_html.welcome import example_buttons, help_text, start_text
from bot.texts import LANGUAGES, load_texts
from config.settings import Settings
from retrieval.embedding.hashed import NAME as HASHED
from retrieval.errors import IndexMissing

NOW = datetime(2025, 5, 6, 12, tzinfo=UTC)
BARE = About(
    articles=1,
    passages=1,
    dated=0,
    oldest=None,
    newest=None,
    latest=None,
    languages=(),
    made=NOW - timedelta(hours=3),
    model="tiny",
    version="9.8.7",
)
EN = load_texts("en")
FLOOD = "Lũ lớn trên sông Hồng gây ngập nhiều xã"
BRIDGE = "Khánh thành cây cầu mới qua sông Lô & <i>bến phà</i>"
RECORDS: list[dict[str, Any]] = [
    {"id": "lu", "title": FLOOD, "text": "Nước lên.", "date": "2025-04-02", "url": "https://e.org/lu"},
    {"id": "cau", "title": BRIDGE, "text": "Cầu dài 900 mét.", "date": "2025-05-05", "url": "https://e.org/cau"},
    {"id": "gao", "text": "Gạo lên giá."},
]  # fmt: skip
RUSSIAN = {"id": "ru", "text": "Товарооборот России и Вьетнама вырос в этом году на пять процентов."}


def services(data: Path, *records: dict[str, Any]) -> Services:
    made = build(Settings(data_dir=data, model=HASHED, sources=(data,)))
    if records:
        index(data, *records, embedder=made.embedder)  # type: ignore[arg-type] # an embedder as good as the fake one
    return made


def gathered(made: Services) -> About:
    return gather(made.serving, made.settings.model)


def lines(html: str) -> list[str]:
    return plain(html).splitlines()


def test_about_tells_of_the_generation_in_service(tmp_path: Path) -> None:
    about = gathered(services(tmp_path / "data", *RECORDS))
    assert (about.articles, about.passages, about.dated) == (3, 3, 2)
    assert (about.oldest, about.newest) == (date(2025, 4, 2), date(2025, 5, 5))
    assert about.latest and about.latest.citation.title == BRIDGE
    assert about.latest.text == "Cầu dài 900 mét."
    assert timedelta(0) <= datetime.now(UTC) - about.made < timedelta(minutes=5)
    assert about.model == HASHED
    assert re.fullmatch(r"\d+\.\d+\.\d+", about.version)


def test_about_in_english(tmp_path: Path) -> None:
    about = gathered(services(tmp_path / "data", *RECORDS))
    html = render_about(about, EN, about.made + timedelta(hours=3))
    heading, _, *facts, _, promise = lines(html)
    assert heading == "About this collection"
    assert facts == [
        "• 3 articles, 3 passages",
        "• 2 articles have dates: 2 April to 5 May 2025",
        f"• Newest: {BRIDGE} · 5 May 2025",
        "• Updated 3 hours ago",
        f"• Model: {HASHED}",
        f"• Trichdan {about.version}",
    ]
    assert "verbatim" in promise
    assert '<a href="https://e.org/cau' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_is_sound_markup_in_every_language(tmp_path: Path, language: str) -> None:
    texts, made = load_texts(language), services(tmp_path / "data", *RECORDS)
    for about in (gathered(made), BARE):
        html = render_about(about, texts, NOW)
        assert parse_html(html).text == plain(html)
        assert texts("about-verbatim") in plain(html)


def test_what_is_not_known_of_a_collection_is_not_invented() -> None:
    said = plain(render_about(BARE, EN, NOW))
    assert "No dates are known" in said and "Newest" not in said
    assert "1 article, 1 passage\n" in said
    assert collection_line(BARE, EN) == "I have 1 article."


ONE_DAY, LATER = date(2025, 4, 2), date(2025, 5, 5)


@pytest.mark.parametrize(
    ("language", "dated", "days", "sentence", "fact"),
    [
        ("en", 2, (ONE_DAY, LATER), "I have 5 articles; 2 have dates, 2 April to 5 May 2025.",
         "2 articles have dates: 2 April to 5 May 2025"),
        ("en", 1, (ONE_DAY, ONE_DAY), "I have 5 articles; 1 has a date, 2 April 2025.",
         "1 article has a date: 2 April 2025"),
        ("en", 5, (ONE_DAY, ONE_DAY), "I have 5 articles, all from 2 April 2025.", "Dated 2 April 2025"),
        ("en", 5, (ONE_DAY, LATER), "I have 5 articles, dated from 2 April 2025 to 5 May 2025.",
         "Dated from 2 April 2025 to 5 May 2025"),
        ("en", 2, (date(2024, 4, 2), LATER), "I have 5 articles; 2 have dates, 2 April 2024 to 5 May 2025.",
         "2 articles have dates: 2 April 2024 to 5 May 2025"),
        ("vi", 2, (ONE_DAY, LATER),
         "Hiện có 5 bài báo, trong đó 2 bài có ghi ngày: từ 02/04/2025 đến 05/05/2025.",
         "2 bài có ghi ngày: từ 02/04/2025 đến 05/05/2025"),
        ("vi", 5, (ONE_DAY, ONE_DAY), "Hiện có 5 bài báo, đều ngày 02/04/2025.", "Ngày 02/04/2025"),
        ("ru", 2, (ONE_DAY, LATER), "Сейчас у меня 5 статей; даты известны у 2: 2 апреля – 5 мая 2025 г.",
         "Даты известны у 2 статей: 2 апреля – 5 мая 2025 г."),
        ("ru", 1, (ONE_DAY, ONE_DAY), "Сейчас у меня 5 статей; дата известна у одной: 2 апреля 2025 г.",
         "Дата известна у одной статьи: 2 апреля 2025 г."),
    ],
)  # fmt: skip
def test_dates_are_told_of_those_articles_alone_that_have_one(
    language: str, dated: int, days: tuple[date, date], sentence: str, fact: str
) -> None:
    texts, about = (
        load_texts(language),
        replace(BARE, articles=5, dated=dated, oldest=days[0], newest=days[1]),
    )
    assert collection_line(about, texts).rstrip(".") == sentence.rstrip(".")
    assert f"• {fact}" in lines(render_about(about, texts, NOW))


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_article_is_dated_no_date_is_named(tmp_path: Path, language: str) -> None:
    about = gathered(services(tmp_path / "data", RECORDS[2]))
    assert (about.articles, about.dated) == (1, 0)
    assert "20" not in collection_line(about, load_texts(language))


def test_an_index_from_the_future_is_as_good_as_new() -> None:
    assert "Updated 1 second ago" in plain(render_about(BARE, EN, NOW - timedelta(days=9)))


@pytest.mark.parametrize(
    ("setting", "shown"),
    [
        ("bundled", "multilingual-e5-small"),
        ("/home/somebody/models/mine", "mine"),
        ("org/e5-base", "e5-base"),
    ],
)
def test_the_model_is_named_without_where_it_lies(tmp_path: Path, setting: str, shown: str) -> None:
    made = services(tmp_path / "data", *RECORDS)
    about = gather(made.serving, setting)
    assert about.model == shown


def test_languages_are_those_that_the_articles_are_in(tmp_path: Path) -> None:
    about = gathered(services(tmp_path / "data", *RECORDS, RUSSIAN))
    assert set(about.languages) == {"vi", "ru"} and about.languages[0] == "vi"


def test_without_an_index_there_is_nothing_to_say(tmp_path: Path) -> None:
    made = services(tmp_path / "data")
    with pytest.raises(IndexMissing):
        gathered(made)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "Ngôn ngữ của bài: tiếng Việt, tiếng Nga"),
        ("en", "Languages: Vietnamese, Russian"),
        ("ru", "Языки статей: вьетнамский, русский"),
    ],
)
def test_start_tells_of_the_collection_and_what_is_kept(language: str, said: str) -> None:
    texts, about = load_texts(language), replace(BARE, languages=("vi", "ru"))
    html = start_text(texts, about, 90, examples=2)
    assert parse_html(html).text == plain(html)
    assert said in lines(html) and collection_line(about, texts) in lines(html)
    assert lines(html)[-1] == texts("examples-heading", count=2)
    assert "/articles" in html and "/articles" not in start_text(texts, about, 90, examples=0, lists=False)
    (privacy,) = [line for line in lines(html) if "90" in line]
    assert "/forgetme" in privacy
    assert texts("examples-heading", count=2) not in start_text(texts, about, 90, examples=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_start_is_one_screen_of_a_phone(language: str) -> None:
    """Twenty-five lines of 38 characters, three of them buttons and two before the message."""
    texts, about = load_texts(language), replace(BARE, articles=5, dated=2, oldest=ONE_DAY, newest=LATER)
    html = start_text(texts, replace(about, languages=("vi",)), 90, examples=3)
    assert sum(max(1, -(-len(line) // 38)) for line in lines(html)) <= 20


def test_a_button_asks_the_question_that_stands_on_it() -> None:
    assert [[button.text for button in row] for row in example_buttons(["Ai?", "Gì?"])] == [["Ai?"], ["Gì?"]]
    assert len({row[0].data for row in example_buttons(["Ai?", "Gì?"])}) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_the_commands_and_shows_admins_theirs(language: str) -> None:
    texts = load_texts(language)
    said = help_text(texts, 90, examples=0)
    assert all(f"/{name}" in said for name in ("ask", "articles", "new", "language", "about", "forgetme"))
    assert "/reindex" not in said and "/reindex" in help_text(texts, 90, examples=0, admin=True)
    assert "/articles" not in help_text(texts, 90, examples=0, lists=False)


def test_privacy_follows_the_setting() -> None:
    assert "for 1 day to" in help_text(EN, 1, examples=0)
    assert "for 365 days to" in help_text(EN, 365, examples=0)
    assert "for a day at most" in help_text(EN, 0, examples=0)
