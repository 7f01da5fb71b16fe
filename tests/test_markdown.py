"""Markdown: its words without its marks, and the front matter as metadata."""

from datetime import date

import pytest
from document_files import (
    FIRST,
    SECOND,
    TITLE,
)
from reading_documents import from_markdown, lines

from retrieval.errors import SourceError


def test_markdown_is_reduced_to_its_words() -> None:
    document = from_markdown(
        f"# {TITLE}\n\nĐoạn **một** có `mã`\ntiếp [liên kết](https://e.org).\n\n![Bãi biển](a.png)\n\n## Giá\n\n"
        "- vé *đi*\n- vé về\n\n  ghi chú\n\n| Chặng | Giá |\n|---|---|\n| Sochi | **12** |\n\n> Trích dẫn\n\n"
        "```\nx = 1\n\ny = 2\n```\n\n<!-- ẩn -->\n\n<div>ẩn</div>\n\nMột<br>hai &amp; ba.  \nbốn\n"
    )
    assert document.title == TITLE
    assert lines(document) == [
        "Đoạn một có mã tiếp liên kết.", "Giá", "vé đi", "vé về", "ghi chú", "Chặng | Giá", "Sochi | 12",
        "Trích dẫn", "x = 1", "y = 2", "Một", "hai & ba.", "bốn",
    ]  # fmt: skip
    assert [dropped.reason for dropped in document.dropped] == ["title", "caption", "markup", "markup"]
    assert [document.text[gap:].split("\n")[0] for gap in document.gaps] == ["Giá", "Một"]


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


@pytest.mark.parametrize(
    ("front", "complaint"),
    [
        ("title: a\nauthor: [b", "line 4"),
        ("title: a: b", "line 2"),
        ("title: a\n\tauthor: b", "line 3"),
        ("date: soon", "`date`.*'soon'.*YYYY-MM-DD"),
        ("date: 2025-02-31", "`date`"),
        ("title: {a: b}", "`title`"),
    ],
)
def test_bad_front_matter_is_named(front: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        from_markdown(f"---\n{front}\n---\n{FIRST}")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert lines(from_markdown(f"---\n\n**{FIRST}**\n\n---\n\n{SECOND}")) == [FIRST, SECOND]
    assert from_markdown(f"---\nMột câu.\n---\n## {TITLE}\n\n{FIRST}").title is None


def test_a_page_under_a_markdown_name_is_cleaned_as_a_page() -> None:
    document = from_markdown(f"{TITLE}\n10:20 02/04/2025\n{FIRST}\nChia sẻ\n- {SECOND}")
    assert (document.title, document.date) == (TITLE, date(2025, 4, 2))
    assert "Chia sẻ" not in document.text
    assert FIRST in document.text
