"""What makes two questions different, whatever their vectors say, and what does not."""

import pytest

from retrieval.questions.answer_type import asked_for
from retrieval.questions.query import analyse
from retrieval.questions.translation import load_lexicon
from retrieval.same_question.differences import Named, named_in, surely_differ

APART = [
    ("Kim ngạch với Nga năm 2019?", "Kim ngạch với Nga năm 2021?"),
    ("Kim ngạch với Nga năm 2019?", "Kim ngạch với Nga?"),
    ("Chuyện gì xảy ra ngày 2 tháng 4 năm 2025?", "What happened on April 3, 2025?"),
    ("Сколько экспортировали в апреле?", "How much was exported in May?"),
    ("Who was second in command?", "Who was third in command?"),
    ("GDP quý hai tăng bao nhiêu?", "GDP quý ba tăng bao nhiêu?"),
    ("Who won Super Bowl XLIX?", "Who won Super Bowl 50?"),
    ("Kim ngạch với Nga?", "Kim ngạch với Belarus?"),
    ("kim ngach voi nga", "Kim ngạch với Lào?"),
    ("What is China's GDP?", "GDP của Việt Nam là bao nhiêu?"),
    ("Ai là Đại sứ Nga tại Việt Nam?", "Who is the Vietnamese ambassador to Russia?"),
    ("ai la dai su nga tai viet nam", "ai la dai su viet nam tai nga"),
    ("Do Russians need a visa for Vietnam?", "Нужна ли вьетнамцам виза в Россию?"),
    ("Tổng thống Putin đến khi nào?", "When did President Lukashenko arrive?"),
    ("Когда приехал Путин?", "When did Lukashenko arrive?"),
    ("Ông Tô Lâm đến khi nào?", "Ông Phạm Minh Chính đến khi nào?"),
    ("Khi nào nhà máy hoạt động?", "Nhà máy hoạt động ở đâu?"),
    ("Who founded the company?", "Когда основали компанию?"),
    ("Vì sao xăng tăng giá?", "Xăng tăng giá bao nhiêu?"),
]
NOT_APART = [
    ("Ngày 02/04/2025 có sự kiện gì?", "Что произошло 2 апреля 2025 года?"),
    ("Thương mại hai chiều Việt - Nga năm 2024?", "Kim ngạch Việt Nam và Nga năm 2024?"),
    ("Vé metro số 2 giá bao nhiêu?", "Сколько стоит билет на вторую линию метро?"),
    ("kim ngach voi nga nam 2024", "Kim ngạch với Nga năm 2024?"),
    ("GDP của Việt Nam tăng bao nhiêu?", "How much did the GDP grow?"),
    ("What is China's GDP?", "GDP của Trung Quốc là bao nhiêu?"),
    ("Do Russians need a visa?", "Người Nga có cần visa không?"),
    ("Когда приехал Лукашенко?", "When did Lukashenko arrive?"),
    ("Peyton Manning bao nhiêu tuổi?", "How old is Manning?"),
    ("Josh Norman đoạt bóng bao nhiêu lần?", "Сколько мячей перехватил Джош Норман?"),
    ("На сколько вырос ВВП?", "How much did the GDP grow?"),
    ("Thủ tướng đến năm nào?", "When did the prime minister arrive?"),
    ("How old was he when he won?", "Bao nhiêu tuổi khi thắng?"),
    ("Who is the Russian Ambassador?", "Đại sứ Nga là ai?"),
]


def named(question: str) -> Named:
    query = analyse(question)
    return named_in(query, load_lexicon(query.language))


@pytest.mark.parametrize(("one", "other"), APART)
def test_a_number_a_country_a_name_or_the_kind_of_answer_tells_apart(one: str, other: str) -> None:
    assert surely_differ(named(one), named(other)) and surely_differ(named(other), named(one))


@pytest.mark.parametrize(("one", "other"), NOT_APART)
def test_what_is_only_written_differently_does_not(one: str, other: str) -> None:
    assert not surely_differ(named(one), named(other)) and not surely_differ(named(other), named(one))


def test_what_the_glossary_alone_translates_is_no_name() -> None:
    assert named("Who is the Russian Ambassador to Vietnam?").names == ()
    assert [word.folded for word in named("Who is the Russian Ambassador Bezdetko?").names] == ["bezdetko"]


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("AI là gì?", set()),
        ("Ai phát minh ra AI?", {"person"}),
        ("What is Doctor Who about?", set()),
        ("Metro chạy từ mấy giờ?", {"time", "amount"}),
        ("Máy giặt nào tốt?", set()),
        ("may gio roi", {"time", "amount"}),
    ],
)
def test_what_is_asked_for_is_told_by_words_alone(question: str, kinds: set[str]) -> None:
    assert asked_for(analyse(question)) == kinds
