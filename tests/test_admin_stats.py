"""/stats: the figures in words and as a picture, whatever the articles are called."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from fake_bot_html import parse_html

from bot.state.questions import Day
from bot.state.statistics import Cited, Statistics, Writing
from bot.telegram_html.admin.chart_text import Lettering
from bot.telegram_html.admin.stats import stats_text
from bot.telegram_html.admin.stats_chart import HEIGHT, WIDTH, chart_png
from bot.telegram_html.markup import plain
from bot.texts import LANGUAGES, load_texts

TESTS = Path(__file__).parent
CAPTION_LENGTH = 1024  # https://core.telegram.org/bots/api#sendphoto
NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
EN = load_texts("en")
DAYS = (
    Day(day=date(2026, 4, 10), asked=8, answered=6, people=3, mean_ms=400.0),
    Day(day=date(2026, 5, 4), asked=4, answered=3, people=2, mean_ms=1200.0),
)
CITED = (Cited("gold", 5), Cited("news/trade.txt", 3), Cited("rice", 1))
SOME = Statistics(
    until=NOW,
    period=timedelta(days=30),
    keep_days=90,
    questions=12,
    answered=9,
    people=4,
    days=DAYS,
    p50_ms=412.4,
    p95_ms=1530.0,
    writings={"vi": 7, "vi-bare": 3, "en": 1, "ru": 1},
    cited=CITED,
    up=5,
    down=2,
)
NONE = replace(
    SOME,
    questions=0,
    answered=0,
    people=0,
    days=(),
    p50_ms=None,
    p95_ms=None,
    writings={},
    cited=(),
    up=0,
    down=0,
)
TITLES = {"gold": "Giá <b>vàng</b> & \"bạc\"", "rice": "Gạo lên giá\n hôm nay"}  # fmt: skip
STRANGE = (
    *(
        r"$\frac",
        r"$\nosuchcommand{1}{2}$",
        r"a $x_1$ costs $5",
        "🚀 🇻🇳 👩‍🚀",
        "中文标题",
        "\0\ud800\x1b[1m",
        "",
    ),
    *(
        "Kim ngạch thương mại Việt Nam – Nga đạt 4,1 tỷ USD trong 11 tháng năm 2024",
        "Щ" * 300,
        "<b>&amp;",
        "  ",
    ),
)


def size(png: bytes) -> tuple[int, int]:
    """Width and height as the header of a whole PNG tells them."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n") and png.endswith(b"IEND\xaeB`\x82")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def lines(statistics: Statistics, language: str) -> list[str]:
    return plain(stats_text(statistics, TITLES, load_texts(language))).splitlines()


def test_stats_in_english() -> None:
    assert lines(SOME, "en") == [
        *["The last 30 days", "Questions: 12, answered: 9 (75%)", "Asked by 4 people"],
        *["Response time: median 412 ms, 95% within 1.5 s", "Votes: 👍 5, 👎 2", "", "Languages"],
        *[
            "• Vietnamese: 7 (58%)",
            "• Vietnamese without marks: 3 (25%)",
            "• English: 1 (8%)",
            "• Russian: 1 (8%)",
        ],
        *["", "Most cited articles", '1. Giá <b>vàng</b> & "bạc" · 5×', "2. news/trade.txt · 3×"],
        "3. Gạo lên giá hôm nay · 1×",
    ]


def test_stats_in_vietnamese_and_russian() -> None:
    found = lines(SOME, "vi")
    assert found[0] == "30 ngày qua" and "• Tiếng Việt không dấu: 3 (25%)" in found
    assert "Thời gian phản hồi: trung vị 412 ms, 95% số câu không quá 1,5 giây" in found
    found = lines(SOME, "ru")
    assert "• Вьетнамский без диакритики: 3 (25\u00a0%)" in found and "2. news/trade.txt · 3 раза" in found


@pytest.mark.parametrize(
    ("days", "people", "period", "asked"),
    [
        (1, 1, "Последние сутки", "1 человек"),
        (21, 21, "За 21 день", "21 человек"),
        (3, 2, "За 3 дня", "2 человека"),
    ],
)
def test_what_is_counted_takes_its_form_in_russian(days: int, people: int, period: str, asked: str) -> None:
    found = lines(replace(SOME, period=timedelta(days=days), people=people), "ru")
    assert (found[0], found[2]) == (period, f"Спрашивали: {asked}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("title", [r'<a href="x">&</a> $\frac', "Щ" * 300, "từ dài " * 90])
def test_any_title_is_sound_markup_and_fits_a_caption(language: str, title: str) -> None:
    cited = tuple(Cited(f"id {number}", 10_000) for number in range(5))
    writings: dict[Writing, int] = dict.fromkeys(get_args(Writing), 10_000)
    much = replace(SOME, questions=50_000, answered=40_000, cited=cited, writings=writings)
    html = stats_text(much, {each.article_id: title for each in cited}, load_texts(language))
    parsed = parse_html(html)
    assert parsed.text == plain(html) and len(parsed.text) <= CAPTION_LENGTH
    assert {entity["type"] for entity in parsed.entities} == {"bold"} and len(parsed.entities) == 3
    assert title[:12] in parsed.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_line_when_nothing_was_asked_or_nothing_is_kept(language: str) -> None:
    (asked,) = lines(NONE, language)
    (kept,) = lines(replace(SOME, keep_days=0), language)
    assert "30" in asked
    assert "TRICHDAN_KEEP_QUESTIONS_DAYS" in kept


def test_what_is_not_known_is_left_out() -> None:
    html = stats_text(replace(SOME, people=0, up=0, down=0, answered=0, cited=()), TITLES, EN)
    assert "Asked by" not in html and "Votes" not in html and "cited" not in html
    assert "answered: 0 (0%)" in html


@pytest.mark.parametrize(
    ("ms", "shown"), [(0.2, "1 ms"), (999.4, "999 ms"), (999.6, "1 s"), (1530.0, "1.5 s"), (61_000.0, "61 s")]
)
def test_times_are_shown_in_the_unit_that_suits_them(ms: float, shown: str) -> None:
    assert f"median {shown}, 95% within {shown}" in stats_text(
        replace(SOME, p50_ms=ms, p95_ms=ms), TITLES, EN
    )


@pytest.mark.filterwarnings("error:Glyph")  # a character that the font lacks
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_is_a_picture_of_the_promised_size(language: str) -> None:
    texts = load_texts(language)
    one = chart_png(SOME, TITLES, texts)
    assert size(one) == (WIDTH, HEIGHT) == (1280, 960)
    assert one != chart_png(replace(SOME, days=DAYS[:1]), TITLES, texts)
    assert size(chart_png(NONE, {}, texts)) == (WIDTH, HEIGHT)


@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize("title", STRANGE)
def test_any_title_can_be_drawn(title: str) -> None:
    named = replace(SOME, cited=(Cited("a", 3), Cited("b", 1)))
    assert size(chart_png(named, {"a": title, "b": title}, EN)) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("days", [1, 7, 365])
def test_any_period_can_be_drawn(days: int) -> None:
    dates = [date(2026, 5, 4) - timedelta(days=ago) for ago in reversed(range(days))]
    busy = replace(
        SOME,
        period=timedelta(days=days),
        days=tuple(Day(day=each, asked=3, answered=1, people=1, mean_ms=0.0) for each in dates),
    )
    assert size(chart_png(busy, TITLES, EN)) == (WIDTH, HEIGHT)


def test_charts_may_be_drawn_at_the_same_time() -> None:
    alone = {language: chart_png(SOME, TITLES, load_texts(language)) for language in LANGUAGES}
    with ThreadPoolExecutor(3) as pool:
        together = pool.map(lambda language: chart_png(SOME, TITLES, load_texts(language)), LANGUAGES)
    assert dict(zip(LANGUAGES, together, strict=True)) == alone


def test_a_chart_needs_no_pyplot_and_its_import_no_matplotlib() -> None:
    check = (
        "import sys; from test_admin_stats import SOME, EN, chart_png; before = {*sys.modules};"
        "chart_png(SOME, {}, EN); print('matplotlib' in before, 'matplotlib.pyplot' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", check], cwd=TESTS, capture_output=True, text=True, check=False
    )
    assert run.stdout.split() == ["False", "False"], run.stderr


def test_what_the_font_lacks_is_left_out() -> None:
    assert Lettering().drawable("Giá\n vàng 中文\ud800 Щи \x1b[1m") == "Giá vàng Щи [1m"


@pytest.mark.parametrize(
    "text", ["Kim ngạch thương mại Việt Nam – Nga đạt 4,1 tỷ USD", "https://e.org/" + "x" * 80]
)
def test_text_is_cut_to_the_room_there_is(text: str) -> None:
    lettering = Lettering()
    cut = lettering.fitted(text, 300)
    assert 200 < lettering.width(cut) <= 300
    assert cut.endswith("…") and text.startswith(cut.removesuffix("…"))
    assert lettering.fitted(text, lettering.width(text)) == text
