"""Lines cut short: between words, never inside a pair of quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.shortening import LONGEST_OPENING, opening_words, shortened

PAIRS = [("“", "”"), ("«", "»"), ("「", "」"), ('"', '"')]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Ngắn.\nDòng hai", "Ngắn."),
        ("x" * 200, "x" * 80),
        ("từ " * 60, ("từ " * 27).strip()),
        ("a" * 76 + ", bốn từ nữa", "a" * 76),
        ("", ""),
    ],
)
def test_opening_words_are_whole_words_of_the_first_line(text: str, opening: str) -> None:
    assert opening_words(text) == opening


@pytest.mark.parametrize(("opens", "closes"), PAIRS)
def test_a_quotation_that_would_be_cut_is_left_out_or_ends_the_words(opens: str, closes: str) -> None:
    before = "Tổng Bí thư Tô Lâm dự và phát biểu tại diễn đàn mang tên"
    short = f"{opens}Đối tác tin cậy, cùng phát triển{closes}"
    long = f"{opens}Đối tác tin cậy, cùng phát triển vì hòa bình và thịnh vượng{closes}"
    assert opening_words(f"{before} {short} vào sáng nay ở Hà Nội.") == f"{before} {short}"
    assert opening_words(f"{before} {long} vào sáng nay ở Hà Nội.") == before


def test_a_quotation_at_the_beginning_is_cut_without_its_mark() -> None:
    said = "Chúng tôi luôn coi Việt Nam là đối tác ưu tiên hàng đầu ở khu vực châu Á và sẽ còn như thế mãi"
    words = opening_words(f"“{said}”, ông nói.")
    assert said.startswith(words) and said[len(words)] == " " and len(words) > 60


def test_quotations_inside_others_stay_with_them() -> None:
    line = "Ông nói “bài «Tin cậy» và bài «Chân thành» nói rõ điều đó” rồi ra về"
    assert shortened(line, 30) == "Ông nói"
    assert shortened(line, 60) == line[:60].rsplit(" ", 1)[0]


def test_a_mark_that_nothing_closes_opens_no_quotation() -> None:
    line = 'Màn hình 15" có giá mới là ' + "từ " * 40
    assert shortened(line, 40) == line[:40].rsplit(" ", 1)[0]
    assert shortened("“" + "từ " * 40, 40) == ("“" + "từ " * 13).strip()


@given(st.text(st.sampled_from('ab “”«»"\n') | st.characters(codec="utf-8"), max_size=300))
def test_opening_words_stand_at_the_beginning_of_the_text(text: str) -> None:
    words = opening_words(text)
    assert text.find(words) <= 1
    assert len(words) <= LONGEST_OPENING


@given(st.text(st.sampled_from('ab “”«»"') | st.characters(codec="utf-8"), max_size=300), st.integers(1, 90))
def test_a_line_is_cut_to_what_is_wished(line: str, longest: int) -> None:
    words = shortened(line, longest)
    assert len(words) <= longest or words == line
    assert words in line
