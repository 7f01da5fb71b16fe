"""What a text that somebody typed is taken for: a question, small talk, or nothing to search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.questions.query import MAX_CHARACTERS, analyse


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0\u200b\ufeff", "\x00\x07"])
def test_nothing_visible_is_blank(text: str) -> None:
    query = analyse(text)
    assert (query.kind, query.reason, query.tokens) == ("invalid", "blank", ())


def test_the_longest_question_is_a_question_and_one_more_character_is_too_long() -> None:
    assert analyse("a" * MAX_CHARACTERS).kind == "question"
    query = analyse("a" * (MAX_CHARACTERS + 1))
    assert (query.kind, query.reason) == ("invalid", "too_long")


def test_blanks_do_not_count_towards_the_length() -> None:
    assert analyse(" " * 10_000 + "giá vàng" + "\n" * 10_000).text == "giá vàng"


@pytest.mark.parametrize(
    ("text", "language", "unaccented", "profile"),
    [
        ("Giá vàng hôm nay?", "vi", False, "vi"),
        ("gia vang hom nay", "vi", True, "vi-unmarked"),
        ("What is the price of gold?", "en", False, "other"),
        ("Сколько стоит золото?", "ru", False, "other"),
    ],
)
def test_a_question_has_a_language_and_a_kind_of_its_own(
    text: str, language: str, unaccented: bool, profile: str
) -> None:
    query = analyse(text)
    assert (query.kind, query.reason) == ("question", None)
    assert (query.language, query.unaccented, query.profile) == (language, unaccented, profile)


def test_one_question_typed_in_two_normal_forms_is_one_query() -> None:
    import unicodedata

    text = "Kim ngạch thương mại?"
    assert analyse(unicodedata.normalize("NFD", text)) == analyse(f"  {text}\u200b ")


@given(st.text(st.characters(), max_size=300))
def test_no_text_is_an_error(text: str) -> None:
    query = analyse(text)
    assert query.kind in ("question", "chitchat", "invalid")
    assert (query.reason is None) == (query.kind == "question")
