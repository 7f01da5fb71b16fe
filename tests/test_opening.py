"""What a reply opens with: one excerpt where the lead is clear, several where they are needed."""

from dataclasses import replace
from datetime import date

import pytest
from answers import make_answer, make_excerpt

from retrieval.article import Excerpt
from retrieval.excerpts.opening import MOST_OPENED, at_most, never_closed, opened, opening, unopened
from retrieval.excerpts.trimming import trimmed
from retrieval.questions.query import analyse

PLAIN = analyse("Kim ngạch thương mại đạt bao nhiêu?")


def scored(*scores: float) -> list[Excerpt]:
    return [
        make_excerpt(f"Câu số {n}.", (0, 7), score=score, start=100 * n) for n, score in enumerate(scores)
    ]


def figure(said: str, told: date | None, score: float = 0.0) -> Excerpt:
    return make_excerpt(said, (0, len(said)), date=told, score=score)


def places(excerpts: list[Excerpt], question: str = PLAIN.asked) -> list[int]:
    """Which of the excerpts the reply opens with."""
    found = opening(excerpts, analyse(question))
    assert [each.text for each in found.excerpts] == [each.text for each in excerpts]
    return [n for n, each in enumerate(found.excerpts) if each.shown]


def test_one_excerpt_is_enough_where_the_lead_is_clear() -> None:
    assert places(scored(5, 1, 0)) == [0]
    assert places(scored(5)) == [0]
    assert opening([], PLAIN).excerpts == ()


def test_what_is_nearly_as_good_is_shown_with_the_best_up_to_a_page() -> None:
    assert places(scored(5, 4, 0)) == [0, 1]
    assert places(scored(5, 5, 4, 4, 4)) == [0, 1, 2]


@pytest.mark.parametrize(
    "question",
    [
        "Tổng Bí thư Tô Lâm thăm những nước nào?",
        "Tong Bi thu To Lam tham nhung nuoc nao?",
        "Bao gồm những gì?",
        "Những ai đã dự buổi tiếp?",
        "Which countries did To Lam visit?",
        "What agreements were signed?",
        "Какие страны посетил То Лам?",
        "О каких проектах договорились?",
    ],
)
def test_a_list_takes_more_of_them(question: str) -> None:
    assert places(scored(5, 2.5, 0), question) == [0, 1]


@pytest.mark.parametrize(
    "question",
    [
        "Nước nào là đối tác lớn của Nga?",
        "Nhưng năm nào hai nước ký hiệp ước?",
        "What is the trade turnover?",
        "What was signed in Moscow?",
        "Which country does To Lam visit?",
        "Какая страна больше всех вложила?",
    ],
)
def test_one_thing_is_no_list(question: str) -> None:
    assert places(scored(5, 2.5, 0), question) == [0]


def test_figures_that_differ_with_their_dates_are_shown_together() -> None:
    old = figure("Kim ngạch đạt 3,6 tỷ USD.", date(2022, 1, 1), 1)
    new = figure("Kim ngạch đạt 4,1 tỷ USD.", date(2025, 1, 1), 4)
    assert places([new, old]) == [0, 1]
    assert places([new, figure("Kim ngạch đạt 4,1 tỷ USD.", date(2022, 1, 1), 1)]) == [0]
    assert places([new, figure("Kim ngạch đạt 3,6 tỷ USD.", None, 1)]) == [0]


FIGURES = [
    figure("Năm 2023, kim ngạch đạt 3,6 tỷ USD.", None, 9),
    figure("Hai bên gặp nhau ở Hà Nội.", date(2024, 1, 1), 8),
    figure("Kim ngạch đạt 7,1 tỷ USD.", date(2021, 12, 1), 2),
    figure("Năm 2022, kim ngạch đạt 3,5 tỷ USD.", date(2025, 1, 1), 1),
]


@pytest.mark.parametrize(
    "question",
    [
        "Năm nào kim ngạch cao nhất?",
        "nam nao kim ngach cao nhat",
        "Kim ngạch năm 2021 và năm 2022, năm nào cao hơn?",
        "Which year was trade highest?",
        "When was trade at its lowest?",
        "В каком году товарооборот был самым высоким?",
        "Когда товарооборот был максимальным?",
    ],
)
def test_figures_to_be_compared_stand_side_by_side_in_the_order_of_their_dates(question: str) -> None:
    found = opening(FIGURES, analyse(question))
    assert found.by_date
    answer = make_answer(*found.excerpts, by_date=found.by_date)
    assert [each.text[:24] for each in opened(answer)] == [FIGURES[n].text[:24] for n in (2, 3, 0)]
    assert unopened(answer) == (FIGURES[1],)


def test_where_there_is_nothing_to_compare_the_best_is_shown() -> None:
    question = analyse("Năm nào kim ngạch cao nhất?")
    far = replace(FIGURES[1], score=1.0)
    for excerpts in ([FIGURES[0], far], [far], [FIGURES[0], figure("Năm 2023 đạt 2 tỷ USD.", None, 1)]):
        found = opening(excerpts, question)
        assert [bool(each.shown) for each in found.excerpts] == [True, *[False] * (len(excerpts) - 1)]
        assert not found.by_date
    assert not opening(FIGURES, analyse("Nước nào đầu tư nhiều nhất vào Việt Nam?")).by_date


def test_more_is_shown_of_what_may_not_be_the_answer() -> None:
    sentence = "Hai bên đã bàn về nhiều việc khác nhau trong buổi gặp ở thủ đô hôm ấy. "
    long = make_excerpt((sentence * 12).strip(), (0, len(sentence) - 1))
    (sure,), (unsure,) = (opening([long], PLAIN, unsure=unsure).excerpts for unsure in (False, True))
    assert sure.shown and unsure.shown and sure.shown.end < unsure.shown.end < len(long.text)


def test_a_reply_always_opens_with_something_and_never_with_more_than_a_page() -> None:
    all_open = opening(scored(5, 5, 5), PLAIN).excerpts
    closed = scored(3, 2)
    assert [each.shown for each in never_closed(closed)] == [trimmed(closed[0]), None]
    assert never_closed(all_open[1:]) == all_open[1:]
    assert never_closed(()) == ()
    assert sum(each.shown is not None for each in at_most((*all_open, *all_open))) == MOST_OPENED
    assert [each.text for each in opened(make_answer(*closed))] == ["Câu số 0."]
