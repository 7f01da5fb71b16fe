"""Markdown: its words without its marks, and the front matter as metadata."""

from datetime import date

import pytest
from document_files import (
    FIRST,
    SECOND,
    TITLE,
)
from reading_documents import from_markdown, lines


def test_markdown_is_reduced_to_its_words() -> None:
    document = from_markdown(
        f"# {TITLE}\n\nĐoạn **một** có `mã`\ntiếp [liên kết](https://e.org).\n\n![Bãi biển](a.png)\n\n## Giá\n\n"
        "- vé *đi*\n- vé về\n\n  ghi chú\n\n| Chặng | Giá |\n|---|---|\n| Sochi | **12** |\n\n> Trích dẫn\n\n"
        "```\nx = 1\n\ny = 2\n```\n\n<!-- ẩn -->\n\n<div hidden>ẩn</div>\n\n<div>hiện</div>\n\nMột<br>hai "
        "&amp; ba.  \nbốn\n"
    )
    assert document.title == TITLE
    assert lines(document) == [
        "Đoạn một có mã tiếp liên kết.", "Giá", "vé đi", "vé về", "ghi chú", "Chặng | Giá", "Sochi | 12",
        "Trích dẫn", "x = 1", "y = 2", "hiện", "Một", "hai & ba.", "bốn",
    ]  # fmt: skip
    assert [dropped.reason for dropped in document.dropped] == ["title", "caption"]
    assert [document.text[gap:].split("\n")[0] for gap in document.gaps] == ["Giá"]


def test_front_matter_gives_the_metadata() -> None:
    document = from_markdown(
        "---\nTitle: 'Mở: đường bay'\nauthors:\n  - Thu Trang\n  - Minh An\nDATE: 2025-04-02T23:30:00+07:00\n"
        f"source: Tin Biển\ncanonical: https://e.org/1\nid: n1\nlang: vi-VN\ntags: [a, b]\n---\n\n{FIRST}\n"
    )
    assert (document.title, document.author, document.date) == (
        "Mở: đường bay",
        "Thu Trang, Minh An",
        date(2025, 4, 2),
    )
    assert (document.source, document.url, document.id) == ("Tin Biển", "https://e.org/1", "n1")
    assert (document.lang, document.text) == ("vi", FIRST)


@pytest.mark.parametrize(
    "written", ["2025-04-02", "2025-04-02 10:00:00", "ngày 2 tháng 4 năm 2025", "April 2, 2025"]
)
def test_front_matter_dates_are_read_in_every_usual_form(written: str) -> None:
    assert from_markdown(f"---\ndate: {written}\n---\n{FIRST}").date == date(2025, 4, 2)


def test_words_that_look_like_values_stay_words() -> None:
    document = from_markdown(f"---\ntitle: 1984\nauthor: no\nid: 0012\ndate:\n---\n{FIRST}")
    assert (document.title, document.author, document.id, document.date) == ("1984", "no", "0012", None)


def test_a_heading_that_repeats_the_title_is_no_text() -> None:
    document = from_markdown(f"---\ntitle: {TITLE}\n---\n# {TITLE}\n\n{FIRST}\n\n# Khác\n")
    assert lines(document) == [FIRST, "Khác"]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert lines(from_markdown(f"---\n\n**{FIRST}**\n\n---\n\n{SECOND}")) == [FIRST, SECOND]
    assert from_markdown(f"---\nMột câu.\n---\n## {TITLE}\n\n{FIRST}").title is None


def test_a_page_under_a_markdown_name_is_cleaned_as_a_page() -> None:
    document = from_markdown(f"{TITLE}\n10:20 02/04/2025\n{FIRST}\nChia sẻ\n- {SECOND}")
    assert (document.title, document.date) == (TITLE, date(2025, 4, 2))
    assert "Chia sẻ" not in document.text
    assert FIRST in document.text


def test_html_within_markdown_is_read_as_its_page_shows_it() -> None:
    document = from_markdown(
        "# Bảng giá xuồng\n\n<table><tr><th>Loại</th><th>Giá</th></tr><tr><td "
        "rowspan=2><p>Nhỏ</p></td><td>62 triệu</td>"
        "</tr><tr><td>71 triệu</td></tr></table>\n\n<details><summary>Thêm</summary>\n\nĐã gồm "
        "**máy**.\n\n</details>\n\n"
        "4,2 × 10<sup>4</sup> kWh, 120 m<sup>2</sup>, CO<sub>2</sub>\n\n<p style='display: none'>ẩn</p>\n"
    )
    assert lines(document) == [
        "Loại | Giá", "Nhỏ | 62 triệu", "Nhỏ | 71 triệu", "Thêm", "Đã gồm máy.", "4,2 × 10⁴ kWh, 120 m², CO₂",
    ]  # fmt: skip


def test_a_file_of_html_alone_is_markdown_too() -> None:
    document = from_markdown(
        "<table><tr><td>Nhỏ</td><td>62 triệu</td></tr></table>\n\nKính mời bà con tới xem.\n"
    )
    assert lines(document) == ["Nhỏ | 62 triệu", "Kính mời bà con tới xem."]


def test_ordered_lists_keep_their_numbers() -> None:
    document = from_markdown("## Điều 5\n\n3. Cấp phép\n4. Thu hồi:\n   1. do vi phạm\n\n- không số\n")
    assert lines(document) == ["Điều 5", "3. Cấp phép", "4. Thu hồi:", "1. do vi phạm", "không số"]


def test_footnotes_are_told_where_they_stand_and_never_become_figures() -> None:
    document = from_markdown(
        "# Chè\n\nXưởng giúp 310[^2] hộ[^ghi-chu] và máy[^9].\n\n```\na[^2]\n```\n\n[^2]: Theo danh sách.\n"
        "[^ghi-chu]: Tính đến tháng năm,\n    ở cả hai bản.\n\nHết."
    )
    assert lines(document) == [
        "Xưởng giúp 310 [1] hộ[2] và máy[^9].", "a[^2]", "[1] Theo danh sách.", "[2] Tính đến tháng năm, ở cả hai bản.",
        "Hết.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "run",
    [
        "-" * 100_000,
        "-" * 50_000 + "|x",
        "*" * 100_000,
        "[" * 50_000,
        ">" * 50_000,
        "`a" * 40_000,
        "<div>" * 390,
        "[^1]" * 20_000,
    ],
)
def test_a_run_of_marks_is_read(run: str) -> None:
    assert FIRST in from_markdown(f"**{FIRST}**\n\n{run}").text
