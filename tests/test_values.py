"""Dates and amounts are one thing in every language and writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text import tokens
from retrieval.values import values

DAY = ["--04-02", "2025-04-02", "2025-04"]


def found(text: str) -> list[str]:
    return values(tokens(text))


@pytest.mark.parametrize(
    "written",
    [
        "ngày 2 tháng 4 năm 2025",
        "Ngày 02/04/2025",
        "2.4.2025",
        "2 tháng tư năm 2025",
        "2/4/2025",
        "April 2, 2025",
        "on 2 April 2025",
        "the 2nd of April 2025",
        "2 апреля 2025 года",
        "2 thang 4 nam 2025",
    ],
)
def test_a_day_is_one_day_however_it_is_written(written: str) -> None:
    assert found(written) == DAY


@pytest.mark.parametrize(
    "written", ["tháng 4 năm 2025", "tháng 4/2025", "tháng tư 2025", "in April 2025", "апрель 2025", "4/2025"]
)
def test_a_month_of_a_year_is_one_month(written: str) -> None:
    assert found(written) == ["2025-04"]


@pytest.mark.parametrize("written", ["9/5", "ngày 9 tháng 5", "May 9", "9 мая", "ngày 9-5", "9th of May"])
def test_a_day_without_a_year_is_a_day_of_any_year(written: str) -> None:
    expected = [] if "-" in written else ["--05-09"]  # `9-5` may be a score
    assert found(written) == expected


@pytest.mark.parametrize(
    "written", ["4,1 tỷ USD", "4.1 billion", "4,1 млрд долларов", "4.100 triệu", "4,1 tỉ", "4100 million"]
)
def test_an_amount_is_one_number_whatever_its_magnitude(written: str) -> None:
    assert found(written) == ["=4.1e+09"]


def test_magnitudes_multiply() -> None:
    assert found("30 nghìn tỷ đồng") == found("30 trillion") == ["=3e+13"]


@pytest.mark.parametrize(
    "written",
    ["hai tháng trước", "you may ask", "năm 2025", "13/13", "15.000 liều", "tháng 13", "45/2025", "may"],
)
def test_what_is_no_date_and_no_amount_has_no_value(written: str) -> None:
    assert found(written) == []


@given(st.text(alphabet="0123456789/.,  thángnămngàytỷmay", max_size=60) | st.text(max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    assert all(isinstance(value, str) for value in found(text))
