"""Tables of a PDF stay rows, whatever order their cells are filed in."""

import textwrap
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from document_files import FIRST, drawn_pdf
from reading_documents import from_pdf, lines

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
from columned_pdf import ONE, RUSSIAN, STEP, TABLE, TWO, by_rows, wrapped


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
