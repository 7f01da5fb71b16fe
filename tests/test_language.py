"""What `detect_language` says of questions as readers type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.language import Language, detect_language, is_syllable


@pytest.mark.parametrize(
    "question",
    [
        "Kim ngạch thương mại Việt - Nga là bao nhiêu?",
        "Kim ngạch thuong mai",
        "Đội Panthers đã thua bao nhiêu điểm?",
        "Tô Lâm",
    ],
)
def test_vietnamese_with_any_marks_is_accented_vietnamese(question: str) -> None:
    assert detect_language(question) == Language("vi", unaccented=False)


@pytest.mark.parametrize(
    "question",
    [
        "Kim ngach thuong mai Viet Nga",
        "gia vang hom nay",
        "ai la tong thong my",
        "nga co bao nhieu du an",
        "Gennady Bezdetko la ai",
        "thoi tiet ha noi",
        "so dien thoai",
    ],
)
def test_vietnamese_typed_without_marks_is_recognised(question: str) -> None:
    assert detect_language(question) == Language("vi", unaccented=True)


@pytest.mark.parametrize(
    "question",
    [
        "How many projects does Russia have?",
        "Who is Nguyễn Phú Trọng?",
        "When did To Lam go to Ha Noi?",
        "can he do it",
        "hello",
    ],
)
def test_english_stays_english_even_around_vietnamese_names(question: str) -> None:
    assert detect_language(question) == Language("en")


@pytest.mark.parametrize(
    "question", ["Сколько проектов у России?", "кто поёт say it with a long English title", "привет"]
)
def test_a_question_that_begins_in_cyrillic_is_russian(question: str) -> None:
    assert detect_language(question) == Language("ru")


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Хто президент України?", "uk"),
        ("谁是总统?", "zh"),
        ("大統領は誰ですか", "ja"),
        ("대통령은 누구입니까", "ko"),
        ("ใครคือประธานาธิบดี", "th"),
        ("من هو الرئيس؟", "ar"),
        ("Quel est le nom de la ville ?", "fr"),
        ("Wie heißt der Präsident von Russland?", "de"),
        ("¿Cuál es la capital de Rusia?", "es"),
    ],
)
def test_other_languages_get_their_own_code(question: str, code: str) -> None:
    assert detect_language(question).code == code


@pytest.mark.parametrize("question", ["", "   ", "2+2", "🙂", "Putin"])
def test_text_that_tells_nothing_is_undetermined(question: str) -> None:
    assert detect_language(question) == Language("und")


def test_decomposed_input_is_read_like_composed_input() -> None:
    assert detect_language("Ti\u00ea\u0323n ba\u0323c") == Language("vi", unaccented=False)


@pytest.mark.parametrize("word", ["nghiêng", "quốc", "giêng", "Nga", "nguoi", "duong", "gìn", "xoè"])
def test_vietnamese_syllables_are_built_of_an_onset_and_a_rhyme(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["să", "street", "ke\u0301a", "cem", "nge", "ka", "what", ""])
def test_foreign_words_are_no_vietnamese_syllables(word: str) -> None:
    assert not is_syllable(word)


@given(st.text())
def test_any_text_gets_a_code(text: str) -> None:
    assert detect_language(text).code
