"""What stands around a question, greeting, politeness and filler, is not searched; what it asks is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.questions.query import analyse

AROUND = [
    ("Chào bot, cho mình hỏi ", " với ạ", "Đại sứ Nga tại Việt Nam là ai"),
    ("chao bot, cho minh hoi ", " vay a", "dai su Nga tai Viet Nam la ai"),
    ("Bạn ơi cho em hỏi ", " vậy ạ? Cảm ơn nhé!", "kim ngạch Việt - Nga là bao nhiêu"),
    ("Mọi người cho mình hỏi chút, ", " nhỉ", "kim ngạch Việt - Nga là bao nhiêu"),
    ("alo ad ơi, ", " thế ad", "đại sứ Nga tên gì"),
    ("Hi, could you please tell me ", " Thanks in advance!", "who the Russian ambassador is?"),
    ("Hello! Do you know ", "", "when Lavrov came to Hanoi?"),
    ("", " please", "trade between Vietnam and Russia in 2024"),
    ("Здравствуйте! Подскажите, пожалуйста, ", " Спасибо!", "какой товарооборот с Россией?"),
    ("Добрый день, скажите, ", " Заранее спасибо", "кто посол России во Вьетнаме?"),
    ("Привет! ", ", пожалуйста", "когда приезжал Лавров"),
]


@pytest.mark.parametrize(("before", "behind", "question"), AROUND)
def test_greeting_politeness_and_filler_are_not_searched(before: str, behind: str, question: str) -> None:
    query = analyse(before + question + behind)
    assert (query.kind, query.text.rstrip("?")) == ("question", question.rstrip("?"))
    assert query.asked == before + question + behind


@pytest.mark.parametrize(
    "question",
    [
        "Hello Kitty là gì",
        "Chợ Hội An ở đâu?",
        "Chào mừng năm mới ở đâu?",
        "cảm ơn của Putin gửi ai?",
        "Anh, Pháp và Đức ký gì?",
        "Who are you going to call?",
        "What did Putin thank Vietnam for?",
        "За что Путин сказал спасибо?",
        "Bạn có thể làm gì khi có bão?",
        "Việt Nam giúp Nga thế nào?",
        "tac dung cua vitamin a",
        "Khu dat rong bao nhieu ha",
        "Album ban duoc bao nhieu ban?",
        "Ông Putin nói như thế",
        "lai suat vay",
        "Could you tell the difference between them?",
        "Какая река впадает в море с севера?",
        "Mỹ viện trợ bao nhiêu liều vắc-xin?",
    ],
)
def test_words_of_the_question_itself_stay(question: str) -> None:
    query = analyse(question)
    assert (query.kind, query.text) == ("question", question)


@pytest.mark.parametrize(
    ("message", "searched"),
    [
        (
            "Ai đặt hoa tại Tượng đài Hồ Chí Minh? Và kim ngạch 2024 bao nhiêu?",
            ["Ai đặt hoa tại Tượng đài Hồ Chí Minh?", "Và kim ngạch 2024 bao nhiêu?"],
        ),
        ("in English please: when did Bui Thanh Son visit Moscow?", ["when did Bui Thanh Son visit Moscow?"]),
        ("Answer in English: who is Lavrov?", ["who is Lavrov?"]),
        ("trả lời bằng tiếng Việt nhé, ai là đại sứ Nga?", ["ai là đại sứ Nga?"]),
        ("hỏi tí: ai là Lavrov?", ["ai là Lavrov?"]),
        ("ответь по-русски: какой товарооборот с Казахстаном?", ["какой товарооборот с Казахстаном?"]),
        ("In English schools, what is taught?", ["In English schools, what is taught?"]),
        (
            "Tôi đang viết bài về thương mại. Kim ngạch Việt - Nga là bao nhiêu?",
            ["Kim ngạch Việt - Nga là bao nhiêu?"],
        ),
        (
            "Tôi đang đọc về Việt Nam và Nga. Kim ngạch là bao nhiêu?",
            ["Tôi đang đọc về Việt Nam và Nga. Kim ngạch là bao nhiêu?"],
        ),
        (
            "I am reading about Lavrov. When did he come to Hanoi?",
            ["I am reading about Lavrov. When did he come to Hanoi?"],
        ),
        ("Ai là đại sứ Nga? Kim ngạch bao nhiêu?", ["Ai là đại sứ Nga?", "Kim ngạch bao nhiêu?"]),
        ("ai là đại sứ nga? kim ngạch bao nhiêu ạ?", ["ai là đại sứ nga?", "kim ngạch bao nhiêu?"]),
        (
            "Who is Lavrov? When was the treaty signed? Thanks!",
            ["Who is Lavrov?", "When was the treaty signed?"],
        ),
        ("Кто посол? Какой товарооборот с Россией?", ["Кто посол?", "Какой товарооборот с Россией?"]),
        (
            "Ai là đại sứ Nga? Ông ấy nói gì?",
            ["Ai là đại sứ Nga?", "Ai là đại sứ Nga? Ông ấy nói gì?"],
        ),
        ("Who is Lavrov and when did he visit?", ["Who is Lavrov and when did he visit?"]),
        ("Kim ngạch Việt - Nga? 2024?", ["Kim ngạch Việt - Nga? 2024?"]),
        (
            "Shops in which street did the Rev. John Johnson close?",
            ["Shops in which street did the Rev. John Johnson close?"],
        ),
        ("Sai rồi! Kim ngạch năm 2024 là bao nhiêu?", ["Kim ngạch năm 2024 là bao nhiêu?"]),
        ("Who is the ambassador? Answer in English please.", ["Who is the ambassador?"]),
        (
            "Đại sứ Nga là ai? Mình cần thông tin năm 2024.",
            ["Đại sứ Nga là ai? Mình cần thông tin năm 2024."],
        ),
    ],
)
def test_of_several_sentences_those_count_that_ask(message: str, searched: list[str]) -> None:
    query = analyse(message)
    assert [each.text for each in query.questions] == (searched if len(searched) > 1 else [])
    assert query.text == " ".join(searched)


PARTS = [
    "Chào bạn",
    "cho mình hỏi",
    "ạ",
    "?",
    "nó",
    "Nga",
    "là ai",
    "thanks",
    "please",
    "спасибо",
    ". ",
    ", ",
    "2024",
    " a",
]


@given(st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join) | st.text(max_size=80))
def test_something_is_searched_unless_it_is_small_talk(text: str) -> None:
    query = analyse(text)
    assert query.kind != "question" or query.tokens
    assert all(each.kind == "question" and each.tokens and not each.questions for each in query.questions)
    assert len(query.questions) != 1
