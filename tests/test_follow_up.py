"""A question that leans on the one before is searched with it; one that stands by itself never is."""

import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st
from small_index import fitted, index, open_index

from retrieval.article import Citation, Excerpt, Span
from retrieval.follow_ups.answering import answer_in_context
from retrieval.follow_ups.reading import read_together
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever

TRADE = "Kim ngạch thương mại Việt Nam - Nga năm 2024?"
VISIT = "Thủ tướng Nga Mikhail Mishustin thăm Việt Nam khi nào?"
PROJECTS = "How many projects does Russia have in Vietnam?"
TURNOVER = "Каков товарооборот между Вьетнамом и Казахстаном в 2024 году?"


def combined(question: str, previous: str) -> str | None:
    """What is searched first for `question`, asked after `previous`; None where it stands by itself."""
    found = read_together(analyse(question), analyse(previous))
    return found.attempts[0] if found else None


@pytest.mark.parametrize(
    ("question", "previous", "searched"),
    [
        ("Còn năm 2021?", TRADE, "Kim ngạch thương mại Việt Nam - Nga năm 2021?"),
        ("con nam 2021?", TRADE, "Kim ngạch thương mại Việt Nam - Nga năm 2021?"),
        ("2021?", TRADE, "Kim ngạch thương mại Việt Nam - Nga năm 2021?"),
        ("What about 2021?", TRADE, "Kim ngạch thương mại Việt Nam - Nga năm 2021?"),
        ("А в 2021 году?", TURNOVER, "Каков товарооборот между Вьетнамом и Казахстаном в 2021 году?"),
        ("Còn tháng 4/2021?", TRADE, "Kim ngạch thương mại Việt Nam - Nga năm 4/2021?"),
        ("Còn ngày 28/9?", "Ai gặp Tô Lâm ngày 2/4?", "Ai gặp Tô Lâm ngày 28/9?"),
        ("thế còn với Trung Quốc?", TRADE, "Kim ngạch thương mại Việt Nam - Trung Quốc năm 2024?"),
        ("Belarus thì sao?", TRADE, "Kim ngạch thương mại Việt Nam - Belarus năm 2024?"),
        ("What about China?", PROJECTS, "How many projects does China have in Vietnam?"),
        ("А с Белоруссией?", TURNOVER, "Каков товарооборот между Вьетнамом и Белоруссией в 2024 году?"),
        ("And Vietnam?", PROJECTS, "How many projects does Vietnam have in Russia?"),
        ("Còn Putin?", VISIT, "Thủ tướng Nga Putin thăm Việt Nam khi nào?"),
        ("Còn vốn đăng ký?", TRADE, "Kim ngạch thương mại Việt Nam - Nga năm 2024 vốn đăng ký"),
        ("Vậy ai ký?", TRADE, "Kim ngạch thương mại Việt Nam - Nga năm 2024 ai ký"),
        ("Ông ấy gặp ai?", VISIT, "Thủ tướng Nga Mikhail Mishustin thăm Việt Nam gặp ai"),
    ],
)
def test_the_previous_question_takes_in_what_the_current_one_names(
    question: str, previous: str, searched: str
) -> None:
    assert combined(question, previous) == searched


FARE = "Giá vé xe buýt ở Đà Nẵng là bao nhiêu?"


@pytest.mark.parametrize(
    ("question", "previous", "searched"),
    [
        ("và ở Hà Nội?", FARE, "Giá vé xe buýt ở Hà Nội là bao nhiêu?"),
        ("Còn ở Hà Nội?", "Giá vé xe buýt ở Huế là bao nhiêu?", "Giá vé xe buýt ở Hà Nội là bao nhiêu?"),
        ("còn ở Huế thì sao?", FARE, "Giá vé xe buýt ở Huế là bao nhiêu?"),
        ("còn ở Paris?", FARE, "Giá vé xe buýt ở Paris là bao nhiêu?"),
        ("con o Ha Noi?", "Gia ve xe buyt o Da Nang la bao nhieu?", "Gia ve xe buyt o Ha Noi la bao nhieu?"),
        ("And in Hanoi?", "What is the bus fare in Da Nang?", "What is the bus fare in Hanoi?"),
        ("What about Moscow?", "What is the bus fare in London?", "What is the bus fare in Moscow?"),
        ("А в Ханое?", "Сколько стоит билет в Дананге?", "Сколько стоит билет в Ханое?"),
        ("Còn Trung Quốc?", "Lũ ở Nga năm 2021?", "Lũ ở Trung Quốc năm 2021?"),
    ],
)
def test_a_town_takes_the_place_of_a_town(question: str, previous: str, searched: str) -> None:
    assert combined(question, previous) == searched


@pytest.mark.parametrize(
    "question",
    [
        "Đại sứ Nga tại Việt Nam là ai?",
        "Thế Nga có bao nhiêu dự án đầu tư tại Việt Nam?",
        "Thế vận hội 2024 tổ chức ở đâu?",
        "Putin là ai?",
        "Giá vàng?",
        "Giá gạo tại Nhật ra sao?",
        "Thời tiết Hà Nội thế nào nhỉ?",
        "Who is the Russian ambassador to Vietnam?",
        "What time is it in Moscow now?",
        "Кто посол России во Вьетнаме?",
        "cảm ơn",
        "Còn?",
        "",
        "?!",
        "từ " * 200,
    ],
)
def test_a_question_that_stands_by_itself_or_says_nothing_is_left_alone(question: str) -> None:
    assert combined(question, TRADE) is None


@pytest.mark.parametrize("previous", ["", "xin chào", "từ " * 200, "Còn năm 2021?"])
def test_nothing_is_taken_from_what_was_no_question_or_is_the_same(previous: str) -> None:
    assert combined("Còn năm 2021?", previous) is None


@given(
    st.text(max_size=80)
    | st.sampled_from(["Còn ", "And ", "А "]).flatmap(lambda c: st.text(max_size=20).map(c.__add__)),
    st.text(max_size=80) | st.sampled_from([TRADE, VISIT, PROJECTS, TURNOVER]),
)
def test_any_two_texts_can_follow_each_other(question: str, previous: str) -> None:
    found = combined(question, previous)
    assert found is None or found.strip()


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """Answers by the shared concepts alone, whatever the year, the country or the name."""
    data_dir = tmp_path_factory.mktemp("follow-up") / "data"
    index(
        data_dir,
        {"id": "2020", "text": "Giá vàng năm 2020 là 50 triệu đồng một lượng tại Hà Nội.", "lang": "vi"},
        {"id": "2021", "text": "Giá vàng năm 2021 là 60 triệu đồng một lượng tại Hà Nội.", "lang": "vi"},
        {"id": "dated", "text": "Giá vàng là 70 triệu đồng.", "lang": "vi", "date": "2022-03-04"},
        {"id": "china", "text": "Giá gạo tại Trung Quốc tăng do lũ.", "lang": "vi"},
    )
    return Retriever(open_index(data_dir), FakeEmbedder(), fitted(threshold=0.3), worth_showing=9)


PRICE = "Giá vàng năm 2020 là bao nhiêu?"


@pytest.mark.parametrize(
    ("question", "article"), [("Còn năm 2021?", "2021"), ("con nam 2021", "2021"), ("Còn 2022?", "dated")]
)
def test_only_what_holds_the_new_part_is_an_answer(retriever: Retriever, question: str, article: str) -> None:
    answer, searched = answer_in_context(retriever, analyse(question), analyse(PRICE))
    assert answer.answered
    assert [excerpt.citation.article_id for excerpt in answer.excerpts] == [article]
    assert answer.question == question
    assert searched == combined(question, PRICE)


@pytest.mark.parametrize("question", ["Còn năm 2015?", "Còn Nhật Bản?", "Tại sao?"])
def test_a_follow_up_whose_new_part_nothing_holds_is_refused(retriever: Retriever, question: str) -> None:
    answer, searched = answer_in_context(retriever, analyse(question), analyse(PRICE))
    assert (answer.answered, answer.excerpts, answer.reason) == (False, (), "refused")
    assert answer.nearest
    assert searched is not None


@pytest.mark.parametrize("previous", [None, PRICE])
def test_a_whole_question_gets_its_own_answer(retriever: Retriever, previous: str | None) -> None:
    question = "Giá gạo tại Trung Quốc ra sao?"
    answer, searched = answer_in_context(
        retriever, analyse(question), analyse(previous) if previous else None
    )
    assert searched is None
    assert answer.excerpts == retriever.answer_worth_showing(analyse(question)).excerpts


def test_there_are_at_most_as_many_excerpts_as_wanted(retriever: Retriever) -> None:
    for limit in (1, 2):
        answer, _ = answer_in_context(retriever, analyse("Giá gạo?"), analyse(PRICE), limit)
        assert len(answer.excerpts) <= limit
        refused, _ = answer_in_context(retriever, analyse("Còn năm 2015?"), analyse(PRICE), limit)
        assert len(refused.nearest) <= limit


@pytest.mark.parametrize(
    ("question", "is_held"), [("And bilateral investment?", True), ("And bilateral fishing?", False)]
)
def test_a_word_that_the_glossary_alone_translates_is_looked_for(question: str, is_held: bool) -> None:
    found = read_together(analyse(question), analyse("What is the trade of Vietnam and Russia?"))
    assert found is not None
    text = "Đầu tư song phương đạt 800 triệu USD."
    citation = Citation("a", None, None, None, None, None, None, 1, "")
    excerpt = Excerpt(text, (Span(0, len(text)),), 1.0, "a#0", 0, len(text), citation)
    assert found.new.held_by(excerpt, "vi") is is_held


def test_the_time_of_all_searches_is_told(retriever: Retriever) -> None:
    alone = retriever.answer(
        analyse("Còn năm 2020?")
    ).elapsed_ms  # another year: what was asked before is remembered
    answer, _ = answer_in_context(retriever, analyse("Còn năm 2021 thì sao?"), analyse(PRICE))
    assert set(alone) <= set(answer.elapsed_ms)
    assert list(answer.elapsed_ms)[-1] == "total"
