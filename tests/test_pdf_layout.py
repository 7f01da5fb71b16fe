"""Columns of a PDF page are read one after the other, whatever order they are filed in."""

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest
from document_files import FIRST, THIRD, drawn_pdf
from reading_documents import from_pdf, lines

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
from columned_pdf import ENGLISH, ONE, RUSSIAN, STEP, TWO, UNACCENTED, by_rows, wrapped


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
