"""Who somebody is, is answered by a passage that holds the whole name."""

from datetime import date

import pytest
from small_index import article

from retrieval.article import Passage
from retrieval.questions.names import holds_name, named_person
from retrieval.questions.query import analyse

TEXT = "Chủ tịch phường Đoàn Đình Đạt nói việc nạo vét tốn mười chín tỷ đồng."
PASSAGE = Passage("a#0", "a", 0, len(TEXT), TEXT)


def person(question: str) -> str:
    return " ".join(token.folded for token in named_person(analyse(question)))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Đoàn Đình Đạt là ai?", "doan dinh dat"),
        ("Ai là Đoàn Đình Đạt?", "doan dinh dat"),
        ("doan dinh dat la ai vay", "doan dinh dat"),
        ("Who is Sergey Lavrov?", "sergey lavrov"),
        ("Кто такой Сергей Лавров?", "сергеи лавров"),
        ("Кто такая Мария Лескова?", "мария лескова"),
        ("Chủ tịch phường là ai?", ""),
        ("Đạt là ai?", ""),
        ("Kim ngạch là gì?", ""),
        ("Who is the ambassador of Russia?", ""),
    ],
)
def test_the_person_that_a_question_asks_after(question: str, name: str) -> None:
    assert person(question) == name


@pytest.mark.parametrize(
    ("question", "marked", "told"),
    [
        ("Đoàn Đình Đạt là ai?", True, True),
        ("Ðoàn Ðình Ðạt là ai?", True, True),
        ("Đoàn Đình Đát là ai?", True, False),
        ("doan dinh dat la ai", False, True),
        ("Đoàn Đình Đức là ai?", True, False),
        ("Đình Đoàn Đạt là ai?", True, False),
    ],
)
def test_a_passage_tells_of_a_person_by_the_whole_name(question: str, marked: bool, told: bool) -> None:
    name = named_person(analyse(question))
    assert holds_name(PASSAGE, article(TEXT, date=date(2025, 3, 3)), name, marked=marked) is told


@pytest.mark.parametrize("question", ["Lavrov là ai?", "lavrov la ai", "Кто такой Лавров?", "who is lavrov?"])
def test_one_foreign_name_is_enough_in_any_alphabet(question: str) -> None:
    query = analyse(question)
    text = "Ngoại trưởng Lavrov thăm Hà Nội."
    passage = Passage("a#0", "a", 0, len(text), text)
    name = named_person(query)
    assert len(name) == 1
    assert holds_name(passage, article(text), name, marked=query.profile == "vi")
    other = Passage("a#1", "a", 0, 9, "Ông Putin")
    assert not holds_name(other, article("Ông Putin"), name, marked=query.profile == "vi")
