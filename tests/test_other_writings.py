"""What people type in another writing than the articles have finds the right one, with the real model."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_index import write_jsonl

from retrieval.embedding.loading import load_embedder
from retrieval.embedding.protocol import Embedder
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import reindex
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever

Record = dict[str, Any]
Ask = Callable[..., Retriever]

OTHERS: list[Record] = [
    {
        "id": "market",
        "text": "Chợ Gò Duối mở thêm hai dãy sạp bán hải sản khô, tiểu thương đóng phí mỗi tháng.",
    },
    {"id": "ferry", "text": "Bến đò Phú Mỡ ngừng chạy vì cầu treo đã xong, dân đi lại không mất tiền."},
]


@pytest.fixture(scope="module")
def embedder(models_dir: Path) -> Embedder:
    return load_embedder("bundled", models_dir)


@pytest.fixture
def over(tmp_path: Path, embedder: Embedder) -> Ask:
    """A retriever over the given articles and two others."""

    def made(*records: Record) -> Retriever:
        source = write_jsonl(tmp_path / "sources" / "articles.jsonl", *records, *OTHERS)
        reindex([source], tmp_path / "data", embedder)
        return Retriever(Generations(tmp_path / "data").open_current(embedder.fingerprint), embedder)

    return made


def first(retriever: Retriever, question: str) -> str | None:
    """The article of the first excerpt; None for a refusal."""
    answer = retriever.answer(analyse(question))
    return answer.excerpts[0].citation.article_id if answer.excerpts else None


def test_eth_for_d(over: Ask) -> None:
    text = (
        "Tàu ra vào cảng Gành Ðỏ ở phường Xuân Ðài. Chủ tịch phường Ðoàn Ðình Ðạt nói tốn mười chín tỷ đồng."
    )
    retriever = over({"id": "port", "title": "Cảng cá Gành Ðỏ", "text": text})
    for question in (
        "Chủ tịch phường Đoàn Đình Đạt nói gì?",
        "Đoàn Đình Đạt là ai?",
        "ai là Đoàn Đình Đạt",
        "doan dinh dat la ai",
        "phường Xuân Đài",
    ):
        assert first(retriever, question) == "port", question
    assert first(retriever, "Đoàn Đình Đức là ai?") is None
    (excerpt, *_) = retriever.answer(analyse("phường Xuân Đài")).excerpts
    assert excerpt.text == text


TELLINGS = {
    "vi": ("Giá vé xe buýt Sơn Hòa", "Từ hôm nay giá vé xe buýt Sơn Hòa là {} đồng một lượt.", "{title} năm {year}"),
    "plain": ("Học phí mầm non Sơn Ca", "Học phí mầm non Sơn Ca là {} đồng một tháng.", "{title} tháng 7/{year}?"),
    "compared": (
        "Sản lượng muối Sa Huỳnh",
        "Sản lượng muối Sa Huỳnh năm nay đạt {} tấn, so với 3.000 tấn của năm {before}.",
        "{title} năm {year} là bao nhiêu?",
    ),
    "unmarked": ("Phí gửi xe bến Tuy Hòa", "Phí gửi xe bến Tuy Hòa là {} đồng.", "phi gui xe ben tuy hoa {year}"),
    "en": ("Ferry fare Hon Gai", "From today the ferry fare at Hon Gai is {} dong.", "What was the {title} in {year}?"),
    "ru": ("Билет на катер Залесье", "Сегодня билет на катер Залесье стоит {} рублей.", "{title} в {year} году"),
}  # fmt: skip


@pytest.mark.parametrize("telling", TELLINGS)
def test_asked_for_a_year_the_article_of_that_very_year_comes_first_or_nothing_is_said(
    over: Ask, telling: str
) -> None:
    title, text, question = TELLINGS[telling]
    figures = {2022: "41.000", 2023: "44.500", 2024: "52.000", 2025: "47.000"}
    retriever = over(
        *(
            {"id": str(y), "title": title, "text": text.format(figure, before=y - 1), "date": f"{y}-07-01"}
            for y, figure in figures.items()
        )
    )
    for year in figures:
        assert first(retriever, question.format(title=title, year=year)) == str(year)
    for year in (2019, 2026):
        assert first(retriever, question.format(title=title, year=year)) is None


def test_last_year_in_an_article_of_2025_is_2024(over: Ask) -> None:
    text = "Lễ hội đua thuyền Quy Nhơn năm ngoái thu hút {} người xem, ban tổ chức nhắc lại."
    retriever = over(
        *(
            {
                "id": f"of {y}",
                "title": "Lễ hội đua thuyền Quy Nhơn",
                "text": text.format(n),
                "date": f"{y}-02-10",
            }
            for y, n in ((2024, "12.000"), (2025, "15.500"))
        )
    )
    question = "Lễ hội đua thuyền Quy Nhơn năm {} có bao nhiêu người xem?"
    assert [first(retriever, question.format(year)) for year in (2023, 2024, 2025)] == [
        "of 2024",
        "of 2025",
        None,
    ]


def test_the_month_and_the_quarter_asked_for_come_first(over: Ask) -> None:
    coffee = "Giá cà phê nhân ở chợ Ea Drăng hôm nay là {}.000 đồng một ký, thương lái thu mua tại vườn."
    retriever = over(
        *(
            {
                "id": f"m{m}",
                "title": "Giá cà phê Ea Drăng",
                "text": coffee.format(100 + m),
                "date": f"2024-{m:02}-15",
            }
            for m in (5, 6, 7)
        ),
        {"id": "q2", "text": "Trong quý II năm 2024, đảo Bé đón 8.100 lượt khách."},
        {"id": "q3", "text": "Trong quý III năm 2024, đảo Bé đón 9.400 lượt khách."},
    )
    for month, asked in itertools.product(
        (5, 6, 7), ("tháng {}/2024", "tháng {} năm 2024", "ngày 15-{}-2024")
    ):
        assert first(retriever, f"Giá cà phê Ea Drăng {asked.format(month)}") == f"m{month}"
    for quarter, asked in itertools.product((2, 3), ("quý {}/2024", "Q{} 2024", "quý {} năm 2024")):
        assert first(retriever, f"Đảo Bé đón bao nhiêu khách {asked.format(quarter)}?") == f"q{quarter}"
    assert first(retriever, "Đảo Bé đón bao nhiêu khách quý 4/2024?") is None


@pytest.mark.parametrize("letter", ["K", "E"])
def test_a_letter_in_a_name_is_no_word_of_chats(over: Ask, letter: str) -> None:
    retriever = over(
        {"id": "named", "text": f"Vitamin {letter} có nhiều trong rau cải xanh và giúp máu đông nhanh."},
        {"id": "other", "text": "Vitamin C có nhiều trong ổi và cam, giúp cơ thể hấp thu sắt tốt hơn."},
        {"id": "no fee", "text": "Xã Cư Mốt không thu tiền gửi xe ở chợ trong dịp tết."},
    )
    for question in (
        f"Vitamin {letter} có trong thực phẩm nào?",
        f"vitamin {letter.lower()} có trong thực phẩm nào?",
        f"VITAMIN {letter} CO TRONG THUC PHAM NAO",
        f"Vitamin {letter} giúp gì?",
    ):
        assert first(retriever, question) == "named", question
    assert first(retriever, "xa Cu Mot co thu tien gui xe k?") == "no fee"


@pytest.mark.parametrize(
    ("texts", "questions"),
    [
        (
            (
                "Đại hội XII của hội nuôi ong huyện bầu ông Trần Văn Lệ làm chủ tịch.",
                "Đại hội XIII của hội nuôi ong huyện bầu bà Lê Thị Thắm làm chủ tịch.",
            ),
            (
                ("Đại hội 12 hội nuôi ong bầu ai?", "Đại hội 13 hội nuôi ong bầu ai?"),
                ("dai hoi xii hoi nuoi ong bau ai", "dai hoi xiii hoi nuoi ong bau ai"),
            ),
        ),
        (
            (
                "XX съезд пасечников района выбрал председателем Марию Лескову.",
                "XXI съезд пасечников района выбрал председателем Петра Гущина.",
            ),
            (
                ("Кого выбрал председателем 20 съезд пасечников?", "Кого выбрал 21-й съезд пасечников?"),
                ("Кого выбрал ХХ съезд пасечников?", "Кого выбрал ХХI съезд пасечников?"),
            ),
        ),
        (
            (
                "Cầu treo xã Ba Tơ tốn 4,1 tỷ đồng, do dân góp một phần.",
                "Cầu treo xã Ba Vinh tốn 5,6 tỷ đồng, do dân góp một phần.",
            ),
            (
                ("Cầu treo nào tốn 4.1 tỉ?", "Cầu treo nào tốn 5.6bn?"),
                ("Which suspension bridge cost 4.1 billion dong?", "Какой висячий мост стоил 5,6 млрд донгов?"),
            ),
        ),
        (
            (
                "Ngày 14/6/2025, tàu Hải Âu 09 chở khách ra đảo Bé lần đầu.",
                "Ngày 20/7/2025, tàu Hải Âu 12 chở khách ra đảo Bé lần đầu.",
            ),
            (
                ("2025-06-14 tàu nào ra đảo Bé?", "tàu nào ra đảo Bé ngày 20-7-2025"),
                ("Which ship sailed on June 14th, 2025?", "Какой корабль вышел 20 июля 2025?"),
            ),
        ),
    ],
)  # fmt: skip
def test_numbers_dates_and_amounts_in_another_writing(
    over: Ask, texts: tuple[str, str], questions: tuple[tuple[str, str], ...]
) -> None:
    retriever = over(*({"id": str(number), "text": text} for number, text in enumerate(texts)))
    for pair in questions:
        assert [first(retriever, question) for question in pair] == ["0", "1"], pair
