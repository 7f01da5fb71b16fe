"""PDF pages are read as they are seen: column by column, tables row by row, raised digits raised, margins left out."""

import textwrap
from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest
from document_files import FIRST, SECOND, THIRD, drawn_pdf
from reading_documents import from_pdf, lines

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

ONE = [
    "Làng nghề đan lát Xuân Lộc hiện có sáu mươi hộ làm thúng, nia và giỏ tre, mỗi tháng bán ra chợ tỉnh chừng bốn"
    " nghìn sản phẩm.",
    "Nghệ nhân Trần Thị Bưởi năm nay bảy mươi tám tuổi, đã truyền nghề cho hơn một trăm người trong vùng.",
    "Hội phụ nữ xã mở ba lớp dạy đan miễn phí trong hè, mỗi lớp kéo dài sáu tuần, ưu tiên hộ nghèo.",
]
TWO = [
    "Chợ phiên Xuân Lộc họp vào ngày mồng năm và mồng mười âm lịch, từ bốn giờ sáng tới giữa trưa.",
    "Giá một chiếc thúng lớn là chín mươi nghìn đồng, giỏ nhỏ từ hai mươi lăm nghìn đồng.",
    "Huyện hỗ trợ mỗi hộ một máy chẻ nan, trị giá mười một triệu đồng, trả dần trong hai năm.",
]
RUSSIAN = [
    "Совет посёлка утвердил план посадки десяти тысяч деревьев вдоль реки, работы займут три года и начнутся в мае.",
    "Деньги выделит фонд защиты берегов, ещё часть соберут хозяйства, которые разводят креветок в округе.",
]
ENGLISH = [
    "The town council has agreed to plant ten thousand trees along the river, and the work will take three years.",
    "The money comes from the fund for the protection of the banks and from the farmers who raise shrimps nearby.",
]
UNACCENTED = [
    "Lang nghe dan lat Xuan Loc hien co sau muoi ho lam thung, nia va gio tre, moi thang ban ra cho tinh chung bon"
    " nghin san pham.",
    "Nghe nhan Tran Thi Buoi nam nay bay muoi tam tuoi, da truyen nghe cho hon mot tram nguoi trong vung.",
]
STEP = 13


def wrapped(paragraphs: Sequence[str], width: int) -> list[str]:
    """Printed lines, the first of each paragraph indented."""
    return [line for text in paragraphs for line in textwrap.wrap(text, width, initial_indent="\u2002")]


def by_rows(canvas: "Canvas", columns: Sequence[Sequence[str]], xs: Sequence[float], top: float) -> float:
    """Columns drawn row by row, as Word's tables and OCR do; the height below them."""
    for row in zip_longest(*columns, fillvalue=""):
        for x, line in zip(xs, row, strict=True):
            indent = 10 if line.startswith("\u2002") else 0
            canvas.drawString(x + indent, top, line.strip("\u2002"))
        top -= STEP
    return top


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (ONE, TWO),
        (RUSSIAN, ONE),
        (ENGLISH, RUSSIAN),
        (UNACCENTED, ENGLISH),
        (ENGLISH, UNACCENTED),
        (TWO, ONE),
    ],
)
def test_columns_that_the_file_has_row_by_row_are_read_one_after_the_other(
    one: list[str], two: list[str]
) -> None:
    columns = [wrapped(one, 38), wrapped(two, 38)]
    document = from_pdf(drawn_pdf(lambda canvas: by_rows(canvas, columns, (60, 310), 760)))
    assert lines(document) == [*one, *two]


def test_three_columns_are_read_one_after_the_other() -> None:
    texts = [ONE[:2], TWO[:2], RUSSIAN[:1]]
    columns = [wrapped(each, 24) for each in texts]
    document = from_pdf(drawn_pdf(lambda canvas: by_rows(canvas, columns, (50, 220, 390), 760)))
    assert lines(document) == [line for each in texts for line in each]


def test_columns_whose_lines_do_not_stand_on_one_height_are_read_one_after_the_other() -> None:
    left, right = wrapped(ONE, 38), wrapped(TWO, 38)

    def draw(canvas: "Canvas") -> None:
        for n, (one, two) in enumerate(zip_longest(left, right, fillvalue="")):
            canvas.drawString(60, 760 - STEP * n, one)
            canvas.drawString(310, 755 - STEP * n, two)

    assert lines(from_pdf(drawn_pdf(draw))) == [*ONE, *TWO]


def test_a_headline_over_both_columns_and_a_note_below_them_keep_their_places() -> None:
    headline = "Nghề đan lát Xuân Lộc sống lại nhờ chợ phiên và nhờ khách từ tỉnh xa tìm đến mua"

    def draw(canvas: "Canvas") -> None:
        canvas.setFont("DejaVuSans", 12)
        for n, line in enumerate(textwrap.wrap(headline, 60)):
            canvas.drawString(60, 790 - 15 * n, line)
        canvas.setFont("DejaVuSans", 10)
        below = by_rows(canvas, [wrapped(ONE, 38), wrapped(TWO, 38)], (60, 310), 740)
        for n, line in enumerate(textwrap.wrap(FIRST, 85)):
            canvas.drawString(60, below - 30 - STEP * n, line)

    document = from_pdf(drawn_pdf(draw))
    assert document.title == headline
    assert lines(document) == [*ONE, *TWO, FIRST]


def test_columns_above_and_below_a_line_across_the_page_are_read_in_turn() -> None:
    across = "Dưới đây là ý kiến của những người bán hàng ở chợ phiên, ghi lại vào cuối tháng Năm"

    def draw(canvas: "Canvas") -> None:
        below = by_rows(canvas, [wrapped(ONE[:2], 38), wrapped(TWO[:2], 38)], (60, 310), 760)
        canvas.drawString(60, below - 12, across)
        by_rows(canvas, [wrapped(ONE[2:], 38), wrapped(TWO[2:], 38)], (60, 310), below - 40)

    assert lines(from_pdf(drawn_pdf(draw))) == [*ONE[:2], *TWO[:2], across, ONE[2], TWO[2]]


@pytest.mark.parametrize("by_column", [False, True])
def test_a_page_number_below_columns_parts_nothing(by_column: bool) -> None:
    def draw(canvas: "Canvas") -> None:
        columns, xs = [wrapped(ONE, 38), wrapped(TWO, 38)], (60, 310)
        if by_column:
            for column, x in zip(columns, xs, strict=True):
                by_rows(canvas, [column], (x,), 760)
        else:
            by_rows(canvas, columns, xs, 760)
        canvas.drawString(295, 40, "1")

    document = from_pdf(drawn_pdf(draw))
    assert lines(document) == [*ONE, *TWO]
    assert [dropped.text for dropped in document.dropped] == ["1"]


TABLE = [
    ["Mặt hàng", "Giá (đồng)", "Số lượng"],
    ["Thúng lớn", "90.000", "1.200"],
    ["Nia", "45.000", "310"],
    ["Giỏ nhỏ", "25.000", "2.400"],
    ["Rổ thưa", "15.000", "980"],
]


def table_rows(canvas: "Canvas", xs: Sequence[float], top: float) -> float:
    for row in TABLE:
        for x, cell in zip(xs, row, strict=True):
            canvas.drawString(x, top, cell)
        top -= STEP
    return top


@pytest.mark.parametrize("xs", [(60, 250, 400), (60, 130, 200), (60, 180, 330)])
@pytest.mark.parametrize("by_column", [False, True])
def test_a_table_stays_rows_whatever_order_its_cells_are_filed_in(
    xs: Sequence[float], by_column: bool
) -> None:
    def draw(canvas: "Canvas") -> None:
        canvas.drawString(60, 790, "Giá bán tại chợ phiên tháng Năm, theo ban quản lý chợ:")
        if not by_column:
            table_rows(canvas, xs, 760)
            return
        for n, x in enumerate(xs):
            for m, row in enumerate(TABLE):
                canvas.drawString(x, 760 - STEP * m, row[n])

    found = lines(from_pdf(drawn_pdf(draw)))
    assert found[1:] == [" | ".join(row) for row in TABLE]


def test_a_table_within_a_column_stays_rows_and_the_other_column_whole() -> None:
    def draw(canvas: "Canvas") -> None:
        below = by_rows(canvas, [wrapped(ONE[:2], 38)], (60,), 760)
        below = table_rows(canvas, (60, 150, 220), below - 8)
        by_rows(canvas, [wrapped(ONE[2:], 38)], (60,), below - 8)
        by_rows(canvas, [wrapped([*TWO, *RUSSIAN], 36)], (320,), 760)

    found = lines(from_pdf(drawn_pdf(draw)))
    assert found == [*ONE[:2], *(" | ".join(row) for row in TABLE), ONE[2], *TWO, *RUSSIAN]


def test_cells_of_several_lines_are_whole() -> None:
    rows = [
        (
            "Thúng lớn",
            "Đan bằng tre già ba năm tuổi, cạp bằng mây, dùng để phơi thóc và đựng rau đem ra chợ bán",
        ),
        ("Nia tròn", "Đan kín, đường kính một mét, dùng để sảy gạo, phơi cá và phơi bánh tráng vào mùa khô"),
        (
            "Giỏ nhỏ",
            "Có quai, sơn màu, khách ở tỉnh xa mua làm quà, mỗi tháng bán được chừng hai nghìn chiếc",
        ),
    ]

    def draw(canvas: "Canvas") -> None:
        top = 760.0
        for name, text in rows:
            canvas.drawString(60, top, name)
            for line in textwrap.wrap(text, 40):
                canvas.drawString(180, top, line)
                top -= STEP
            top -= 10

    assert lines(from_pdf(drawn_pdf(draw))) == [" | ".join(row) for row in rows]


@pytest.mark.parametrize("align", ["TOP", "MIDDLE", "BOTTOM"])
def test_cells_are_whole_however_they_are_aligned(align: str) -> None:
    rows = [
        ["Mặt hàng", "Mô tả", "Giá"],
        [
            "Thúng lớn",
            "Đan bằng tre già ba năm tuổi, cạp bằng mây, dùng để phơi thóc và đựng rau đem bán",
            "90.000",
        ],
        [
            "Nia tròn",
            "Đan kín, đường kính một mét, dùng để sảy gạo, phơi cá và phơi bánh vào mùa khô",
            "45.000",
        ],
        ["Giỏ nhỏ có quai xách tay", "Có quai, sơn màu, khách ở tỉnh xa mua làm quà", "25.000"],
    ]
    assert lines(from_pdf(table_pdf(rows, (100, 250, 80), align))) == [" | ".join(row) for row in rows]


def test_columns_of_one_borderless_table_are_read_one_after_the_other() -> None:
    assert lines(from_pdf(table_pdf([["\n".join(ONE), "\n".join(TWO)]], (240, 240), "TOP"))) == [*ONE, *TWO]


def table_pdf(rows: Sequence[Sequence[str]], widths: Sequence[float], align: str) -> bytes:
    """A page with a table whose cells are set by a layout program, a paragraph a line."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    drawn_pdf(lambda canvas: None)  # the font is known from now on
    style = ParagraphStyle("cell", fontName="DejaVuSans", fontSize=9, leading=11, spaceAfter=5)
    cells = [[[Paragraph(text, style) for text in cell.split("\n")] for cell in row] for row in rows]
    file = BytesIO()
    SimpleDocTemplate(file).build(
        [Table(cells, colWidths=widths, style=[("VALIGN", (0, 0), (-1, -1), align)])]
    )
    return file.getvalue()


def test_figures_of_one_row_are_never_glued() -> None:
    rows = [["2023", "1.204", "310", "17"], ["2024", "1.310", "420", "19"], ["2025", "1.415", "530", "23"]]

    def draw(canvas: "Canvas") -> None:
        for n, row in enumerate(rows):
            for m, cell in enumerate(row):
                canvas.drawRightString(120 + 50 * m, 760 - STEP * n, cell)

    assert lines(from_pdf(drawn_pdf(draw))) == [" | ".join(row) for row in rows]


def test_a_justified_line_and_a_list_are_no_table() -> None:
    items = [
        "• Giá vé không đổi trong mùa hè này",
        "• Lịch bay có ba chuyến mỗi tuần",
        "• Hành lý được hai mươi cân",
    ]

    def draw(canvas: "Canvas") -> None:
        text = canvas.beginText(60, 760)
        for line in textwrap.wrap(FIRST, 60):
            text.setWordSpace(6)
            text.textLine(line)
        canvas.drawText(text)
        for n, item in enumerate(items):
            canvas.drawString(60, 700 - STEP * n, item[0])
            canvas.drawString(85, 700 - STEP * n, item[2:])

    assert lines(from_pdf(drawn_pdf(draw))) == [FIRST, *items]


@pytest.mark.parametrize(("every", "x"), [(1, 30), (5, 30), (10, 30), (5, 560)])
@pytest.mark.parametrize("last", [False, True])
def test_numbers_of_lines_in_the_margin_are_no_text(every: int, x: float, last: bool) -> None:
    printed = wrapped([*ONE, *TWO, *RUSSIAN, *ENGLISH, *ONE, *TWO, *RUSSIAN], 70)

    def draw(canvas: "Canvas") -> None:
        def numbers() -> None:
            for n in range(every, len(printed) + 1, every):
                canvas.drawString(x, 760 - STEP * (n - 1), str(n))

        for n, line in enumerate(printed):
            if not last and (n + 1) % every == 0:
                canvas.drawString(x, 760 - STEP * n, str(n + 1))
            canvas.drawString(
                70 if not line.startswith("\u2002") else 80, 760 - STEP * n, line.strip("\u2002")
            )
        if last:
            numbers()

    document = from_pdf(drawn_pdf(draw))
    assert lines(document) == [*ONE, *TWO, *RUSSIAN, *ENGLISH, *ONE, *TWO, *RUSSIAN]
    assert {dropped.reason for dropped in document.dropped} == {"line number"}
    assert len(document.dropped) == len(printed) // every


def test_numbers_of_lines_that_stand_close_to_the_text_are_no_text_either() -> None:
    printed = wrapped([*ONE, *TWO], 70)

    def draw(canvas: "Canvas") -> None:
        for n, line in enumerate(printed):
            canvas.drawString(45, 760 - STEP * n, str(n + 1))
            canvas.drawString(62 + 10 * line.startswith("\u2002"), 760 - STEP * n, line.strip("\u2002"))

    document = from_pdf(drawn_pdf(draw))
    assert " ".join(lines(document)) == " ".join([*ONE, *TWO])
    assert len(document.dropped) == len(printed)


def test_the_numbers_of_a_tables_rows_and_of_a_lists_items_stay() -> None:
    def draw(canvas: "Canvas") -> None:
        for n, row in enumerate(TABLE[1:]):
            for x, cell in zip((40, 90, 250, 400), [str(n + 1), *row], strict=True):
                canvas.drawString(x, 760 - STEP * n, cell)
        for n, text in enumerate([*ONE, *TWO]):
            canvas.drawString(40, 600 - 2 * STEP * n, str(n + 1))
            for m, line in enumerate(textwrap.wrap(text, 75)):
                canvas.drawString(70, 600 - 2 * STEP * n - 12 * m, line)

    document = from_pdf(drawn_pdf(draw))
    assert document.dropped == ()
    assert "1 | Thúng lớn | 90.000 | 1.200" in lines(document)


def raised(canvas: "Canvas", x: float, y: float, *parts: tuple[str, bool]) -> None:
    """Parts of a line, some of them raised: smaller and above the line, each an object of its own."""
    for text, up in parts:
        size = 6 if up else 10
        canvas.setFont("DejaVuSans", size)
        canvas.drawString(x, y + (4 if up else 0), text)
        x += canvas.stringWidth(text, "DejaVuSans", size)
    canvas.setFont("DejaVuSans", 10)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            (("Mật độ đo được là 3,2 × 10", False), ("4", True), (" con trên mỗi lít nước hồ.", False)),
            "3,2 × 10⁴ con",
        ),
        ((("Cả xã có 310", False), ("2", True), (" hộ làm nghề đan lát.", False)), "310² hộ"),
        ((("Диаметр зеркала 10", False), ("-9", True), (" м, не больше.", False)), "10⁻⁹ м"),
        ((("Kho rộng 450 m", False), ("2", True), (", cao bốn tầng.", False)), "450 m², cao"),
        ((("The basin holds 10", False), ("12", True), (" litres of water.", False)), "10¹² litres"),
        ((("Máy mới chạy từ năm 2024", False), ("2", True)), "năm 2024²"),
    ],
)
def test_raised_digits_are_no_digits_of_the_number_before_them(
    parts: Sequence[tuple[str, bool]], expected: str
) -> None:
    def draw(canvas: "Canvas") -> None:
        for n, line in enumerate(textwrap.wrap(FIRST, 80)):
            canvas.drawString(60, 760 - STEP * n, line)
        raised(canvas, 60, 700, *parts)

    document = from_pdf(drawn_pdf(draw))
    assert expected in document.text
    assert lines(document)[0] == FIRST


def test_digits_raised_by_the_text_matrix_are_seen_as_raised() -> None:
    def draw(canvas: "Canvas") -> None:
        text = canvas.beginText(60, 760)
        text.setFont("DejaVuSans", 10)
        text.textOut("Mật độ đo được là 3,2 × 10")
        text.setFont("DejaVuSans", 6)
        text.setRise(4)
        text.textOut("4")
        text.setFont("DejaVuSans", 10)
        text.setRise(0)
        text.textOut(" con trên mỗi lít nước hồ.")
        canvas.drawText(text)

    assert from_pdf(drawn_pdf(draw)).text == "Mật độ đo được là 3,2 × 10⁴ con trên mỗi lít nước hồ."


def test_small_print_and_footnotes_are_kept_as_they_are() -> None:
    def draw(canvas: "Canvas") -> None:
        for n, line in enumerate(textwrap.wrap(FIRST, 80)):
            canvas.drawString(60, 760 - STEP * n, line)
        canvas.setFont("DejaVuSans", 7)
        raised(canvas, 60, 80, ("1", True), (" Số liệu của ban quản lý chợ, năm 2024.", False))

    assert lines(from_pdf(drawn_pdf(draw))) == [FIRST, "¹ Số liệu của ban quản lý chợ, năm 2024."]


@pytest.mark.parametrize("angle", [90, 270, 45])
def test_turned_text_is_kept_and_parts_no_sentence(angle: int) -> None:
    def draw(canvas: "Canvas") -> None:
        printed = wrapped([FIRST, SECOND], 80)
        for n, line in enumerate(printed):
            canvas.drawString(80, 760 - STEP * n, line)
            if n == 1:
                canvas.saveState()
                canvas.translate(40, 500)
                canvas.rotate(angle)
                canvas.drawString(0, 0, "Lưu hành nội bộ")
                canvas.restoreState()

    assert lines(from_pdf(drawn_pdf(draw))) == [FIRST, SECOND, "Lưu hành nội bộ"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_like_any_other(angle: int) -> None:
    def draw(canvas: "Canvas") -> None:
        canvas.setPageRotation(angle)
        canvas.translate(300, 300)
        canvas.rotate(angle)
        by_rows(canvas, [wrapped(ONE, 38), wrapped(TWO, 38)], (-240, 30), 250)

    assert lines(from_pdf(drawn_pdf(draw))) == [*ONE, *TWO]


def test_words_broken_at_the_ends_of_columns_lines_are_whole() -> None:
    left = [
        "The town council has agreed to plant ten thou-",
        "sand trees along the river, and the work will",
        "take three years, as the mayor says.",
    ]
    right = [
        "Money comes from the fund for the protec-",
        "tion of the banks and from the farmers who",
        "raise shrimps nearby, it was said.",
    ]

    document = from_pdf(drawn_pdf(lambda canvas: by_rows(canvas, [left, right], (50, 320), 760)))
    assert lines(document) == [
        "The town council has agreed to plant ten thousand trees along the river, and the work will take three"
        " years, as the mayor says.",
        "Money comes from the fund for the protection of the banks and from the farmers who raise shrimps nearby,"
        " it was said.",
    ]


def test_a_page_of_very_many_small_objects_is_read() -> None:
    def draw(canvas: "Canvas") -> None:
        canvas.setFont("DejaVuSans", 3)
        for n in range(9_000):
            canvas.drawString(20 + n % 180 * 3, 820 - n // 180 * 7, "a")

    assert from_pdf(drawn_pdf(draw)).text.count("a") == 9_000


def test_a_paragraph_goes_on_over_the_end_of_a_column() -> None:
    printed = wrapped([THIRD, FIRST], 38)
    half = len(printed) // 2 + 1
    columns = [printed[:half], printed[half:]]
    document = from_pdf(drawn_pdf(lambda canvas: by_rows(canvas, columns, (60, 310), 760)))
    assert lines(document) == [THIRD, FIRST]
