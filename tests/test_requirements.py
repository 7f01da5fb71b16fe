"""What a question names must stand in the article that answers it."""

from datetime import date
from typing import Any

import pytest
from small_index import article

from retrieval.article import Passage
from retrieval.questions.query import analyse
from retrieval.ranking.requirements import NamedTime, PassageContext, Requirement, requirements, share_told


def around(text: str, **known: Any) -> PassageContext:
    """A passage that is its whole article."""
    return PassageContext(Passage("a#0", "a", 0, len(text), text), article(text, **known))


def named(question: str) -> tuple[Requirement, ...]:
    return requirements(analyse(question))


def years(question: str) -> list[int]:
    return [found.year for found in named(question) if isinstance(found, NamedTime)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Chuyện gì năm 2024 và 2025?", [2024, 2025]),
        ("2024, 2024?", [2024]),
        ("năm 1945", [1945]),
        ("2024% hay 2024,5", []),
        ("số 12024 hay 2150", []),
        ("ngày 16/1/2026", [2026]),
        ("chuyện gì", []),
    ],
)
def test_years_are_read_as_years_and_numbers_are_not(question: str, expected: list[int]) -> None:
    assert years(question) == expected


def test_an_article_without_the_country_does_not_meet_a_question_about_it() -> None:
    wanted = named("Thương mại với Nhật Bản?")
    assert all(r.met_by(around("Nhật Bản tăng nhập khẩu.")) for r in wanted)
    assert all(r.met_by(around("Nhập khẩu tăng.", title="Tin Nhật Bản")) for r in wanted)
    assert not all(r.met_by(around("Thương mại với Nga tăng.")) for r in wanted)


def test_a_vietnamese_article_need_not_say_vietnam() -> None:
    wanted = named("GDP của Việt Nam là bao nhiêu?")
    assert all(r.met_by(around("GDP tăng 8%.", lang="vi")) for r in wanted)
    assert not all(r.met_by(around("GDP grew by 8%.", lang="en")) for r in wanted)


@pytest.mark.parametrize(
    ("text", "published", "met"),
    [
        ("Năm 2019 có lũ.", None, True),
        ("Lũ lớn.", date(2019, 5, 1), True),
        ("Lũ lớn năm ngoái.", date(2020, 1, 9), True),
        ("Lũ lớn năm nay.", None, True),
        ("Lũ lớn năm nay, sau trận lũ năm 2017.", None, True),
        ("Lũ lớn năm nay, sau trận lũ năm 2023.", None, False),
        ("Lũ lớn.", None, False),
        ("Lũ lớn.", date(2021, 1, 1), False),
        ("Lũ lớn năm 2018.", date(2019, 1, 1), False),
        ("Lũ năm nay lớn hơn năm 2018.", date(2019, 1, 1), True),
    ],
)
def test_a_year_is_met_by_the_text_or_the_date_of_an_article(
    text: str, published: date | None, met: bool
) -> None:
    (wanted,) = named("Lũ năm 2019?")
    assert wanted.met_by(around(text, date=published)) is met


def test_a_question_that_names_nothing_is_met_by_everything() -> None:
    assert named("Giá vàng ra sao?") == ()
    assert share_told((), (), around("x")) == 0


def test_the_passage_that_tells_counts_whole_and_the_rest_of_its_article_half() -> None:
    """Two names: the passage tells one of them, its article the other: (1 + 1/2) / 2."""
    found = article("Nhật Bản mua gạo.\nLũ năm 2019.")
    passage = Passage("a#0", "a", 0, 17, "Nhật Bản mua gạo.")
    wanted = named("Nhật Bản mua gì năm 2019?")
    here = PassageContext(passage, found)
    met = [requirement.met_by(here) for requirement in wanted]
    assert share_told(wanted, met, here) == pytest.approx(0.75)


def test_a_passage_about_another_country_does_not_meet_though_its_article_names_the_country() -> None:
    """Too far from the passage to be what it is about."""
    text = "Nga mua gạo. " + "Chuyện khác. " * 60 + "Kazakhstan đón 150.000 lượt khách."
    passage = Passage("a#1", "a", text.index("Kazakhstan"), len(text), text[text.index("Kazakhstan") :])
    here = PassageContext(passage, article(text, lang="vi"))
    (russia,) = named("Bao nhiêu khách du lịch tới nước Nga?")
    (kazakhstan,) = named("Bao nhiêu khách du lịch tới Kazakhstan?")
    assert kazakhstan.met_by(here) and not russia.met_by(here)


def test_a_country_that_is_asked_for_beside_another_may_stand_elsewhere_in_the_article() -> None:
    text = "Nhật Bản ký hòa ước. " + "Chuyện khác. " * 60 + "Quân Thái Lan rút đi."
    passage = Passage("a#1", "a", text.index("Quân"), len(text), "Quân Thái Lan rút đi.")
    here = PassageContext(passage, article(text, lang="vi"))
    assert all(wanted.met_by(here) for wanted in named("Nhật Bản và Thái Lan làm gì?"))
    assert not all(wanted.met_by(here) for wanted in named("Nhật Bản làm gì?"))


def test_a_town_that_is_asked_for_may_stand_anywhere_in_the_article() -> None:
    text = "Hội nghị Genève họp. " + "Chuyện khác. " * 60 + "Quân Thái Lan rút đi."
    passage = Passage("a#1", "a", text.index("Quân"), len(text), "Quân Thái Lan rút đi.")
    (geneva,) = named("Hội nghị Genève bàn gì?")
    assert geneva.met_by(PassageContext(passage, article(text, lang="vi")))


@pytest.mark.parametrize("title", ["KIM NGẠCH VỚI NHẬT BẢN", "kim ngạch với nhật bản"])
def test_a_headline_in_one_case_names_countries_too(title: str) -> None:
    (japan,) = named("Kim ngạch với Nhật Bản?")
    assert japan.met_by(around("Đạt 3 tỷ USD.", title=title, lang="vi"))
