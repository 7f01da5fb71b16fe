"""What people abbreviate in chats is searched as what it means."""

import pytest

from retrieval.questions.abbreviations import write_out
from retrieval.questions.query import analyse


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("VN xk bn sang Nga?", "Việt Nam xuất khẩu bao nhiêu sang Nga?"),
        ("TBT nói j?", "Tổng Bí thư nói gì?"),
        ("có đc ko", "có được không"),
        ("bnhiêu ng", "bao nhiêu người"),
        ("VND, 5k, k5, VN-A", "VND, 5k, k5, VN-A"),
        ("quan hệ VN-Nga", "quan hệ Việt Nam-Nga"),
        ("Ko biết. Bn tiền?", "Không biết. Bao nhiêu tiền?"),
        ("năm 2024 k có lũ", "năm 2024 không có lũ"),
        ("ở đây có bệnh viện k?", "ở đây có bệnh viện không?"),
        ("mua 500k dc ko", "mua 500k được không"),
        ("3 ng chết", "3 người chết"),
        ("không được", "không được"),
        ("tt putin gặp ai", "Tổng thống putin gặp ai"),
        ("tt phạm minh chính", "Thủ tướng phạm minh chính"),
        ("BT Bùi Thanh Sơn", "Bộ trưởng Bùi Thanh Sơn"),
        ("ở hn có gì", "ở Hà Nội có gì"),
        ("btngoaigiao tq", "Bộ trưởng Ngoại giao Trung Quốc"),
        ("GDP 1Q2025", "GDP Q1 2025"),
        ("GDP Q1'25", "GDP Q1 2025"),
        ("GDP QIV/2024", "GDP Q4/2024"),
        ("GDP quý đầu năm 2025", "GDP quý 1 năm 2025"),
    ],
)
def test_abbreviations_are_written_out_and_nothing_else_changes(typed: str, meant: str) -> None:
    assert write_out(typed, "vi") == meant


@pytest.mark.parametrize(
    "typed",
    [
        "Vitamin K có trong thực phẩm nào?",
        "vitamin k có trong thực phẩm nào?",
        "Bệnh viện K ở đâu?",
        "benh vien k o dau",
        "nhóm K",
        "K là gì",
        "KH, BN, DC, NG, VS, NC",
        "J-hope, K-pop, k-pop",
        "một bao 50 kg, 2kg, hai kg, mấy kg, đồng/kg",
        "4.1 bn",
        "Washington DC, washington dc",
        "dc comics",
        "VN-Index, VN Index, vn index, VN30",
        "VN Airlines",
        "Quyết định 12/QĐ-TTg, 18-NQ/TW",
        "vnexpress.vn, a@k.vn",
        "tt thương mại, thông tin tt, tt nga",
        "hn ai đi",
        "mùa 2022/23, ngày 02/04/2025",
        "Q4, 4 Q",
    ],
)
def test_what_is_part_of_a_name_or_a_unit_is_no_abbreviation(typed: str) -> None:
    assert write_out(typed, "vi") == typed


def test_a_shouted_question_is_read_like_one_in_small_letters() -> None:
    assert analyse("VITAMIN K CO TRONG THUC PHAM NAO").text == "vitamin k co trong thuc pham nao"
    assert analyse("BAO GIO CO DIEN DC KO").text == "bao gio co dien được không"


def test_a_question_of_abbreviations_is_vietnamese_without_marks() -> None:
    query = analyse("vn co ko")
    assert (query.language, query.unaccented) == ("vi", True)
    assert query.text == "Việt Nam co không"


@pytest.mark.parametrize("question", ["Lakers vs Celtics?", "What is DC?", "Сколько км, кг и k?"])
def test_other_languages_keep_their_abbreviations(question: str) -> None:
    assert analyse(question).text == question


def test_a_quarter_in_short_is_a_quarter_in_russian_too() -> None:
    assert write_out("ВВП за 1 кв. 2025 года", "ru") == "ВВП за 1 квартал 2025 года"
    assert write_out("ВВП за II кв 2025", "ru") == "ВВП за II квартал 2025"


def test_a_list_of_years_is_a_question_for_each() -> None:
    asked = analyse("Kim ngạch Việt - Nga 2022/23/24?").questions
    assert [each.text for each in asked] == [f"Kim ngạch Việt - Nga {year}?" for year in (2022, 2023, 2024)]
    for text in ("mùa giải 2022/23", "ngày 2025/04/02", "số 2022/25/30"):
        assert not analyse(text).questions
