"""What kind of answer a question asks for by name, and which texts tell one."""

import pytest

from retrieval.questions.answer_kinds import kinds_asked_for, tells
from retrieval.questions.query import analyse


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Ông Sơn đến Moskva ngày nào?", {"day"}),
        ("ong son den moskva hom nao", {"day"}),
        ("Chuyến thăm kéo dài từ ngày nào đến ngày nào?", {"day", "days"}),
        ("di nga tu ngay may den ngay may", {"day", "days"}),
        ("What were the dates of the visit?", {"day", "days"}),
        ("С какого по какое число длился визит?", {"day", "days"}),
        ("Какого числа подписали договор?", {"day"}),
        ("Hai nước lập quan hệ năm nào?", {"year"}),
        ("In what year did they sign it?", {"year"}),
        ("Lễ bắt đầu lúc mấy giờ?", {"hour"}),
        ("Đại sứ bao nhiêu tuổi?", {"age"}),
        ("How old is the ambassador?", {"age"}),
        ("Dân số Kazakhstan là bao nhiêu?", {"population"}),
        ("Какое население Казахстана?", {"population"}),
        ("Vắc xin giá bao nhiêu một liều?", {"price"}),
        ("Alexandre de Rhodes bị đuổi khỏi Việt Nam mấy lần?", set()),
        ("Во сколько раз выросла торговля?", set()),
        ("Thương mại mỗi năm bao nhiêu?", set()),
        ("Putin thăm Việt Nam khi nào?", set()),
    ],
)
def test_a_question_tells_what_kind_of_answer_it_wants(question: str, kinds: set[str]) -> None:
    assert kinds_asked_for(analyse(question)) == kinds


@pytest.mark.parametrize(
    ("kind", "told", "untold"),
    [
        ("day", "Chiều 2/4, ông đến Moskva.", "Ông đến Moskva năm 2025."),
        ("day", "Hôm thứ Ba ông đến.", "Thứ hai, đây là dịp gặp gỡ."),
        ("day", "They met on May 5.", "They met in May."),
        ("days", "Thăm chính thức Liên bang Nga (2-4/4).", "Chiều 2/4, ông đến 5 nước."),
        ("days", "từ ngày 29/11 - 2/12, trong bối cảnh", "Dự lễ ngày 9/5."),
        ("days", "từ ngày 5 tháng 5 đến ngày 12 tháng 5 năm 2025", "đứng thứ 26/147 quốc gia"),
        ("days", "from 5 to 12 May", "on 5 May"),
        ("year", "Quan hệ lập năm 1950.", "Quan hệ lập sau bảy năm."),
        ("year", "Năm 30 trước Công nguyên", "30 dự án, 4.100 người"),
        ("hour", "Lễ bắt đầu lúc 10 giờ sáng.", "Lễ diễn ra ngày 9/5."),
        ("age", "Ông 62 tuổi.", "Ông là đại sứ."),
        ("population", "Nước này có 20 triệu dân.", "150.000 lượt khách du lịch."),
        ("price", "Giá mỗi liều là 10 USD.", "Hai bên đánh giá cao 1 triệu liều, giá trị lớn."),
        ("price", "A dose costs ten dollars.", "A million doses were sent."),
    ],
)
def test_only_some_texts_tell_an_answer_of_a_kind(kind: str, told: str, untold: str) -> None:
    assert tells(kind, told) and not tells(kind, untold)
