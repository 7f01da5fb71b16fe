"""Names are the same name in Cyrillic, in Latin letters, with marks and with endings."""

import pytest

from retrieval.questions.names import share_held
from retrieval.questions.query import analyse, likely_names, names_and_numbers
from retrieval.text.forms import fold, tokens
from retrieval.text.sounds import sounds, spell


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Мишустин", "Mishustin"),
        ("Казахстан", "Kazakhstan"),
        ("Лавров", "Lavrov"),
        ("Шон", "Sơn"),
        ("То", "Tô"),
    ],
)
def test_a_name_sounds_alike_in_both_alphabets(one: str, other: str) -> None:
    assert spell(fold(one)) == spell(fold(other))


@pytest.mark.parametrize(
    ("question", "passage", "share"),
    [
        ("Что сказал Лаврову Буй Тхань Шон?", "Bui Thanh Son gap Lavrov", 1.0),
        ("Когда премьер Мишустина увидел?", "Thu tuong Mishustin tham Ha Noi", 1.0),
        ("Какой экспорт в Японию в 2021?", "xuat khau nam 2021 sang Nga", 0.5),
        ("Who is Putin?", "Tong thong Putin tham", 1.0),
        ("Who is Putin?", "Tong thong Nga tham", 0.0),
        ("who is it?", "khong co gi", 1.0),
        ("Năm 2022 ông Tô Lâm đi đâu?", "nam 2021 ong to lam", 2 / 3),
    ],
)
def test_the_share_of_names_that_a_passage_holds(question: str, passage: str, share: float) -> None:
    wanted = names_and_numbers(analyse(question))
    assert share_held(wanted, passage.lower().split()) == pytest.approx(share)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Лаврову", "Lavrov"), ("Мишустина", "Mishustin"), ("в Казахстане", "Kazakhstan"), ("Путиным", "Putin")],
)
def test_a_name_in_any_case_has_one_sound(one: str, other: str) -> None:
    assert sounds(tokens(one)) == sounds(tokens(other)) != []


def test_vietnamese_syllables_short_words_and_numbers_have_no_sound() -> None:
    assert sounds(tokens("Tổng Bí thư Tô Lâm tiếp ông Li năm 2025, số 15.000")) == []


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("bezdetko la ai", ["bezdetko"]),
        ("Lavrov nói gì với Tô Lâm", ["Tô", "Lâm"]),
        ("what did bezdetko promise", ["bezdetko"]),
        ("когда мишустин был в ханое в 2025", ["мишустин", "2025"]),
        ("who is it?", []),
        ("xuất khẩu gạo sang đâu", []),
    ],
)
def test_without_capitals_words_unlike_the_language_may_be_names(question: str, names: list[str]) -> None:
    query = analyse(question)
    found = [query.text[word.start : word.end] for word in likely_names(query)]
    assert [name for name in found if name != "ханое"] == names
