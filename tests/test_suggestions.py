"""Questions made from what articles tell: from sure sentences alone, in each reader's language and alphabet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from answers import make_answer, make_excerpt

from bot.texts import LANGUAGES
from retrieval.article import Article, Span
from retrieval.suggestions.candidates import Candidate, candidates
from retrieval.suggestions.facts import Fact, facts_of
from retrieval.suggestions.people import people
from retrieval.suggestions.topics import Topic
from retrieval.suggestions.wording import LONGEST, question

CYRILLIC = {*map(chr, range(0x400, 0x460))}


def facts(text: str, day: date | None = None) -> list[Fact]:
    return list(facts_of(Article("a", text, date=day)))


def asked(text: str, language: str, day: date | None = None) -> list[str]:
    return [each for fact in facts(text, day) if (each := question(fact, language))]


@pytest.mark.parametrize(
    ("sentence", "vi", "en", "ru"),
    [
        (
            "Kim ngạch thương mại hai chiều Việt Nam - Nga năm 2024 đạt 4,58 tỷ USD.",
            "Thương mại Việt Nam - Nga năm 2024 đạt bao nhiêu?",
            "How much did Vietnam and Russia trade in 2024?",
            "Каков товарооборот Вьетнама и России за 2024 год?",
        ),
        (
            "Trong 9 tháng năm 2021, thương mại song phương giữa Nhật Bản và Việt Nam đạt 30 tỷ USD.",
            "Thương mại Việt Nam - Nhật Bản 9 tháng năm 2021?",
            "Vietnam–Japan trade, 9 months of 2021?",
            "Вьетнам – Япония: товарооборот за 9 мес. 2021?",
        ),
        (
            "Năm 1973, Việt Nam và Nhật Bản thiết lập quan hệ ngoại giao.",
            "Việt Nam lập quan hệ với Nhật Bản năm nào?",
            "When did Vietnam and Japan establish ties?",
            "Когда Вьетнам и Япония установили дипотношения?",
        ),
        (
            "Hàn Quốc hiện có 10.128 dự án đầu tư tại Việt Nam.",
            "Hàn Quốc có bao nhiêu dự án tại Việt Nam?",
            None,  # it would be too long for a button
            None,  # nor is `Южная Корея`, of two words, declined
        ),
        (
            "Thái Lan đón 35 triệu lượt khách quốc tế trong năm 2024.",
            "Bao nhiêu khách đến Thái Lan năm 2024?",
            "How many tourists came to Thailand in 2024?",
            "Сколько туристов было в Таиланде в 2024 году?",
        ),
        (
            "Russia and China: bilateral trade reached $240.1 billion in 2023.",
            "Thương mại Nga - Trung Quốc năm 2023?",
            "How much did Russia and China trade in 2023?",
            "Каков товарооборот России и Китая за 2023 год?",
        ),
        (
            "В 2023 году товарооборот России и Китая составил 240 млрд долларов.",
            "Thương mại Nga - Trung Quốc năm 2023?",
            "How much did Russia and China trade in 2023?",
            "Каков товарооборот России и Китая за 2023 год?",
        ),
        (
            "Tăng trưởng kinh tế Indonesia đạt 5,05% trong năm 2023.",
            "GDP Indonesia tăng bao nhiêu năm 2023?",
            "How much did Indonesia’s GDP grow in 2023?",
            "На сколько вырос ВВП Индонезии в 2023 году?",
        ),
    ],
)
def test_a_sentence_with_a_figure_is_asked_for_in_each_language(
    sentence: str, vi: str, en: str | None, ru: str | None
) -> None:
    expected = {"vi": vi, "en": en, "ru": ru}
    for language in LANGUAGES:
        wanted = expected[language]
        assert asked(sentence, language) == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Hai nước phấn đấu đưa kim ngạch thương mại song phương Việt Nam - Nga lên 10 tỷ USD.",
        "Năm 2025, Việt Nam và Nga kỷ niệm 75 năm thiết lập quan hệ ngoại giao năm 1950.",
        "Kim ngạch thương mại song phương quý I/2024 giữa Việt Nam và Nga đạt 1,1 tỷ USD.",
        "Kim ngạch thương mại song phương của Việt Nam với Nga, Lào và Pháp năm 2024 đạt 9 tỷ USD.",
        "Kim ngạch thương mại song phương đạt 9 tỷ USD năm 2024.",
        "Kim ngạch thương mại hai chiều Việt Nam - Nga năm 2024 tăng mạnh.",
        "Bilateral trade of Russia and China may reach $300 billion in 2024.",
        "Người dân làng chài sống bằng nghề đánh cá.",
    ],
    ids=["plan", "anniversary", "part of a year", "three countries", "no country", "no figure", "maybe", "nothing"],
)  # fmt: skip
def test_nothing_is_made_from_a_sentence_that_is_not_clear(sentence: str) -> None:
    assert facts(sentence) == []


def test_the_two_countries_are_those_of_the_paragraph() -> None:
    about_both = "Việt Nam và Belarus là bạn. Kim ngạch thương mại song phương năm 2024 đạt 100 triệu USD."
    (fact,) = facts(about_both)
    assert [place.code for place in fact.places] == ["VN", "BY"]
    assert facts("Việt Nam, Nga và Belarus là bạn.\n" + about_both.partition(". ")[2]) == []


def test_a_year_in_words_is_that_of_the_article_s_date() -> None:
    text = "Năm ngoái, kim ngạch thương mại hai chiều Việt Nam - Nga đạt 4,58 tỷ USD."
    assert asked(text, "en", date(2025, 5, 5)) == ["How much did Vietnam and Russia trade in 2024?"]


def test_names_are_asked_for_as_readers_write_them() -> None:
    text = "Bộ trưởng Ngoại giao Bùi Thanh Sơn tiếp Đại sứ Liên bang Nga tại Việt Nam Gennady Bezdetko."
    assert asked(text, "vi") == ["Bùi Thanh Sơn là ai?", "Gennady Bezdetko là ai?"]
    assert asked(text, "en") == ["Who is Bui Thanh Son?", "Who is Gennady Bezdetko?"]
    assert asked(text, "ru") == []


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Tổng thống Kazakhstan Kassym Jomart Tokayev đến Hà Nội.", ["Kassym Jomart Tokayev"]),
        ("Chủ tịch nước Nguyễn Xuân Phúc phát biểu.", ["Nguyễn Xuân Phúc"]),
        ("Foreign Minister Sergey Lavrov spoke.", ["Sergey Lavrov"]),
        ("Secretary of State Mike Pompeo spoke to Prime Minister Zoran Zaev.", ["Zoran Zaev"]),
        ("Manchester United thắng Real Madrid.", []),
        ("Đại sứ nói: Sputnik News đưa tin. Trung Quốc phản đối.", []),
        ("Chủ tịch Quốc hội thăm Liên Xô.", []),
    ],
)
def test_people_are_those_who_are_said_to_be_something(sentence: str, names: list[str]) -> None:
    assert list(people(sentence)) == names


def test_a_question_is_short_enough_for_a_button() -> None:
    text = "Thương mại song phương Azerbaijan - Papua New Guinea 11 tháng năm 2024 đạt 2 tỷ USD."
    (fact,) = facts(text)
    assert fact.months == 11
    assert all(len(each) <= LONGEST for language in LANGUAGES for each in asked(text, language))


def test_no_question_holds_letters_of_another_alphabet_than_the_readers() -> None:
    text = (
        "Kim ngạch thương mại hai chiều Việt Nam - Nga năm 2024 đạt 4,58 tỷ USD.\n"
        "Đại sứ Đặng Minh Khôi phát biểu.\nNăm 1950, Việt Nam và Liên Xô thiết lập quan hệ ngoại giao."
    )
    assert all(each.isascii() or "–" in each for each in asked(text, "en"))
    assert all(not set(each) & CYRILLIC for each in asked(text, "vi"))
    for each in asked(text, "ru"):
        assert not any(letter.isascii() and letter.isalpha() for letter in each)
    assert all(asked(text, language) for language in LANGUAGES)


def test_titles_are_asked_for_last_and_by_readers_of_their_language_alone() -> None:
    title = Fact(topic=Topic.TITLE, article_id="a", title="Vụ mùa ở làng chài", language="vi")
    trade = facts("Thương mại song phương Việt Nam - Nga năm 2024 đạt 4,58 tỷ USD.")
    made = candidates([title, *trade], "vi")
    assert [each.topic for each in made] == [Topic.TRADE, Topic.TITLE]
    assert candidates([title], "en") == candidates([title], "ru") == []


def test_three_questions_differ_as_far_as_there_are_topics() -> None:
    text = (
        "Thương mại song phương Việt Nam - Nga năm 2024 đạt 4,58 tỷ USD.\n"
        "Thương mại song phương Việt Nam - Lào năm 2024 đạt 2 tỷ USD.\n"
        "Đại sứ Gennady Bezdetko và Thủ tướng Mikhail Mishustin.\nĐại sứ Gennady Bezdetko rời đi.\n"
        "Nga hiện có 200 dự án đầu tư tại Việt Nam."
    )
    made = candidates(facts(text), "en")
    assert [each.topic for each in made] == [
        Topic.TRADE, Topic.PROJECTS, Topic.PERSON, Topic.TRADE, Topic.PERSON,
    ]  # fmt: skip
    assert made[2].question == "Who is Gennady Bezdetko?" and len(made[2].evidence) == 2


MADE = Candidate(Topic.TRADE, "Ai?", [("https://example.org/a", Span(110, 120))])
RIGHT = make_answer(make_excerpt("Một câu. Câu cuối.", (9, 18), start=100))


@pytest.mark.parametrize(
    ("answer", "is_answered"),
    [
        (RIGHT, True),
        (replace(RIGHT, unsure=True), False),
        (make_answer(), False),
        (make_answer(make_excerpt("Một câu. Câu cuối.", (0, 8), start=100)), False),
        (make_answer(make_excerpt("Một câu. Câu cuối.", start=100)), False),
        (make_answer(make_excerpt("Một câu. Câu cuối.", (9, 18), start=100, article_id="b")), False),
        (make_answer(make_excerpt("Khác.", (0, 5), article_id="b"), *RIGHT.excerpts), False),
    ],
    ids=["right", "unsure", "refused", "another sentence", "none marked", "another article", "not the best"],
)
def test_a_question_counts_where_its_own_sentence_is_marked_for_sure(
    answer: object, is_answered: bool
) -> None:
    assert MADE.is_answered_by(answer) is is_answered  # type: ignore[arg-type] # as made above
