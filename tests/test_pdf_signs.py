"""Numbers in the margin, raised digits, small and turned print of a PDF page."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from document_files import FIRST, SECOND, drawn_pdf
from reading_documents import from_pdf, lines

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
from columned_pdf import ENGLISH, ONE, RUSSIAN, STEP, TABLE, TWO, by_rows, wrapped


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
