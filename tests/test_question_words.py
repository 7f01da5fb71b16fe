"""Question words are no evidence; what looks like one and is none stays."""

import pytest

from retrieval.questions.answer_type import telling_runs
from retrieval.questions.query import analyse


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("Bezdetko là ai?", ["bezdetko"]),
        ("bezdetko la ai", ["bezdetko"]),
        ("Kim ngạch Việt - Nga là bao nhiêu?", ["kim ngach viet nga la"]),
        ("xuất khẩu may mặc đạt mấy tỷ", ["xuat khau may mac dat", "ty"]),
        ("AI là gì?", ["ai"]),
        ("How many projects does the WHO have?", ["projects does the who have"]),
        ("Кто посол и сколько проектов?", ["посол и", "проектов"]),
        ("ai?", ["ai"]),
        ("what?", ["what"]),
    ],
)
def test_the_words_that_tell_what_is_asked_for(question: str, telling: list[str]) -> None:
    runs = telling_runs(analyse(question))
    assert [" ".join(word.folded for word in run) for run in runs] == telling
