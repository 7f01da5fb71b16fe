"""What a question may mean that was asked after others, and which of it is answered."""

import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st
from small_index import fitted, index, open_index

from retrieval.article import Citation, Excerpt, Span
from retrieval.follow_ups.context import Context
from retrieval.follow_ups.in_context import answer_in_context
from retrieval.follow_ups.reading import read_after
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever

TRADE = "Kim ngạch thương mại Việt Nam - Nga năm 2024?"
VISIT = "Thủ tướng Nga Mikhail Mishustin thăm Việt Nam khi nào?"
PROJECTS = "How many projects does Russia have in Vietnam?"
TURNOVER = "Каков товарооборот между Вьетнамом и Казахстаном в 2024 году?"


def combined(question: str, previous: str) -> str | None:
    """The best formed reading of `question`, asked after `previous`; None where there is none."""
    found = read_after(analyse(question), Context.of(previous))
    return found.questions[0].text if found else None


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
        ("And Lavrov?", "How many times has Putin come?", "How many times has Lavrov come?"),
        ("Còn 2021?", "Kim ngạch 11 tháng năm 2024?", "Kim ngạch năm 2021?"),
        ("con nam 2021", "kim ngach 6 thang dau nam 2024", "kim ngach nam 2021"),
        ("And in 2021?", "Trade in the first 11 months of 2024?", "Trade in 2021?"),
        ("А в 2021?", "Торговля с Россией за 11 месяцев 2024 года?", "Торговля с Россией 2021 года?"),
        ("When?", "How many times has Putin come?", "When has Putin come?"),
        ("khi nao", "putin tham viet nam bao nhieu lan", "putin tham viet nam khi nao"),
        ("Когда?", "Сколько раз Путин посещал Вьетнам?", "Когда Путин посещал Вьетнам?"),
    ],
)
def test_the_previous_question_takes_in_what_the_current_one_names(
    question: str, previous: str, searched: str
) -> None:
    assert combined(question, previous) == searched


@pytest.mark.parametrize(
    ("question", "previous", "searched"),
    [
        ("Còn vốn đăng ký?", TRADE, "Việt Nam, Nga, 2024: vốn đăng ký?"),
        ("Còn xuất khẩu năm 2021?", TRADE, "Việt Nam, Nga: xuất khẩu năm 2021?"),
        (
            "Ai sang tháng 4/2025?",
            "Putin sang Việt Nam tháng 6/2024 chưa?",
            "Putin, Việt Nam: Ai sang tháng 4/2025?",
        ),
        ("Còn 9 tháng năm 2021?", "Kim ngạch 11 tháng năm 2024?", "Kim ngạch: 9 tháng năm 2021?"),
        ("Vậy ai ký?", TRADE, "Việt Nam, Nga, 2024: ai ký?"),
        ("А туристы?", TURNOVER, "Вьетнамом, Казахстаном, 2024: туристы?"),
        ("do fees differ", "what is the price of a ticket?", "price of a ticket: do fees differ"),
        ("Ông ấy gặp ai?", VISIT, "Mikhail Mishustin gặp ai?"),
        ("When did he leave?", "When did Putin visit Vietnam?", "When did Putin leave?"),
        ("did his wife die", "who is Dwi Haris", "did Dwi Haris's wife die"),
        ("do people want her to", "is Jane Doe going to run", "do people want Jane Doe to"),
    ],
)
def test_what_is_said_now_is_said_of_what_was_talked_about(
    question: str, previous: str, searched: str
) -> None:
    assert combined(question, previous) == searched


@pytest.mark.parametrize(
    ("question", "previous"),
    [
        ("What about Kazakhstan?", "How much was the trade of Vietnam and Russia in 2024?"),
        ("Còn Belarus?", "Kim ngạch thương mại Việt Nam - Kazakhstan trong năm 2024 đạt bao nhiêu?"),
        ("А с Белоруссией?", TURNOVER),
    ],
)
def test_the_year_is_left_out_whole_where_the_second_reading_has_none(question: str, previous: str) -> None:
    found = read_after(analyse(question), Context.of(previous))
    assert found is not None
    assert [each.text for each in found.questions][1] in (
        "How much was the trade of Vietnam and Kazakhstan?",
        "Kim ngạch thương mại Việt Nam - Belarus đạt bao nhiêu?",
        "Каков товарооборот между Вьетнамом и Белоруссией?",
    )


def test_the_subject_is_carried_on_from_turn_to_turn() -> None:
    context = Context(question="Putin: where did he stay?", said="where did he stay?", topic="Putin in Hanoi")
    found = read_after(analyse("which hotel was it"), context)
    assert found is not None
    assert "Putin in Hanoi: which hotel was it?" in [each.text for each in found.questions]


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
        "Thế vận hội 2024 tổ chức ở đâu?",
        "Putin là ai?",
        "Giá gạo tại Nhật ra sao?",
        "Thời tiết Hà Nội thế nào nhỉ?",
        "Who is the Russian ambassador to Vietnam?",
        "Кто посол России во Вьетнаме?",
    ],
)
def test_a_whole_question_does_not_lean_on_another(question: str) -> None:
    found = read_after(analyse(question), Context.of(TRADE))
    assert found is not None and not found.leans and found.topical


@pytest.mark.parametrize(
    "question", ["Giá vàng?", "ai ký", "Còn Belarus?", "он сознался?", "whose poll", "2021?"]
)
def test_what_is_no_whole_question_leans(question: str) -> None:
    found = read_after(analyse(question), Context.of(TRADE))
    assert found is not None and found.leans


@pytest.mark.parametrize("question", ["cảm ơn", "Còn?", "", "?!", "từ " * 200])
def test_what_says_nothing_has_no_reading(question: str) -> None:
    assert combined(question, TRADE) is None


@pytest.mark.parametrize("previous", ["", "từ " * 200, "Còn năm 2021?"])
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
def test_what_holds_the_new_part_is_the_answer(retriever: Retriever, question: str, article: str) -> None:
    turn = answer_in_context(retriever, analyse(question), Context.of(PRICE))
    assert turn.answer.answered
    assert turn.answer.excerpts[0].citation.article_id == article
    assert turn.answer.question == question
    assert turn.searched == turn.answer.searched == combined(question, PRICE)


@pytest.mark.parametrize("question", ["Còn năm 2015?", "Còn Nhật Bản?"])
def test_a_follow_up_whose_new_part_nothing_holds_is_refused(retriever: Retriever, question: str) -> None:
    turn = answer_in_context(retriever, analyse(question), Context.of(PRICE))
    assert (turn.answer.answered, turn.answer.excerpts, turn.answer.reason) == (False, (), "refused")
    assert turn.answer.nearest


@pytest.mark.parametrize("previous", [None, PRICE])
def test_a_whole_question_gets_its_own_answer(retriever: Retriever, previous: str | None) -> None:
    question = "Giá gạo tại Trung Quốc ra sao?"
    turn = answer_in_context(retriever, analyse(question), Context.of(previous) if previous else None)
    assert turn.searched is None
    assert turn.answer.excerpts == retriever.answer_worth_showing(analyse(question)).excerpts


def test_there_are_at_most_as_many_excerpts_as_wanted(retriever: Retriever) -> None:
    for limit in (1, 2):
        turn = answer_in_context(retriever, analyse("Giá gạo?"), Context.of(PRICE), limit)
        assert len(turn.answer.excerpts) <= limit
        refused = answer_in_context(retriever, analyse("Còn năm 2015?"), Context.of(PRICE), limit)
        assert len(refused.answer.nearest) <= limit


@pytest.mark.parametrize(
    ("question", "is_held"), [("And bilateral investment?", True), ("And bilateral fishing?", False)]
)
def test_a_word_that_the_glossary_alone_translates_is_looked_for(question: str, is_held: bool) -> None:
    found = read_after(analyse(question), Context.of("What is the trade of Vietnam and Russia?"))
    assert found is not None
    text = "Đầu tư song phương đạt 800 triệu USD."
    citation = Citation("a", None, None, None, None, None, None, 1, "")
    excerpt = Excerpt(text, (Span(0, len(text)),), 1.0, "a#0", 0, len(text), citation)
    assert found.new.held_by(excerpt, "vi") is is_held


def test_the_time_of_all_searches_is_told(retriever: Retriever) -> None:
    alone = retriever.answer(
        analyse("Còn năm 2020?")
    ).elapsed_ms  # another year: what was asked before is remembered
    told = answer_in_context(retriever, analyse("Còn năm 2021 thì sao?"), Context.of(PRICE)).answer.elapsed_ms
    assert set(alone) <= set(told)
    assert list(told)[-1] == "total"
