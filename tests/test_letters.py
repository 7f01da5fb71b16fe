"""Letters and notices: the date beside the place is the article's, the subject its title, and a mere number is none."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from document_files import FIRST, SECOND, THIRD, docx, drawn_pdf, pdf
from reading_documents import from_docx, from_pdf, lines

from retrieval.sources.cleaning.letters import dateline_date, is_kind_line, is_subject, place_date
from retrieval.sources.formats.plain.plain_text import read_plain_text
from retrieval.sources.formats.stated import title_of
from retrieval.sources.html.reader import read_html
from retrieval.sources.model import Document, Original

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

THIRD_OF_FEBRUARY = date(2026, 2, 3)
PLACED = [
    "Hà Nội, ngày 3 tháng 2 năm 2026",
    "TP.HCM, 3/2/2026 —",
    "Hải Phòng, 3-2-2026",
    "Hải Phòng, 3 - 2 - 2026.",
    "Ha Noi, ngay 3 thang 2 nam 2026",
    "Xã Phú Hải, huyện Phú Vang, tỉnh Thừa Thiên Huế, ngày 03 tháng 02 năm 2026",
    "Tp. Hồ Chí Minh, ngày 3 tháng 2 năm 2026",
    "г. Москва, 3 февраля 2026 г.",
    "Санкт-Петербург, 03.02.2026",
    "пос. Приречный, 3 февраля 2026 года",
    "Moscow, February 3, 2026 –",
    "Ho Chi Minh City, 3 February 2026",
    "Số: 123/TB-UBND | Hà Nội, ngày 3 tháng 2 năm 2026",
]


@pytest.mark.parametrize("line", PLACED)
def test_a_date_behind_a_place_is_found(line: str) -> None:
    assert place_date(line) == THIRD_OF_FEBRUARY


@pytest.mark.parametrize(
    "line",
    [
        "Họp ngày 3/2/2026 tại xã Phú Hải với bà con trong thôn.",
        "Hội nghị sẽ khai mạc tại Hà Nội, ngày 3 tháng 2 năm 2026",
        "Hà Nội, ngày 3 tháng 2 năm 2026, hai bên đã ký hợp đồng mua ba chiếc xuồng máy",
        "The treaty was signed in Moscow, February 3, 2026",
        "Договор подписан в Москве, 3 февраля 2026 г.",
        "Hà Nội, ngày   tháng 2 năm 2026",
        "3/2/2026",
        "",
    ],
)
def test_a_date_within_a_sentence_stands_behind_no_place(line: str) -> None:
    assert place_date(line) is None


@pytest.mark.parametrize(
    "opening",
    [
        "TP.HCM, 3/2/2026 — ",
        "Hà Nội, ngày 3 tháng 2 năm 2026 - ",
        "HÀ NỘI, 3/2/2026 (TTXVN) – ",
        "Moscow, February 3, 2026 – ",
        "MOSCOW, Feb. 3, 2026 /PRNewswire/ -- ",
        "г. Москва, 3 февраля 2026 г. — ",
        "Hà Nội (TTXVN) 3/2/2026 – ",
    ],
)
def test_a_paragraph_may_open_with_its_date(opening: str) -> None:
    assert dateline_date(opening + FIRST) == THIRD_OF_FEBRUARY
    assert dateline_date(f"Sáng nay, {opening}{FIRST}") is None
    assert dateline_date(FIRST + opening) is None


@pytest.mark.parametrize(
    "line",
    [
        "Thông báo số 15", "THÔNG BÁO", "CÔNG VĂN", "Số: 45/CV", "Số: 123/TB-UBND", "Thong bao so 15",
        "Quyết định số 45/2026/QĐ-UBND ngày 3 tháng 2 năm 2026", "Thông báo 15/TB", "№ 45", "ПРИКАЗ № 45",
        "Приказ № 123-р от 12.03.2026", "Notice No. 15", "PRESS RELEASE", "*** THÔNG BÁO ***",
    ],
)  # fmt: skip
def test_a_kind_and_a_number_are_no_title(line: str) -> None:
    assert is_kind_line(line)
    assert title_of(line, "a.pdf") is None


@pytest.mark.parametrize(
    "line",
    [
        "Thông báo tuyển dụng kế toán", "Thông báo số 15 về việc cắt nước", "Quyết định khen thưởng học sinh giỏi",
        "Notice of the annual meeting", "Приказ о премии", "Đơn giản mà ngon", "Báo cáo thường niên 2025",
        "Order of the day",
    ],
)  # fmt: skip
def test_a_title_that_begins_with_a_kind_is_one(line: str) -> None:
    assert not is_kind_line(line)
    assert title_of(line, "a.pdf") == line


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - congvan.doc", "untitled", "Layout 1", "Slide 1", "PowerPoint Presentation", "Document1",
        "congvan.indd", "Untitled-1", "IMG_20260203", "scan0001", "Trang 1.cdr", "без имени",
    ],
)  # fmt: skip
def test_what_programs_call_a_file_is_no_title(title: str) -> None:
    assert title_of(title, "a.pdf") is None


def test_subjects_are_known_by_how_they_begin() -> None:
    assert is_subject(["V/v tạm ngừng cấp nước"], 0)
    assert is_subject(["(Về việc tiêm phòng dại)"], 0)
    assert is_subject(["THÔNG BÁO", "Về tiêm phòng dại cho chó, mèo"], 1)
    assert is_subject(["ПРИКАЗ", "№ 45", "О посадке деревьев вдоль реки"], 2)
    assert not is_subject(["Về nhà sau mười năm"], 0)
    assert not is_subject(["О посадке деревьев вдоль реки"], 0)


HEADS = {
    "vi": ["ỦY BAN NHÂN DÂN XÃ PHÚ HẢI", "Số: 123/TB-UBND", "Phú Hải, ngày 3 tháng 2 năm 2026", "THÔNG BÁO",
           "Về việc tiêm phòng dại cho chó, mèo năm 2026"],
    "unaccented": ["UY BAN NHAN DAN XA PHU HAI", "So: 123/TB-UBND", "Phu Hai, ngay 3 thang 2 nam 2026", "THONG BAO",
                   "Ve viec tiem phong dai cho cho, meo nam 2026"],
    "ru": ["Администрация посёлка Приречный", "№ 45", "г. Приречный, 3 февраля 2026 г.", "ПРИКАЗ",
           "О посадке деревьев вдоль реки"],
}  # fmt: skip
RUSSIAN = "Совет посёлка утвердил план посадки десяти тысяч деревьев вдоль реки, работы начнутся в мае."
BODIES = {
    "vi": [FIRST, SECOND],
    "unaccented": [FIRST, SECOND],
    "ru": [RUSSIAN, RUSSIAN.replace("десяти", "двадцати")],
}


def in_text(paragraphs: Sequence[str]) -> Document:
    return read_plain_text(
        "\n\n".join(paragraphs).encode(), Original(id="a", place="a.txt", name="a.txt", open=BytesIO)
    )


def in_html(paragraphs: Sequence[str]) -> Document:
    body = "".join(f"<p>{each}</p>" for each in [*paragraphs, THIRD, THIRD.replace("hôm qua", "hôm nay")])
    page = f"<html><head><title>x</title></head><body><article>{body}</article></body></html>"
    return read_html(page.encode(), Original(id="a", place="a.html", name="a.html", open=BytesIO))


def in_docx(paragraphs: Sequence[str]) -> Document:
    return from_docx(docx("", paragraphs))


def in_pdf(paragraphs: Sequence[str]) -> Document:
    return from_pdf(pdf([paragraphs], information={"Title": "Microsoft Word - congvan.doc"}))


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("read", [in_text, in_html, in_docx, in_pdf])
def test_the_date_of_a_notice_is_that_beside_its_place_in_every_format(read: object, language: str) -> None:
    assert callable(read)
    assert read([*HEADS[language], *BODIES[language]]).date == THIRD_OF_FEBRUARY


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("read", [in_text, in_pdf])
def test_the_title_of_a_notice_is_its_subject(read: object, language: str) -> None:
    assert callable(read)
    assert read([*HEADS[language], *BODIES[language]]).title == HEADS[language][-1]


@pytest.mark.parametrize("read", [in_text, in_docx, in_pdf])
def test_a_date_at_the_letters_end_or_before_a_dash_is_its_date(read: object) -> None:
    assert callable(read)
    signed = ["Xuân Lộc, ngày 3 tháng 2 năm 2026", "Người viết đơn"]
    assert read(["Kính gửi Ban giám đốc,", FIRST, SECOND, *signed]).date == THIRD_OF_FEBRUARY
    assert read([f"TP.HCM, 3/2/2026 — {FIRST}", SECOND]).date == THIRD_OF_FEBRUARY


@pytest.mark.parametrize("read", [in_text, in_docx, in_pdf])
def test_dates_of_other_things_are_not_the_articles(read: object) -> None:
    assert callable(read)
    for line in (
        "Hạn nộp hồ sơ: 3/2/2026",
        "Họp ngày 3/2/2026 tại nhà văn hóa với toàn thể bà con trong thôn ta.",
    ):
        assert read([line, FIRST, SECOND]).date is None
    assert read([FIRST, f"{SECOND[:-1]}, từ ngày 3 tháng 2 năm 2026.", THIRD]).date is None


def test_of_a_notice_nothing_but_title_and_date_is_taken_out() -> None:
    document = in_text([*HEADS["vi"], *BODIES["vi"], "Nơi nhận: Như trên", "TM. ỦY BAN NHÂN DÂN"])
    head = HEADS["vi"]
    assert lines(document) == [
        head[0],
        head[1],
        head[3],
        *BODIES["vi"],
        "Nơi nhận: Như trên",
        "TM. ỦY BAN NHÂN DÂN",
    ]
    assert [dropped.reason for dropped in document.dropped] == ["date", "title"]


def test_a_number_alone_leaves_a_notice_without_title() -> None:
    for read in (in_text, in_pdf, in_docx):
        document = read(["Thông báo số 15", "Hải Phòng, 3-2-2026", FIRST, SECOND])
        assert (document.title, document.date) == (None, THIRD_OF_FEBRUARY)
        assert lines(document)[0] == "Thông báo số 15"


def test_a_date_below_another_articles_headline_is_not_this_ones() -> None:
    teaser = ["Giá vàng trong nước tăng mạnh phiên đầu tuần này", "10:30 12/3/2026"]
    document = in_text(
        [
            "Mở đường bay thẳng tới biển Đen",
            FIRST,
            *teaser,
            "Xuất khẩu gạo lập kỷ lục mới trong tháng Hai",
            "09:15 11/3/2026",
        ]
    )
    assert document.date is None


def headed(heading: Sequence[tuple[str, int]], stated: str) -> bytes:
    """A page with lines of larger type above the text, whose file states another title."""

    def draw(canvas: "Canvas") -> None:
        canvas.setTitle(stated)
        top = 790.0
        for text, size in heading:
            canvas.setFont("DejaVuSans", size)
            canvas.drawString(60, top, text)
            top -= 1.5 * size
        canvas.setFont("DejaVuSans", 10)
        for n, line in enumerate([FIRST[:77], FIRST[77:].strip(), SECOND]):
            canvas.drawString(60, top - 30 - 13 * n, line)

    return drawn_pdf(draw)


@pytest.mark.parametrize(
    "stated",
    ["Bản thảo lần hai của phòng biên tập", "Microsoft Word - a.doc", "Layout 1", "", "Thông báo số 15"],
)
def test_a_heading_beats_what_a_pdfs_file_states(stated: str) -> None:
    document = from_pdf(headed([("Mở đường bay thẳng tới biển Đen", 18)], stated))
    assert document.title == "Mở đường bay thẳng tới biển Đen"
    assert lines(document)[0] == FIRST


def test_a_heading_of_two_lines_is_one_and_a_kind_or_a_papers_name_above_it_none() -> None:
    two = [("Mở đường bay thẳng tới biển Đen", 16), ("trong mùa hè năm nay", 16)]
    assert from_pdf(headed(two, "x")).title == "Mở đường bay thẳng tới biển Đen trong mùa hè năm nay"
    for above in ("THÔNG BÁO", "BÁO BIỂN"):
        document = from_pdf(headed([(above, 20), ("Mở đường bay thẳng tới biển Đen", 14)], "x"))
        assert document.title == "Mở đường bay thẳng tới biển Đen"


def test_what_a_pdfs_file_states_is_the_title_where_the_page_has_no_heading() -> None:
    assert from_pdf(pdf([[FIRST, SECOND]], information={"Title": "Đường bay mới"})).title == "Đường bay mới"
