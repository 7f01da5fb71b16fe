"""Roman numerals are numbers where they are meant as such, and letters or words elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.forms import tokens
from retrieval.text.numbers import numeral


def words(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]


@pytest.mark.parametrize(
    ("roman", "arabic"),
    [
        ("Đại hội XIII", "Đại hội 13"),
        ("đại hội xiii của Đảng", "đại hội 13 của Đảng"),
        ("ĐẠI HỘI XI", "ĐẠI HỘI 11"),
        ("lần thứ VI", "lần thứ 6"),
        ("quý III", "quý 3"),
        ("quý I và quý IV", "quý 1 và quý 4"),
        ("thế kỷ XXI", "thế kỷ 21"),
        ("thế kỷ thứ X", "thế kỷ thứ 10"),
        ("the ky xx", "the ky 20"),
        ("Chương V", "Chương 5"),
        ("Chương IV, V", "Chương 4, V"),
        ("khóa XV", "khóa 15"),
        ("World War II", "World War 2"),
        ("world war i", "world war 1"),
        ("Part I", "Part 1"),
        ("Louis XIV", "Louis 14"),
        ("Super Bowl LIX", "Super Bowl 59"),
        ("MCMXLV", "1945"),
        ("XX съезд", "20 съезд"),
        ("ХХ съезд", "20 съезд"),  # Cyrillic letters
        ("ХІХ век", "19 век"),
        ("V век, I квартал", "5 век, 1 квартал"),
        ("Том II", "Том 2"),
        ("Ⅻ", "12"),
    ],
)
def test_a_roman_numeral_is_the_number(roman: str, arabic: str) -> None:
    assert words(roman) == words(arabic)


@pytest.mark.parametrize(
    "text",
    [
        "Vitamin C",
        "vitamin D",
        "Khối V",
        "Khối C, D",
        "Covid",
        "Can I go?",
        "XI MĂNG HÀ TIÊN",
        "VI PHẠM GIAO THÔNG",
        "Vi phạm",
        "Xi Jinping",
        "khóa vi tính",
        "CD, DVD, MC",
        "Washington DC",
        "mix MIX",
        "IIII",
        "xem phim",
        "CIVIL",
        "Part C",
    ],
)
def test_letters_and_words_that_only_look_like_one_stay(text: str) -> None:
    assert not any(word[0].isdigit() for word in words(text))


@given(st.text(st.sampled_from("IVXLCDMivxХІ -quýthế"), max_size=30))
def test_no_text_is_an_error(text: str) -> None:
    spans = [(token.start, token.end) for token in tokens(text)]
    assert all((numeral(text, spans, i) or "1").isdecimal() for i in range(len(spans)))
