"""Countries in a question, in three languages, and the same countries in a text of any of them."""

import pytest

from retrieval.questions.place_forms import Place, places
from retrieval.questions.places import places_in
from retrieval.questions.query import analyse


def codes(question: str) -> list[str]:
    return [place.code for place in places_in(analyse(question))]


def place(code: str) -> Place:
    names = {
        "JP": "Japan",
        "RU": "Russia",
        "DE": "Germany",
        "US": "USA",
        "SOUTH-CHINA-SEA": "South China Sea",
    }
    (found,) = (p for p in places_in(analyse(f"What about the {names[code]} then?")) if p.code == code)
    return found


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Kim ngạch thương mại Việt Nam - Nhật Bản?", ["VN", "JP"]),
        ("kim ngach thuong mai voi Nhat Ban", ["JP"]),
        ("What is the trade turnover between Vietnam and Japan?", ["VN", "JP"]),
        ("Какой товарооборот между Вьетнамом и Китаем?", ["VN", "CN"]),
        ("Thăm Đức năm 2019", ["DE"]),
        ("Nga và Nga và Nga", ["RU"]),
        ("What did the US say about it?", ["US"]),
        ("Nhà Trắng nói gì?", ["US"]),
        ("What is Russia's position on the South China Sea?", ["RU", "SOUTH-CHINA-SEA"]),
        ("Позиция России по Южно-Китайскому морю", ["RU", "SOUTH-CHINA-SEA"]),
        ("Что происходит в Японском море и в Китае?", ["CN", "SEA-OF-JAPAN"]),
        ("Which of Japan’s and China's ports grew?", ["JP", "CN"]),
        ("Tuyến cáp qua Ấn Độ Dương", ["INDIAN-OCEAN"]),
        ("Đại sứ nga tên gì", ["RU"]),
        ("đại sứ của nga là ai", ["RU"]),
        ("кто посол сша во вьетнаме", ["US", "VN"]),
    ],
)
def test_a_question_names_its_countries_once_each_in_any_language(question: str, expected: list[str]) -> None:
    assert codes(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Nguyễn Đức Chi là ai?",
        "Pháp luật quy định gì?",
        "Học tiếng Anh ở đâu?",
        "Как сказать на русском языке?",
        "anh ấy là ai",
        "chị hằng nga là ai",
        "дети того года",
        "Where do people stay in Nha Trang?",
        "khach san nao o Nha Trang",
        "Tell us what it is",
        "bãi biển đông khách nhất ở đâu",
        "",
        "🙂",
    ],
)
def test_a_person_a_language_or_a_common_word_is_no_country(question: str) -> None:
    assert codes(question) == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("JP", "Thủ tướng Nhật Bản đến thăm."),
        ("JP", "The prime minister of Japan arrived."),
        ("JP", "Премьер-министр Японии прибыл."),
        ("RU", "Quan hệ Việt - Nga phát triển."),
        ("RU", "Договор с Россией подписан."),
        ("US", "Tổng thống Mỹ phát biểu."),
        ("SOUTH-CHINA-SEA", "Các bên tại Biển Đông."),
    ],
)
def test_a_text_names_a_country_in_the_words_of_its_own_language(code: str, text: str) -> None:
    assert place(code).is_named_in(text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("JP", "Thương mại Việt - Nga."),
        ("US", "Phong tục mỹ thuật."),
        ("RU", "ngả nga ngả nghiêng"),
        ("DE", ""),
    ],
)
def test_a_text_without_it_does_not_name_it(code: str, text: str) -> None:
    assert not place(code).is_named_in(text)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("thương mại với nga bao nhiêu", ["RU"]),
        ("đại sứ nga tên gì", ["RU"]),
        ("kim ngạch với mỹ năm ngoái", ["US"]),
        ("tổng thống pháp gặp ai", ["FR"]),
        ("thủ tướng nhật nói gì", ["JP"]),
        ("Dau tu tai Nga the nao?", ["RU"]),
        ("russian trade", ["RU"]),
        ("turkey earthquake", ["TR"]),
        ("Сколько сказали в Северной Корее?", ["KP"]),
        ("северокорейский министр", ["KP"]),
        ("китайские товары", ["CN"]),
        ("Торговля с Белоруссией", ["BY"]),
        ("Новости из Новой Зеландии", ["NZ"]),
        ("российско-вьетнамская торговля", ["RU", "VN"]),
        ("Сколько французов?", ["FR"]),
        ("Norman Foster's tower in Hong Kong", ["HK"]),
        ("Tòa nhà ở Hồng Kông cao bao nhiêu?", ["HK"]),
        ("nước Áo có bao nhiêu dân", ["AT"]),
        ("How many EU nationals work there?", ["EU"]),
    ],
)
def test_a_country_is_named_in_small_letters_by_its_people_and_in_every_case(
    question: str, expected: list[str]
) -> None:
    assert codes(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Что сказал Газпром?",
        "Дом в Лондондерри",
        "Матч с «Ливингстоном»",
        "Палата представителей",
        "Свадьба Кита Харингтона",
        "Who wrote To Anh Nguyet?",
        "Who beat the Southern Han?",
        "Where is Thai Nguyen?",
        "How heavy is a domestic turkey, Mr Smith?",
        "ai cap giay phep lai xe",
        "qua ba lan thi bi phat",
        "Bộ Lao động nói gì?",
        "SEC phạt ai?",
        "biện pháp với pháp luật",
        "toi nga ba thi re",
        "chuyện đức tin của đức phật",
    ],
)
def test_words_that_only_look_like_a_country_name_none(question: str) -> None:
    assert codes(question) == []


@pytest.mark.parametrize(
    ("code", "text", "named"),
    [
        ("RU", "Đảng Bạch Nga của Belarus", False),
        ("RU", "Bạch Nga và Nga", True),
        ("RU", "quan hệ Việt - Nga", True),
        ("RU", "Bà Nguyễn Thị Nga nói", False),
        ("RU", "Tại Nga, giá tăng.", True),
        ("RU", "Tổng thống Nga Vladimir Putin", True),
        ("JP", "ông Phạm Nhật Vượng", False),
        ("JP", "Thủ tướng Nhật Kishida", True),
        ("GN", "ở Guinea-Bissau", False),
        ("CN", "South China Sea", False),
        ("GB", "дом в Лондондерри", False),
        ("GB", "в Лондоне", True),
        ("KP", "визит в Северную Корею", True),
    ],
)
def test_a_text_names_a_country_and_not_somebody_or_another_one(code: str, text: str, named: bool) -> None:
    (found,) = (each for each in places() if each.code == code)
    assert found.is_named_in(text) is named


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Mỹ viện trợ bao nhiêu liều vắc-xin cho Việt Nam?", ["US", "VN"]),
        ("Đức mua gì?", ["DE"]),
        ("Pháp nói gì về thỏa thuận?", ["FR"]),
        ("Pháp luật nói gì?", []),
        ("Đức tin là gì?", []),
        ("Nhật ký của ai?", []),
    ],
)
def test_a_country_may_be_the_first_word_of_a_question(question: str, expected: list[str]) -> None:
    assert codes(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Anh có bao nhiêu dân?", ["GB"]),
        ("anh co bao nhieu dan", ["GB"]),
        ("Anh rời EU khi nào?", ["GB", "EU"]),
        ("Anh và Pháp ký gì?", ["GB", "FR"]),
        ("Anh, Pháp và Đức ký gì?", ["GB", "FR", "DE"]),
        ("Ý có bao nhiêu dân?", ["IT"]),
        ("Anh cho hỏi đại sứ Nga là ai", ["RU"]),
        ("Anh có biết đại sứ Nga không?", ["RU"]),
        ("Anh Tuấn là ai?", []),
        ("Anh hùng là ai?", []),
        ("Anh em Tây Sơn là ai?", []),
        ("Anh có bao nhiêu con?", []),
        ("Ý nghĩa là gì", []),
        ("Ý kiến của ai", []),
    ],
)
def test_england_and_italy_are_told_from_an_elder_brother_and_an_idea(
    question: str, expected: list[str]
) -> None:
    assert codes(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("uk trade with vietnam", ["GB", "VN"]),
        ("the uk prime minister", ["GB"]),
        ("eu sanctions on russia", ["EU", "RU"]),
        ("uae investment in vietnam", ["AE", "VN"]),
        ("how much did the us give", ["US"]),
        ("us president visits hanoi", ["US", "VN"]),
        ("who is the us ambassador", ["US"]),
        ("what did he tell us", []),
        ("does it affect us", []),
        ("let us know", []),
        ("all of us", []),
        ("who helped us in vietnam", ["VN"]),
    ],
)
def test_short_names_in_small_letters_are_countries_where_a_country_stands(
    question: str, expected: list[str]
) -> None:
    assert codes(question) == expected
