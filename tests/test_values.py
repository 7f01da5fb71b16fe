"""Dates and amounts are one thing in every language and writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.forms import tokens
from retrieval.text.values import values

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
        "2025-04-02",
        "2-4-2025",
        "02–04–2025",
        "2025/04/02",
        "02/04/25",
        "02.04.25",
        "April 2nd, 2025",
        "2 апр. 2025 г.",
    ],
)
def test_a_day_is_one_day_however_it_is_written(written: str) -> None:
    assert found(written) == DAY


@pytest.mark.parametrize(
    "written",
    [
        "tháng 4 năm 2025",
        "tháng 4/2025",
        "tháng 4-2025",
        "tháng tư 2025",
        "in April 2025",
        "апрель 2025",
        "4/2025",
    ],
)
def test_a_month_of_a_year_is_one_month(written: str) -> None:
    assert found(written) == ["2025-04"]


@pytest.mark.parametrize("written", ["9/5", "ngày 9 tháng 5", "May 9", "9 мая", "ngày 9-5", "9th of May"])
def test_a_day_without_a_year_is_a_day_of_any_year(written: str) -> None:
    assert found(written) == ["--05-09"]


def test_the_month_stands_first_where_it_can_be_no_day() -> None:
    assert found("12/25/2024") == found("25/12/2024")


@pytest.mark.parametrize("written", ["tháng mười một năm 2024", "tháng 11 năm 2024", "November 2024"])
def test_months_of_two_words_are_read_as_such(written: str) -> None:
    assert found(written) == ["2024-11"]


def test_a_number_of_months_of_a_year_is_no_month() -> None:
    assert found("11 tháng năm 2024") == []
    assert found("tháng năm năm 2024") == ["2024-05"]
    assert found("mỗi tháng một lần") == []


@pytest.mark.parametrize(
    "written",
    [
        "quý III/2024",
        "quý 3/2024",
        "quý 3 năm 2024",
        "quý ba năm 2024",
        "quy iii nam 2024",
        "Q3/2024",
        "Q3 2024",
        "the third quarter of 2024",
        "3rd quarter 2024",
        "III квартал 2024 года",
        "3-й квартал 2024 г.",
        "в третьем квартале 2024 года",
    ],
)
def test_a_quarter_is_one_quarter_however_it_is_written(written: str) -> None:
    assert found(written) == ["2024-Q3"]


@pytest.mark.parametrize(
    "written",
    [
        "4,1 tỷ USD",
        "4.1 billion",
        "4,1 млрд долларов",
        "4.100 triệu",
        "4,1 tỉ",
        "4100 million",
        "4.1bn",
        "$4.1 bn",
        "US$4.1b",
        "4.1B USD",
        "4.100.000.000 đồng",
        "4 tỷ 100 triệu",
        "4 ty 100 trieu dong",
    ],
)
def test_an_amount_is_one_number_whatever_its_magnitude(written: str) -> None:
    assert found(written) == ["=4.1e+09"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("500k", "500 nghìn"),
        ("500K", "500.000 đồng"),
        ("500 ngàn", "500,000"),
        ("41k", "41.000đ"),
        ("1tr2", "1,2 triệu"),
        ("1tr250", "1.250.000"),
        ("1 triệu 200 nghìn", "1.200.000 đồng"),
        ("2 triệu rưỡi", "2,5 triệu"),
        ("10 tr", "10.000.000"),
        ("10tr", "10 triệu"),
        ("$5m", "5 million"),
        ("500 тыс.", "500 nghìn"),
        ("20%", "20 phần trăm"),
        ("27,4 %", "27.4 percent"),
        ("20 процентов", "20 phan tram"),
        ("20 per cent", "20％"),
    ],
)
def test_short_amounts_and_shares_are_those_that_are_written_out(one: str, other: str) -> None:
    assert found(one) == found(other) != []


@pytest.mark.parametrize("text", ["5 ngân hàng", "500 m", "2025 k", "thắng 9-5"])
def test_what_stands_behind_a_number_is_not_always_its_magnitude(text: str) -> None:
    assert found(text) == []


def test_magnitudes_multiply() -> None:
    assert found("30 nghìn tỷ đồng") == found("30 trillion") == ["=3e+13"]


@pytest.mark.parametrize(
    "written",
    ["hai tháng trước", "you may ask", "năm 2025", "13/13", "1500 liều", "tháng 13", "45/2025", "may"],
)
def test_what_is_no_date_and_no_amount_has_no_value(written: str) -> None:
    assert found(written) == []


@given(st.text(alphabet="0123456789/.,  thángnămngàytỷmay", max_size=60) | st.text(max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    assert all(isinstance(value, str) for value in found(text))
