"""Amounts, dates and names of a Vietnamese sentence: each as it is written, and none that may be something else."""

from datetime import date

import pytest
from answers import make_excerpt
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.replies.glance import reader_form
from bot.texts import load_texts
from retrieval.article import Span
from retrieval.excerpts.atoms import MOST, Atom, at_a_glance, atoms_in
from retrieval.questions.query import analyse

EN, RU = load_texts("en"), load_texts("ru")
PIECES = st.sampled_from(
    "4,1 1.234 15 2/4 9/5/2025 năm 2024 tháng ngày triệu tỷ nghìn USD đồng % gần hơn quý I - đến và , . ( ) "
    "Tô Lâm Putin Việt Nam km độ C 1,234 000 / thứ lần bảy".split(" ")
)


def found(text: str) -> list[Atom]:
    return atoms_in(text, Span(0, len(text)))


def converted(text: str) -> dict[str, str]:
    """The amounts and dates of a sentence as they are written, each as an English reader writes it."""
    return {atom.within(text): form for atom in found(text) if (form := reader_form(atom, EN))}


def test_amounts_and_dates_are_found_as_they_are_written() -> None:
    text = "Kim ngạch 11 tháng năm 2024 đạt gần 4,1 tỷ USD, tăng 27,4%; quý I/2025 là 800 triệu USD/năm."
    assert converted(text) == {
        "11 tháng": "11 months",
        "năm 2024": "2024",
        "gần 4,1 tỷ USD": "≈ 4.1 billion USD",
        "27,4%": "27.4%",
        "quý I/2025": "Q1 2025",
        "800 triệu USD/năm": "800 million USD per year",
    }


@pytest.mark.parametrize(
    ("written", "english", "russian"),
    [
        ("800 triệu USD", "800 million USD", "800 млн USD"),
        ("30 nghìn tỷ đồng", "30 trillion VND", "30 трлн VND"),
        ("1.234 tỷ đồng", "1.234 trillion VND", "1,234 трлн VND"),
        ("2 triệu rưỡi", "2.5 million", "2,5 млн"),
        ("1 triệu 200 nghìn đồng", "1.2 million VND", "1,2 млн VND"),
        ("5 vạn người", "50,000 people", "50 000 человек"),
        ("10-12 tỷ USD", "10–12 billion USD", "10–12 млрд USD"),
        ("500-1.200 triệu đồng", "500–1,200 million VND", "500–1 200 млн VND"),
        ("10 tỷ - 12 tỷ USD", "10–12 billion USD", "10–12 млрд USD"),
        ("từ 20% đến 30%", "20–30%", "20–30 %"),
        ("€3,1 tỷ", "3.1 billion EUR", "3,1 млрд EUR"),
        ("hơn 20 dự án", "> 20 projects", "> 20 проектов"),
        ("dưới 18 tuổi", "< 18 years old", "< 18 лет"),
        ("21 năm", "21 years", "21 год"),
        ("3-4 lần", "3–4 times", "3–4 раза"),
        ("1,5 năm", "1.5 years", "1,5 года"),
        ("năm lần", "5 times", "5 раз"),
        ("bảy năm", "7 years", "7 лет"),
        ("ba nghìn tỷ đồng", "3 trillion VND", "3 трлн VND"),
        ("76.000 ha", "76,000 ha", "76 000 га"),
        ("35 độ C", "35 °C", "35 °C"),
        ("100 km/giờ", "100 km/h", "100 км/ч"),
        ("quý 3 năm 2024", "Q3 2024", "III квартал 2024 г."),
        ("quý I", "Q1", "I квартал"),
        ("ngày 9/5", "9 May", "9 мая"),
        ("ngày 9-5-2025", "9 May 2025", "9 мая 2025 г."),
        ("30.4.1975", "30 April 1975", "30 апреля 1975 г."),
        ("ngày 2 tháng 4 năm 2025", "2 April 2025", "2 апреля 2025 г."),
        ("ngày 9 tháng năm", "9 May", "9 мая"),
        ("tháng 1/2025", "January 2025", "январь 2025 г."),
        ("tháng Tư", "April", "апрель"),
        ("từ 8 đến 11/5/2025", "8 to 11 May 2025", "8 – 11 мая 2025 г."),
        ("29/11 - 2/12", "29 November to 2 December", "29 ноября – 2 декабря"),
        ("tháng 4-6/2024", "April to June 2024", "апрель – июнь 2024 г."),
        ("giai đoạn 2021-2025", "2021 to 2025", "2021 – 2025"),
        ("Ngày 13 tháng 10 năm 1982", "13 October 1982", "13 октября 1982 г."),
        ("những năm 1990", "1990s", "1990-е годы"),
        ("thế kỷ XXI", "21st century", "21-й век"),
    ],
)
def test_readers_get_the_same_amount_or_date_as_they_write_it(
    written: str, english: str, russian: str
) -> None:
    text = f"Con số đó là {written}, theo báo cáo."
    (atom,) = found(text)
    assert written.endswith(atom.within(text))
    assert reader_form(atom, EN) == english
    assert (reader_form(atom, RU) or "").replace("\xa0", " ") == russian


@pytest.mark.parametrize(
    "text",
    [
        "Có 2 triệu phú, 3 tỷ phú và 5 triệu chứng.",
        "Khóa 13 họp, phiên 5, phường 12, thứ 25, quốc lộ 1.",
        "Máy bay Boeing 737, xe iPhone 15 năm nay, tiêm kích Su-35, dịch Covid-19, hội nghị G20.",
        "Thắng với tỷ số 2-1, hòa 3-0, cả 24/7.",
        "Chiếm 2/3 số phiếu và 1/5 dân số, chiều dài khoảng bằng 3/4.",
        "Có 3 tuần dương hạm, rộng 303.571 km ², vào thế kỉ 16–17.",
        "Từ thế kỷ thứ 4 và thứ 3 TCN đến đầu 1249, lúc đó.",
        "Diễn ra ngày 5-9 tại đây.",
        "Lễ hội ngày 10 tháng 3 âm lịch, mùng 5, rằm tháng 7.",
        "Thông tư 05/2022 và Nghị định 10/2023/NĐ-CP.",
        "Cứ 6 tháng 1 lần thì họp.",
        "Mỗi năm 2000 cây.",
        "Năm 179 TCN và thế kỷ 3 trước Công Nguyên.",
        "Ngày 31/2 và ngày 12/25/2024.",
        "Có 15 000 tấn và 1,234 người.",
        "Từ 500 đến 1 triệu.",
        "Vài ba năm, hai mươi năm mươi, hai nước, một lần.",
        "Lúc 9h30, 10:15 và 3 giờ 30 phút.",
        "Động đất mạnh 7,5 độ, tổ chức hai năm một lần.",
        "Chạy 85 dặm trên giờ.",
        "Lạnh âm 5 độ C, tức -5 độ C.",
    ],
)
def test_what_may_be_something_else_is_converted_into_nothing(text: str) -> None:
    sure = [atom for atom in found(text) if atom.value and not getattr(atom.value, "bare", False)]
    assert sure == []


def test_a_comparison_is_not_more_than() -> None:
    """`nhiều hơn 20%` is 20 per cent more."""
    assert converted("Giá cao hơn 20%, lượng nhiều hơn 5 triệu tấn, tổng hơn 7%.") == {
        "20%": "20%",
        "5 triệu tấn": "5 million t",
        "hơn 7%": "> 7%",
    }


def test_grouping_marks_are_read_as_the_text_writes_its_decimals() -> None:
    """`1.234` is a thousand unless decimals stand behind a point, `1,234` only where they do."""
    assert converted("Tăng 4,5% lên 1.234 xe.")["1.234"] == "1,234"
    assert converted("Tăng 4.5% lên 1,234 xe.")["1,234"] == "1,234"
    assert "1.234" not in converted("Tăng 4.5% lên 1.234 xe.")
    assert "1,234" not in converted("Tăng lên 1,234 xe.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Chiều 2/4, Tổng Bí thư Tô Lâm đã tiếp Đại sứ Liên bang Nga tại Việt Nam Gennady Bezdetko.",
            [("Tô Lâm", "person"), ("Nga", "place"), ("Việt Nam", "place"), ("Gennady Bezdetko", "name")],
        ),
        ("Tổng thống Nga Vladimir Putin đến.", [("Nga", "place"), ("Vladimir Putin", "person")]),
        (
            "Bộ trưởng Bùi Thanh Sơn thăm Gazprom ở Moskva.",
            [("Bùi Thanh Sơn", "person"), ("Gazprom", "name"), ("Moskva", "place")],
        ),
        ("Ông Nguyễn Đức Chi ở Hà Nội.", [("Nguyễn Đức Chi", "person"), ("Hà Nội", "place")]),
        ("Quan hệ Đối tác Chiến lược Toàn diện.", []),
        ("Đường Lê Duẩn dài, giá bằng USD.", []),
    ],
)
def test_names_of_people_and_places_are_told_apart(text: str, names: list[tuple[str, str]]) -> None:
    assert [(atom.within(text), atom.kind) for atom in found(text) if not atom.value] == names


@given(st.lists(PIECES, max_size=25).map(" ".join), st.integers(0, 20))
def test_atoms_stand_in_the_sentence_in_order_and_apart(text: str, before: int) -> None:
    """Whatever a sentence is made of, and wherever it begins: whole words of it, none twice."""
    sentence = Span(min(before, len(text)), len(text))
    position = sentence.start
    for atom in atoms_in(text, sentence):
        assert position <= atom.start < atom.end <= sentence.end
        written = atom.within(text)
        assert written == written.strip() and written in text
        position = atom.end


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_is_the_same_day_in_every_writing(day: date) -> None:
    for written in (
        f"ngày {day:%d/%m/%Y}",
        f"ngày {day.day}/{day.month}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day:%Y-%m-%d}",
    ):
        text = f"Việc đó diễn ra vào {written} ở đây."
        assert list(converted(text).values()) == [f"{day:%-d %B %Y}"]
    assert list(converted(f"Ngày {day.day}/{day.month} họp.").values()) == [f"{day:%-d %B}"]


SENTENCE = (
    "Năm 2024, Tổng thống Vladimir Putin thăm Hà Nội, "
    "ký hợp đồng 800 triệu USD, tăng 5%, mua 12 tàu, bán 3,5 tỷ đồng."
)


def glance(question: str, text: str = SENTENCE, *marks: tuple[int, int]) -> list[str]:
    excerpt = make_excerpt(text, *(marks or [(0, len(text))]))
    return [atom.within(text) for atom in at_a_glance(excerpt, analyse(question))]


def test_what_is_asked_for_comes_first_and_all_in_the_order_of_the_sentence() -> None:
    assert glance("How much was the contract worth?") == ["800 triệu USD", "5%", "12", "3,5 tỷ đồng"]
    assert glance("When was the contract signed?") == ["Năm 2024", "800 triệu USD", "5%", "3,5 tỷ đồng"]
    assert glance("Who came?")[:2] == ["Năm 2024", "Vladimir Putin"]
    assert "Hà Nội" in glance("Where did they meet?")
    assert max(len(glance(asked)) for asked in ("When?", "How much?", "Which contract was signed?")) <= MOST


def test_a_sentence_without_what_is_asked_for_is_not_told() -> None:
    """A year would be taken for the sum."""
    assert glance("How much was it?", "Hai bên ký hợp đồng vào năm 2024.") == []
    assert glance("Who signed it?", "Hợp đồng 800 triệu USD được ký vào năm 2024.") == []
    assert glance("Why was it signed?") == []


def test_two_marked_sentences_are_not_told() -> None:
    """Nobody knows in which of them the answer stands."""
    assert glance("How much was it?", SENTENCE, (0, 20), (30, 60)) == []


def test_a_name_that_the_question_has_is_not_told() -> None:
    assert "Vladimir Putin" not in glance("What did Vladimir Putin sign?")
    assert "Vladimir Putin" not in glance("Что подписал Владимир Путин?")
    assert "Vladimir Putin" in glance("Which president signed the contract?", "Tổng thống Vladimir Putin ký.")


def test_the_same_is_told_once() -> None:
    assert glance("When?", "Ngày 9/5 ông đến dự lễ, tức là đúng ngày 9/5.") == ["Ngày 9/5"]


def test_an_article_in_another_language_is_not_told() -> None:
    assert glance("How much was it?", "The two sides signed a contract of 800 million USD in 2024.") == []


def test_a_date_among_others_is_not_told_to_whoever_asks_when() -> None:
    """In a paragraph that tells one dated event after the other nobody knows that the marked one is meant."""
    marked = "Năm 1950, hai nước thiết lập quan hệ."
    text = f"{marked} Năm 1994, hai bên ký Hiệp ước. Đến năm 2012, quan hệ được nâng cấp."
    assert glance("When were relations upgraded?", text, (0, len(marked))) == []
    assert glance("When were relations established?", f"{marked} Hai bên hài lòng.", (0, len(marked))) == [
        "Năm 1950"
    ]


@pytest.mark.parametrize("question", ["Which countries will he visit?", "Какие страны он посетит?"])
def test_a_list_of_who_knows_what_is_not_told(question: str) -> None:
    """The date of one visit would be taken for the answer."""
    assert glance(question) == []
