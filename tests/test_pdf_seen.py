"""Text of a PDF that no reader sees on the page is not the article's; what is seen is, and what a scan's layer has."""

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from document_files import FIRST, FONT, SECOND, drawn_pdf
from reading_documents import from_pdf, lines

from retrieval.errors import SourceError

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SEEN = "Hai bên nhất trí bay ba chuyến mỗi tuần trong mùa hè."
HIDDEN = "Mua thuốc giảm cân giá rẻ ở đây"


def with_hidden(hide: object) -> bytes:
    """A page with one line that is seen, and what `hide` draws at a place below it."""
    assert callable(hide)

    def draw(canvas: "Canvas") -> None:
        canvas.drawString(60, 700, SEEN)
        canvas.saveState()
        hide(canvas)
        canvas.restoreState()

    return drawn_pdf(draw)


def white_on_white(canvas: "Canvas") -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 650, HIDDEN)


def nearly_white(canvas: "Canvas") -> None:
    canvas.setFillColorRGB(0.99, 0.99, 0.98)
    canvas.drawString(60, 650, HIDDEN)


def blue_on_blue(canvas: "Canvas") -> None:
    canvas.setFillColorRGB(0, 0, 0.5)
    canvas.rect(40, 600, 300, 80, fill=1)
    canvas.drawString(60, 650, HIDDEN)


def transparent(canvas: "Canvas") -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(60, 650, HIDDEN)


def invisible(canvas: "Canvas") -> None:
    text = canvas.beginText(60, 650)
    text.setTextRenderMode(3)
    text.textOut(HIDDEN)
    canvas.drawText(text)


def tiny(canvas: "Canvas") -> None:
    canvas.setFont(FONT, 0.3)
    canvas.drawString(60, 650, HIDDEN)


def covered(canvas: "Canvas") -> None:
    canvas.drawString(60, 650, HIDDEN)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(40, 600, 300, 80, fill=1, stroke=0)


def clipped(canvas: "Canvas") -> None:
    path = canvas.beginPath()
    path.rect(60, 300, 10, 10)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(60, 650, HIDDEN)


def off_the_page(canvas: "Canvas") -> None:
    canvas.drawString(60, -40, HIDDEN)


def beside_the_page(canvas: "Canvas") -> None:
    canvas.drawString(700, 650, HIDDEN)


HIDING = [
    white_on_white, nearly_white, blue_on_blue, transparent, invisible, tiny, covered, clipped, off_the_page,
    beside_the_page,
]  # fmt: skip


@pytest.mark.parametrize("hide", HIDING)
def test_text_that_is_not_seen_is_no_text_and_is_told(hide: object) -> None:
    document = from_pdf(with_hidden(hide))
    assert document.text == SEEN
    assert [dropped.reason for dropped in document.dropped] == ["hidden"]
    assert document.dropped[0].text.replace(" ", "") == HIDDEN.replace(" ", "")


def test_hidden_text_between_two_lines_of_a_sentence_parts_nothing() -> None:
    def draw(canvas: "Canvas") -> None:
        canvas.drawString(60, 700, FIRST[:77])
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 693, HIDDEN)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(60, 687, FIRST[77:].strip())

    assert lines(from_pdf(drawn_pdf(draw))) == [FIRST]


def white_on_blue(canvas: "Canvas") -> None:
    canvas.setFillColorRGB(0, 0, 0.5)
    canvas.rect(40, 600, 300, 80, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 650, SECOND[:40])


def yellow(canvas: "Canvas") -> None:
    canvas.setFillColorRGB(1, 1, 0)
    canvas.drawString(60, 650, SECOND[:40])


def light_grey(canvas: "Canvas") -> None:
    canvas.setFillColorRGB(0.85, 0.85, 0.85)
    canvas.drawString(60, 650, SECOND[:40])


def small(canvas: "Canvas") -> None:
    canvas.setFont(FONT, 4)
    canvas.drawString(60, 650, SECOND[:40])


def outlined(canvas: "Canvas") -> None:
    text = canvas.beginText(60, 650)
    text.setTextRenderMode(1)
    text.textOut(SECOND[:40])
    canvas.drawText(text)


def on_a_tint(canvas: "Canvas") -> None:
    canvas.setFillColorRGB(0.9, 0.95, 0.9)
    canvas.rect(40, 600, 300, 80, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(60, 650, SECOND[:40])


def within_a_clip(canvas: "Canvas") -> None:
    path = canvas.beginPath()
    path.rect(40, 600, 400, 80)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(60, 650, SECOND[:40])


@pytest.mark.parametrize(
    "show", [white_on_blue, yellow, light_grey, small, outlined, on_a_tint, within_a_clip]
)
def test_text_that_is_seen_is_kept(show: object) -> None:
    document = from_pdf(with_hidden(show))
    assert document.text.replace("\n", " ") == f"{SEEN} {SECOND[:40].strip()}"
    assert document.dropped == ()


def test_letters_of_fonts_outside_the_file_are_kept_though_they_cannot_be_drawn_here() -> None:
    def draw(canvas: "Canvas") -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, "The minister said that talks go on, in Sao Tomé and elsewhere.")

    assert from_pdf(drawn_pdf(draw)).text == "The minister said that talks go on, in Sao Tomé and elsewhere."


def scan(width: int, height: int) -> BytesIO:
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (width, height), (230, 225, 210)).save(file, "PNG")
    file.seek(0)
    return file


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("box", [(0, 0, 595, 842), (40, 600, 500, 150)])
def test_the_text_layer_of_a_scan_is_its_text(box: tuple[int, int, int, int], before: bool) -> None:
    from reportlab.lib.utils import ImageReader

    def draw(canvas: "Canvas") -> None:
        def picture() -> None:
            canvas.drawImage(ImageReader(scan(50, 70)), *box)

        picture() if before else None
        text = canvas.beginText(60, 700)
        text.setFont(FONT, 10)
        text.setTextRenderMode(3)
        text.textLine(FIRST[:77])
        text.textLine(FIRST[77:].strip())
        canvas.drawText(text)
        None if before else picture()

    assert from_pdf(drawn_pdf(draw)).text == FIRST


def test_what_is_outside_the_crop_box_is_not_seen() -> None:
    def draw(canvas: "Canvas") -> None:
        canvas.drawString(20, 820, "MAU_IN_V7.indd 3 CMYK")
        canvas.drawString(60, 700, SEEN)
        canvas.drawString(300, 20, "14/06/25 09:12:44")

    document = from_pdf(drawn_pdf(draw, cropBox=(30, 40, 560, 800)))
    assert document.text == SEEN
    assert [dropped.reason for dropped in document.dropped] == ["hidden"]


def test_a_page_whose_crop_box_lies_elsewhere_is_read_in_its_own_coordinates() -> None:
    def draw(canvas: "Canvas") -> None:
        canvas.drawString(310, 700, SEEN)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(310, 650, HIDDEN)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(60, 700, HIDDEN)

    assert from_pdf(drawn_pdf(draw, cropBox=(300, 400, 595, 842))).text == SEEN


def layered(on: bool) -> bytes:
    """A page with a line in a layer that is switched on or off."""
    stream = (
        b"BT /F 12 Tf 60 700 Td (Talks go on in summer.) Tj ET"
        b" /OC /L BDC BT /F 12 Tf 60 600 Td (Draft only.) Tj ET EMC"
    )
    state = b"/ON [5 0 R]" if on else b"/OFF [5 0 R]"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [5 0 R] /D << %s >> >> >>" % state,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 6 0 R >>"
        b" /Properties << /L 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /OCG /Name (Draft) >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return (
        b"%PDF-1.5\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, 1))
        + (b"trailer << /Root 1 0 R /Size 7 >>\n%%EOF")
    )


def test_a_layer_that_is_switched_off_is_not_seen() -> None:
    assert lines(from_pdf(layered(on=True))) == ["Talks go on in summer. Draft only."]
    assert lines(from_pdf(layered(on=False))) == ["Talks go on in summer."]


def test_a_page_of_hidden_text_alone_says_so() -> None:
    with pytest.raises(SourceError, match="no text"):
        from_pdf(drawn_pdf(white_on_white))
