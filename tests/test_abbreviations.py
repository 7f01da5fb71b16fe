"""What people abbreviate in chats is searched as what it means."""

import pytest

from retrieval.ranking.abbreviations import write_out
from retrieval.ranking.query import analyse


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("VN xk bn sang Nga?", "Việt Nam xuất khẩu bao nhiêu sang Nga?"),
        ("TBT nói j?", "Tổng Bí thư nói gì?"),
        ("có đc ko", "có được không"),
        ("bnhiêu ng", "bao nhiêu người"),
        ("VND, 5k, k5, VN-A", "VND, 5k, k5, Việt Nam-A"),
        ("không được", "không được"),
    ],
)
def test_abbreviations_are_written_out_and_nothing_else_changes(typed: str, meant: str) -> None:
    assert write_out(typed) == meant


def test_a_question_of_abbreviations_is_vietnamese_without_marks() -> None:
    query = analyse("vn co ko")
    assert (query.language, query.unaccented) == ("vi", True)
    assert query.text == "Việt Nam co không"


@pytest.mark.parametrize("question", ["Lakers vs Celtics?", "What is DC?", "Сколько км, кг и k?"])
def test_other_languages_keep_their_abbreviations(question: str) -> None:
    assert analyse(question).text == question
