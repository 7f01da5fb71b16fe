"""Which times a question names, which a text is about, and what an article of another year is worth."""

from datetime import date
from typing import Any

import pytest
from small_index import article

from retrieval.article import Passage
from retrieval.questions.query import analyse
from retrieval.questions.times import Period, asks_for_latest, times_asked, years_told
from retrieval.ranking.requirements import NamedTime, PassageContext, requirements

PUBLISHED = date(2024, 7, 15)


def around(text: str, **known: Any) -> PassageContext:
    return PassageContext(Passage("a#0", "a", 0, len(text), text), article(text, **known))


def asked(question: str) -> NamedTime:
    (found,) = requirements(analyse(question))
    assert isinstance(found, NamedTime)
    return found


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Giá vé năm 2024?", [Period(2024)]),
        ("Giá vé tháng 7/2024?", [Period(2024, month=7)]),
        ("Giá vé tháng 7 năm 2024?", [Period(2024, month=7)]),
        ("Giá vé ngày 1/7/2024?", [Period(2024, month=7)]),
        ("Giá vé 2024-07-01?", [Period(2024, month=7)]),
        ("Giá vé quý III/2024?", [Period(2024, quarter=3)]),
        ("Fares in Q3 2024 and in 2023?", [Period(2024, quarter=3), Period(2023)]),
        ("Fares in July 2024?", [Period(2024, month=7)]),
        ("Цены в июле 2024 года и в 2022 году?", [Period(2024, month=7), Period(2022)]),
        ("Kim ngạch 11 tháng năm 2024?", [Period(2024)]),
        ("Giá vé hôm nay?", []),
        ("Giá vé 2022-2024?", [Period(2022, until=2024)]),
        ("Giá vé giai đoạn 2022 – 2024 và năm 2019?", [Period(2022, until=2024), Period(2019)]),
        ("Giá vé từ năm 2022 đến năm 2024?", [Period(2022, until=2024)]),
        ("gia ve tu 2022 den 2024", [Period(2022, until=2024)]),
        ("Fares between 2022 and 2024?", [Period(2022, until=2024)]),
        ("Fares from 2022 to 2024, and in 2022-23?", [Period(2022, until=2024), Period(2022, until=2023)]),
        ("Цены с 2022 по 2024 год?", [Period(2022, until=2024)]),
        ("Fares in 2022 and 2024?", [Period(2022), Period(2024)]),
        ("Fares in 2022/23?", [Period(2022, until=2023)]),
        ("Giá vé 2024-05?", [Period(2024)]),
        ("Fares from 2024 to 2022?", [Period(2024), Period(2022)]),
    ],
)
def test_the_times_that_a_question_names(question: str, expected: list[Period]) -> None:
    assert times_asked(analyse(question)) == expected


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Từ hôm nay giá vé là 41.000 đồng.", {2024}),
        ("Năm nay lúa được mùa.", {2024}),
        ("Năm ngoái lúa được mùa.", {2023}),
        ("Sang năm sẽ xong.", {2025}),
        ("Hai năm trước cầu gãy.", {2022}),
        ("5 năm trước cầu gãy.", {2019}),
        ("Lúa năm 2021 được mùa.", {2021}),
        ("Lúa được mùa hơn năm 2021.", set()),
        ("Năm nay 520 tấn, so với 445 tấn của năm 2023.", {2024}),
        ("Tăng 5% so với năm ngoái.", set()),
        ("Thành lập năm 1999, trường có 300 học sinh.", set()),
        ("Ngày 14/6/2023 và 2022-05-01.", {2022, 2023}),
        ("From today the fare is higher.", {2024}),
        ("Last year the fare was lower.", {2023}),
        ("The fare is higher than in 2023.", set()),
        ("С сегодняшнего дня билет дороже.", {2024}),
        ("Từ năm 2025 giá vé là 47.000 đồng.", {2025}),
        ("Từ năm 2010 cầu vẫn vững.", set()),
        ("В прошлом году билет стоил меньше.", {2023}),
        ("В следующем году билет подорожает.", {2025}),
        ("Giá 2.024 đồng, tăng 2024%.", set()),
    ],
)
def test_the_years_that_an_article_of_2024_is_about(text: str, about: set[int]) -> None:
    assert years_told(text, PUBLISHED).about == about


def test_yesterday_and_last_month_may_be_of_the_year_before() -> None:
    new_year = date(2024, 1, 1)
    assert years_told("Hôm qua có lũ.", new_year).about == {2023}
    assert years_told("Tháng trước có lũ.", new_year).about == {2023}
    assert years_told("Hôm nay có lũ.", new_year).about == {2024}


def test_without_a_date_words_name_no_year() -> None:
    assert years_told("Hôm nay, năm ngoái.", None).years == frozenset()


@pytest.mark.parametrize(
    ("text", "published", "met", "time"),
    [
        ("Từ hôm nay giá vé là 41.000 đồng.", date(2023, 7, 1), True, 1),
        ("Giá vé là 41.000 đồng.", date(2023, 7, 1), True, 1),
        ("Từ hôm nay giá vé là 41.000 đồng.", date(2024, 7, 1), False, -1),
        ("Giá vé là 41.000 đồng.", date(2024, 7, 1), False, -1),
        ("Giá vé là 41.000 đồng.", date(2022, 7, 1), False, -1),
        ("Năm nay 52.000 đồng, so với 41.000 đồng của năm 2023.", date(2024, 7, 1), True, -1),
        ("Năm ngoái giá vé là 41.000 đồng.", date(2024, 7, 1), True, 1),
        ("Năm ngoái giá vé là 41.000 đồng.", date(2023, 7, 1), False, -1),
        ("Giá vé là 41.000 đồng, hơn năm 2022.", date(2023, 7, 1), True, 1),
        ("Giá vé năm 2023 là 41.000 đồng.", None, True, 1),
        ("Giá vé là 41.000 đồng.", None, False, -1),
    ],
)
def test_a_question_about_2023_and_articles_of_other_years(
    text: str, published: date | None, met: bool, time: int
) -> None:
    wanted = asked("Giá vé năm 2023?")
    here = around(text, date=published)
    assert wanted.met_by(here) is met
    assert wanted.time_of(here) == time


def test_another_quarter_of_the_year_is_no_answer_and_another_month_comes_behind() -> None:
    third = asked("Đón bao nhiêu khách quý 3/2024?")
    assert third.met_by(around("Trong quý III năm 2024, đảo đón 9.400 khách."))
    assert not third.met_by(around("Trong quý II năm 2024, đảo đón 8.100 khách."))
    assert third.met_by(around("Năm 2024 đảo đón 30.000 khách."))
    july = asked("Giá vé tháng 7/2024?")
    assert july.time_of(around("Giá vé hôm nay tăng.", date=date(2024, 7, 2))) == 1
    assert july.time_of(around("Giá vé hôm nay tăng.", date=date(2024, 9, 2))) == -1
    assert july.met_by(around("Giá vé hôm nay tăng.", date=date(2024, 9, 2)))


@pytest.mark.parametrize(
    "text",
    [
        "Kim ngạch năm 2024 đạt 4,58 tỷ USD, tăng 26,1% so với mức năm 2023.",
        "Trade grew in 2024 by 26 % compared with 2023.",
        "В 2024 году торговля выросла на 26 % по сравнению с 2023 годом.",
    ],
)
def test_a_year_that_is_only_compared_with_is_not_the_year_asked_for(text: str) -> None:
    here = around(text, date=date(2025, 5, 5))
    assert not asked("Kim ngạch năm 2023?").met_by(here)
    assert asked("Kim ngạch năm 2024?").met_by(here)


def test_a_year_that_is_compared_with_by_its_figure_is_told() -> None:
    here = around("Năm nay 52.000 đồng, so với 41.000 đồng của năm 2023.", date=date(2024, 7, 1))
    assert asked("Giá vé năm 2023?").met_by(here)


@pytest.mark.parametrize(
    ("published", "met"),
    [
        (date(2025, 5, 20), True),
        (date(2025, 6, 3), True),
        (date(2025, 2, 3), False),
        (date(2025, 11, 3), False),
        (date(2024, 5, 20), False),
        (None, False),
    ],
)
@pytest.mark.parametrize(
    "question",
    [
        "Giá vé tháng 5/2025?",
        "gia ve thang 5 nam 2025",
        "What was the fare in May 2025?",
        "Сколько стоил билет в мае 2025 года?",
    ],
)
def test_the_date_of_an_article_tells_the_month_that_is_asked_for(
    question: str, published: date | None, met: bool
) -> None:
    assert asked(question).met_by(around("Giá vé hôm nay tăng.", date=published)) is met


@pytest.mark.parametrize(
    ("question", "latest"),
    [
        ("Kim ngạch mới nhất?", True),
        ("kim ngach moi nhat", True),
        ("Tuần trước có gì?", True),
        ("tuan truoc co gi", True),
        ("What is the latest figure?", True),
        ("What happened last week?", True),
        ("Последние данные о торговле?", True),
        ("Что было на прошлой неделе?", True),
        ("Kim ngạch năm 2021?", False),
        ("When was the last war?", False),
        ("Кто основал город?", False),
    ],
)
def test_words_that_ask_for_the_newest(question: str, latest: bool) -> None:
    assert asks_for_latest(analyse(question)) is latest


@pytest.mark.parametrize(
    "question",
    ["Giá vé 2022-2024?", "Giá vé từ 2022 đến 2024?", "Fares from 2022 to 2024?", "Цены с 2022 по 2024"],
)
def test_a_question_about_years_in_a_row_is_met_by_what_is_about_any_of_them(question: str) -> None:
    (wanted,) = requirements(analyse(question))
    assert all(wanted.met_by(around(f"Giá vé năm {year} là 5 đồng.")) for year in (2022, 2023, 2024))
    assert not any(wanted.met_by(around(f"Giá vé năm {year} là 5 đồng.")) for year in (2019, 2021, 2025))
    published = date(2025, 7, 1)
    assert wanted.time_of(around("Giá vé năm 2023 là 5 đồng.", date=published)) == 1
    assert wanted.time_of(around("Giá vé năm 2020 là 5 đồng.", date=published)) == -1


@pytest.mark.parametrize("years", ["2022/23/24", "2022/2023/2024"])
def test_a_list_of_years_is_asked_year_by_year(years: str) -> None:
    assert [each.text for each in analyse(f"trade in {years}").questions] == [
        *("trade in 2022", "trade in 2023", "trade in 2024")
    ]
