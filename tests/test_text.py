"""What is one word, one number, one sentence, and what is the same text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.forms import exact_form, fold, normalise, tokens
from retrieval.text.numbers import canonical_number
from retrieval.text.sentences import sentences

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200) | st.text(
    alphabet=st.sampled_from(" \n\t\r\u00a0\u200b\u2028\ufeffaBđ1.,/!?…»”\u0301\u0303。ก漢ệ\ud800"),
    max_size=60,
)


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(ANY_TEXT)
def test_a_normal_text_has_plain_single_blanks_and_can_be_encoded(text: str) -> None:
    normal = normalise(text)
    assert all(line == " ".join(line.split()) for line in normal.split("\n"))
    assert normal.encode("utf-8").decode("utf-8") == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Tie\u0302\u0301ng", "Tiếng"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("  giá\u00a0\u00a0vàng\t ", "giá vàng"),
        ("\ufeffsố\u200b liệu\u00ad", "số liệu"),
        ("a\x00b\x07c", "abc"),
        ("x\ud800y", "x\ufffdy"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_normal_form_of_what_sources_and_keyboards_give(written: str, normal: str) -> None:
    assert normalise(written) == normal


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Mã Đà", "ma da"), ("Ёлка", "елка"), ("ĐẮK LẮK", "dak lak"), ("Trường Sa đ", "truong sa d")],
)
def test_folding_takes_case_and_marks_away(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(written * 20) == folded * 20


def test_the_exact_form_is_one_for_both_places_of_a_tone_mark() -> None:
    assert exact_form("hoà") == exact_form("HÒA") != exact_form("hoa")


@given(ANY_TEXT)
def test_tokens_stand_in_order_where_they_say(text: str) -> None:
    position = 0
    for token in tokens(text):
        assert position <= token.start < token.end <= len(text)
        assert text[token.start : token.end].strip() == text[token.start : token.end]
        assert token.folded and token.exact
        position = token.end


def test_tokens_are_words_numbers_and_single_characters_of_scripts_without_blanks() -> None:
    text = "Nga's 4,1 tỷ; 漢字 (ไทย)"
    assert [text[t.start : t.end] for t in tokens(text)] == "Nga's 4,1 tỷ 漢 字 ไ ท ย".split()


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("135.000", "135000"),
        ("135,000", "135000"),
        ("1.234.567", "1234567"),
        ("4,1", "4.1"),
        ("4.1", "4.1"),
        ("2012", "2012"),
        ("02.04.2025", "2/4/2025"),
        ("2/4/2025", "2/4/2025"),
        ("05/09", "5/9"),
        ("12.5", "12.5"),
    ],
)
def test_numbers_and_dates_have_one_form_whatever_the_writing(written: str, canonical: str) -> None:
    assert canonical_number(written) == canonical
    assert [token.folded for token in tokens(f"ngày {written}.")][1:] == [canonical]


def test_digits_of_a_unicode_newer_than_pythons_are_no_error() -> None:
    """KAWI DIGIT ONE is a digit for the regex library before Python's int() knows it."""
    assert tokens("1/\U00011f51 01.\U00011f51.2024")


def written_sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@given(ANY_TEXT)
def test_sentences_cover_every_character_that_is_not_blank_once_and_in_order(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert start < end
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "parts",
    [
        ["Câu một.", "Câu hai!", "Câu ba?", "Câu bốn… ", "Hết"],
        ["TP. Hồ Chí Minh đón khách.", "Hôm nay mưa."],
        ["Ông V. Putin đến thăm.", "Lễ đón diễn ra."],
        ["Mr. Smith met Dr. House.", "They talked."],
        ["В 2024 г. Товарооборот вырос.", "Это рекорд."],
        ["“Tôi đồng ý.”", "Ông nói thêm."],
        ["Giá là 4.1 tỷ USD.", "Tăng 27.4%."],
        ["Ông hỏi: “Vì sao?” rồi đi.", "Hết."],
        ["今天下雨。", "明天晴。"],
        ["Một dòng không có dấu chấm", "Dòng hai"],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(parts: list[str]) -> None:
    parts = [part.strip() for part in parts]
    joiner = "\n" if parts[0][-1].isalpha() else "" if parts[0][-1] == "。" else " "
    assert written_sentences(joiner.join(parts)) == parts


def test_a_part_of_a_text_is_cut_like_the_whole_and_nothing_outside_it() -> None:
    text = "Một. Hai. Ba. Bốn."
    assert [text[s.start : s.end] for s in sentences(text, 5, 13)] == ["Hai.", "Ba."]


def test_a_very_long_line_of_many_sentences_is_no_burden() -> None:
    """Each boundary looks at its neighbourhood, not at the rest of the line."""
    assert len(sentences("Giá vàng hôm nay tăng mạnh. " * 30_000)) == 30_000
