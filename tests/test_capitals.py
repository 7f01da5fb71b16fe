"""Names in a question typed in small letters get the capitals that the passages give them, before both are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ranking.capitals import as_written_in

TEXTS = (
    "Hôm nay ông Bùi Thanh Sơn thăm Nga. Chuyến thăm của Nga và Sơn La kéo dài.",
    "Ở đây sơn nhà rất đẹp.",
)


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("bùi thanh sơn thăm nga khi nào", "Bùi Thanh sơn thăm Nga khi nào"),
        ("chuyến thăm kéo dài mấy ngày?", "chuyến thăm kéo dài mấy ngày?"),
        ("Bùi thanh sơn thăm nga khi nào", "Bùi thanh sơn thăm nga khi nào"),
        ("la", "La"),
        ("", ""),
        ("2024?", "2024?"),
    ],
)
def test_words_that_always_have_a_capital_inside_sentences_get_one(question: str, written: str) -> None:
    assert as_written_in(question, TEXTS) == written


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=3))
def test_nothing_but_capitals_changes(question: str, texts: list[str]) -> None:
    assert as_written_in(question, texts).lower() == question.lower()
