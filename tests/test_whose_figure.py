"""What a question is about must be what its answer is about: firms and people as well as countries and years."""

from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from small_index import article, asked, centred, fitted, index, open_index

from retrieval.article import Passage
from retrieval.excerpts.selection import select
from retrieval.index.embedded.generation import Generation
from retrieval.questions.query import analyse
from retrieval.questions.several import asks_for_countries
from retrieval.ranking.fusion import Candidates, find
from retrieval.ranking.reading import Reading
from retrieval.ranking.whose_figure import is_of_another_country, lacks_countries
from retrieval.retriever import Retriever

ARTICLES = {
    "rosatom": "Tập đoàn Rosatom cho biết doanh thu quý này đạt 5 tỷ USD, theo ông Likhachev.",
    "gazprom": "Tập đoàn Gazprom cho biết doanh thu quý này đạt 30 tỷ USD, theo ông Miller.",
    "vinfast": "Hãng xe VinFast bán 8.000 chiếc trong tháng. Ông Phạm Nhật Vượng nói về VinFast.",
    "toyota": "Hãng xe Toyota bán 9.000 chiếc trong tháng. Ông Lê Văn Hòa nói về Toyota.",
    "evn": "Tập đoàn EVN tăng giá điện thêm 3 %, theo thông báo chiều nay.",
    "pvn": "Tập đoàn PVN tăng giá khí thêm 4 %, theo thông báo chiều nay.",
    "lavrov": "Ngoại trưởng Lavrov đã đến thăm nhà máy, theo hãng tin.",
    "kazakhstan": "Kim ngạch thương mại song phương Việt Nam - Kazakhstan đạt 800 triệu USD.",
    "nga": "Kim ngạch thương mại song phương Việt Nam - Nga đạt 4,58 tỷ USD.",
    "belarus": "Kim ngạch thương mại song phương với Belarus đạt 100 triệu USD, theo Đảng Bạch Nga.",
}


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    data_dir = tmp_path_factory.mktemp("whose") / "data"
    index(data_dir, *({"id": name, "text": text, "lang": "vi"} for name, text in ARTICLES.items()))
    return open_index(data_dir)


def search(question: str, generation: Generation) -> Candidates:
    numbers = fitted()
    return find(
        asked(question, generation, numbers), centred(question, generation, numbers), generation, numbers
    )


def about(question: str, generation: Generation) -> set[str]:
    """The articles that are about what the question names."""
    found = search(question, generation)
    stored = generation.passages(found.rows.tolist())
    return {stored[row][1].id for row, is_met in zip(found.rows.tolist(), found.met, strict=True) if is_met}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Doanh thu của Rosatom là bao nhiêu?", {"rosatom"}),
        ("doanh thu cua Rosatom la bao nhieu", {"rosatom"}),
        ("doanh thu của rosatom bao nhiêu", {"rosatom"}),
        ("What is the revenue of Gazprom?", {"gazprom"}),
        ("gazprom revenue", {"gazprom"}),
        ("Какова выручка Газпрома?", {"gazprom"}),
        ("VinFast bán bao nhiêu xe?", {"vinfast"}),
        ("vinfast ban bao nhieu xe", {"vinfast"}),
        ("How many cars did Toyota sell?", {"toyota"}),
        ("Сколько машин продала Toyota?", {"toyota"}),
        ("EVN tăng giá bao nhiêu?", {"evn"}),
        ("Tập đoàn PVN tăng giá bao nhiêu?", {"pvn"}),
        ("Ông Phạm Nhật Vượng nói gì?", {"vinfast"}),
        ("ong Le Van Hoa noi gi", {"toyota"}),
        ("Что посетил Лавров?", {"lavrov"}),
        ("Куда приехал Сергей Лавров?", {"lavrov"}),
        ("Where did Sergey Lavrov go?", {"lavrov"}),
    ],
)
def test_a_question_about_one_firm_or_person_is_not_met_by_an_article_about_another(
    question: str, expected: set[str], generation: Generation
) -> None:
    assert about(question, generation) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Kim ngạch Việt - Nga?", {"nga"}),
        ("kim ngạch việt nga", {"nga"}),
        ("kim ngach viet nga", {"nga"}),
        ("kim ngạch thương mại với nga", {"nga"}),
        ("trade between Vietnam and Russia", {"nga"}),
        ("russian trade with vietnam", {"nga"}),
        ("Каков объём торговли России и Вьетнама?", {"nga"}),
        ("российско-вьетнамская торговля", {"nga"}),
        ("торговля с Казахстаном", {"kazakhstan"}),
        ("Trade with Belarus?", {"belarus"}),
        ("Kim ngạch với Nhật Bản?", set()),
        ("Какая торговля с Японией?", set()),
        ("Trade with Hong Kong?", set()),
    ],
)
def test_a_question_about_one_country_is_met_by_what_is_about_it_alone(
    question: str, expected: set[str], generation: Generation
) -> None:
    found = about(question, generation)
    assert found & {"nga", "kazakhstan", "belarus"} == expected


def test_a_name_that_the_collection_never_saw_is_left_to_the_confidence(generation: Generation) -> None:
    assert about("Doanh thu của Siemens là bao nhiêu?", generation) == set(ARTICLES)


@pytest.mark.parametrize(
    "question",
    [
        "What did the Minister say?",
        "Доклад Министра?",
        "Giám đốc CEO nói gì?",
        "Tổng Giám đốc nói gì?",
    ],
)
def test_titles_and_common_words_are_no_names(question: str, generation: Generation) -> None:
    assert about(question, generation) == set(ARTICLES)


def test_what_is_about_another_country_is_not_shown_beside_the_answer(generation: Generation) -> None:
    for question in ("Kim ngạch Việt - Nga?", "Каков объём торговли России и Вьетнама?"):
        chosen = select(search(question, generation), generation, 3, None)
        assert [each.article.id for each in chosen] == ["nga"]


def test_where_nothing_is_about_what_is_asked_the_nearest_are_shown_all_the_same(
    generation: Generation,
) -> None:
    assert len(select(search("Kim ngạch với Nhật Bản?", generation), generation, 3, None)) == 3


def test_of_a_quarter_that_the_passage_does_not_tell_nothing_is_told_for_sure(tmp_path: Path) -> None:
    """The logistic is certain of both."""
    index(tmp_path / "data", {"id": "a", "text": "Giá gạo 11 tháng năm 2024 là 5 USD.", "lang": "vi"})
    generation, certain = open_index(tmp_path / "data"), fitted(dense=50.0)
    answers = {
        question: Retriever(generation, FakeEmbedder(), certain).answer(analyse(question))
        for question in ("Giá gạo năm 2024?", "Giá gạo quý 1 năm 2024?", "Giá gạo tháng 3/2024?")
    }
    assert [(each.answered, each.unsure) for each in answers.values()] == [
        (True, False),
        (True, True),
        (True, True),
    ]


BOTH = "Azerbaijan và Việt Nam lập quan hệ năm 1992. Quan hệ với Belarus phát triển từ năm 1995."


@pytest.mark.parametrize(
    ("question", "sentence", "of_another"),
    [
        ("Việt Nam lập quan hệ với Belarus năm nào?", 0, True),
        ("nam nao Viet Nam lap quan he voi Belarus", 0, True),
        ("When were relations with Belarus established?", 0, True),
        ("Когда установлены отношения с Белоруссией?", 0, True),
        ("Việt Nam lập quan hệ với Belarus năm nào?", 1, False),
        ("Việt Nam lập quan hệ với Azerbaijan năm nào?", 0, False),
        ("Azerbaijan và Belarus lập quan hệ năm nào?", 0, False),
        ("Ai thăm Belarus?", 0, False),
        ("Việt Nam lập quan hệ khi nào?", 0, False),
    ],
)
def test_within_a_passage_a_figure_is_of_the_country_that_its_sentence_names(
    question: str, sentence: int, of_another: bool
) -> None:
    read = Reading(5.0, 5.0, np.array([sentence == 0, sentence == 1], np.float32))
    passage = Passage("a#0", "a", 0, len(BOTH), BOTH)
    assert is_of_another_country(analyse(question), passage, article(BOTH, lang="vi"), read) is of_another


@pytest.mark.parametrize(
    ("asked", "asks"),
    [
        ("Ông Tô Lâm đi thăm những nước nào hồi tháng 5?", True),
        ("ong To Lam di tham nhung nuoc nao", True),
        ("Which countries did To Lam visit in May?", True),
        ("В какие страны ездил То Лам?", True),
        ("Which ministers did he meet?", False),
        ("Ông Tô Lâm thăm Nga khi nào?", False),
    ],
)
def test_a_list_of_countries_is_told_from_other_questions(asked: str, asks: bool) -> None:
    assert asks_for_countries(analyse(asked)) is asks


def test_one_country_is_no_list_of_them() -> None:
    query = analyse("Ông Tô Lâm thăm những nước nào?")
    texts = {"Ông được mời thăm Nga ngày 9/5.": True, "Ông thăm Kazakhstan, Azerbaijan và Nga.": False}
    for text, lacks in texts.items():
        passage = Passage("a#0", "a", 0, len(text), text)
        assert lacks_countries(query, passage, article(text, lang="vi")) is lacks
