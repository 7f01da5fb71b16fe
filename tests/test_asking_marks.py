"""What asks in a question typed without marks is written as questions write it, whatever the articles say."""

import pytest

from retrieval.questions.query import analyse, with_marks


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("tham nga ngay may den ngay may", "tham nga ngày mấy den ngày mấy"),
        ("chang cuoi la nuoc nao", "chang cuoi la nước nào"),
        ("khoa nao", "khoa nào"),
        ("ky nhung gi o dau", "ky nhung gì ở đâu"),
        ("may bay roi o dau", "may bay roi ở đâu"),
        ("thăm ngay may", "thăm ngay may"),
    ],
)
def test_question_words_get_their_marks(typed: str, written: str) -> None:
    assert with_marks(analyse(typed), lambda text: text).text == written
