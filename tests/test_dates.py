"""Which lines of a page are date lines, and which date they give."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.cleaning.dates import find_dates, is_date_line, publication_date

SECOND_OF_APRIL = date(2025, 4, 2)


@pytest.mark.parametrize(
    "line",
    [
        "21:06 02.04.2025 (Đã cập nhật: 21:17 03.04.2025)",
        "06:14 02/04/2025",
        "Thứ Tư, 2/4/2025, 21:06 (GMT+7)",
        "02/04/2025 | 21:06",
        "Ngày 2 tháng 4 năm 2025",
        "Hà Nội, ngày 2 tháng 4 năm 2025",
        "2 Tháng Tư, 2025",
        "Thứ Tư, 21:06, 02/04/2025",
        "Thế giới - Thứ Tư, ngày 02/04/2025 21:06 GMT+7",
        "2 апреля 2025, 10:15",
        "10:15 02.04.2025 (обновлено: 11:40 03.04.2025)",
        "April 2, 2025",
        "2nd April 2025",
        "2025-04-02T10:15:00+07:00",
        "Published 02 Apr 2025",
        "Published April 2, 2025 Updated April 3, 2025",
        "Updated April 3, 2025 - Published April 2, 2025",
        "Cập nhật lúc 10:15 02/04/2025",
    ],
)
def test_a_date_line_gives_its_publication_date(line: str) -> None:
    assert is_date_line(line)
    assert publication_date([line]) == SECOND_OF_APRIL


def test_a_published_line_beats_an_updated_line_above_it() -> None:
    assert publication_date(["Updated April 3, 2025", "April 2, 2025"]) == SECOND_OF_APRIL


def test_a_numeric_date_is_month_first_only_on_english_pages() -> None:
    assert publication_date(["04/02/2025"], month_first=True) == SECOND_OF_APRIL
    assert publication_date(["04/02/2025"]) == date(2025, 2, 4)
    assert publication_date(["25/04/2025"], month_first=True) == date(2025, 4, 25)
    assert publication_date(["02.04.2025"], month_first=True) == SECOND_OF_APRIL


@pytest.mark.parametrize(
    "line", ["31/02/2025", "32/01/2025", "02/04/1889", "02/04/2925", "0/0/2025", "04/25/2025"]
)
def test_an_impossible_date_is_no_date(line: str) -> None:
    assert publication_date([line]) is None


@pytest.mark.parametrize(
    "line",
    [
        "Giá vàng hôm nay 16/1/2026 quay đầu giảm, động lực của thị trường đang thay đổi ra sao?",
        "Việt Nam và Liên Xô thiết lập quan hệ ngoại giao ngày 30/1/1950, mở đầu cho tình hữu nghị hai nước.",
        "The treaty was signed on April 2, 2025 after nine months of talks between both sides.",
        "Kim ngạch năm 2024 đạt 4,58 tỷ USD",
        "Ngày 9/5",
        "",
    ],
)
def test_prose_and_headlines_with_dates_are_no_date_lines(line: str) -> None:
    assert not is_date_line(line)
    assert publication_date([line]) is None


@pytest.mark.parametrize(
    "line", ["2 giờ trước", "3 hours ago", "5 минут назад", "Tin tức - 10:41 15/09/2025", "1 апреля, 18:20"]
)
def test_lines_below_teasers_are_date_lines(line: str) -> None:
    assert is_date_line(line)


def test_dates_are_found_with_their_places() -> None:
    line = "Từ 02.04.2025 đến 5/5/2025"
    assert [line[found.start : found.end] for found in find_dates(line)] == ["02.04.2025", "5/5/2025"]


@given(st.text(alphabet="0123456789/.-: thángnămApril,", max_size=60))
def test_any_line_is_read_without_fail(line: str) -> None:
    publication_date([line], month_first=is_date_line(line))
