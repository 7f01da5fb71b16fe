"""Documents made for tests: PDF, DOCX, EPUB and zip files of a few articles."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

TITLE = "Mở đường bay thẳng tới biển Đen"
FIRST = (
    "Chuyến bay thẳng đầu tiên từ Hà Nội tới Sochi cất cánh vào sáng thứ hai, mang theo hai trăm hành khách, theo"
    " thông báo của hãng hàng không."
)
SECOND = "Hai bên nhất trí bay ba chuyến mỗi tuần, bắt đầu từ mùa hè, và sẽ tăng chuyến khi có nhu cầu."
THIRD = "Vé khứ hồi có giá từ mười hai triệu đồng, theo bảng giá được công bố hôm qua tại Hà Nội."

LETTERS_A_LINE = 74
FONT = "DejaVuSans"


def pdf(
    pages: Sequence[Sequence[str]],
    head: str | Sequence[str] = "",
    foot: str = "",
    information: Mapping[str, str] | None = None,
    password: str | None = None,
    wrapped: bool = True,
) -> bytes:
    """Pages of paragraphs, broken into lines as a printer would, a wider gap between them.

    In `head`, one for all pages or one each, and in `foot`, `#` is the page's number. Without `wrapped`, each string
    is one printed line.
    """
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    encrypt = StandardEncryption(password) if password else None
    canvas = Canvas(file, encrypt=encrypt, invariant=1)
    for name, value in (information or {}).items():
        getattr(canvas, f"set{name}")(value)
    _register_font()
    for number, paragraphs in enumerate(pages, start=1):
        canvas.setFont(FONT, 11)
        top = head if isinstance(head, str) else head[number - 1]
        canvas.drawString(60, 800, top.replace("#", str(number)))
        height = 760
        for paragraph in paragraphs:
            for line in _wrapped(paragraph) if wrapped else [paragraph]:
                canvas.drawString(60, height, line)
                height -= 14
            height -= 12 if wrapped else 0
        canvas.drawString(290, 40, foot.replace("#", str(number)))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def drawn_pdf(*pages: "Callable[[Canvas], object]", **crop: tuple[float, float, float, float]) -> bytes:
    """A page for each function that draws one on a canvas of A4, with a font of 10 points set."""
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, invariant=1, pageCompression=0, **crop)
    _register_font()
    for draw in pages:
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def picture_pdf() -> bytes:
    """A page as a scanner leaves it: no text."""
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    canvas.rect(60, 60, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def docx(title: str = TITLE, paragraphs: Sequence[str] = (FIRST, SECOND), author: str = "") -> bytes:
    """The title in Word's style for titles, then the paragraphs, a list item and a table."""
    import docx as word

    document = word.Document()
    if author:
        document.core_properties.author = author
    if title:
        document.add_heading(title, level=0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_paragraph("Giá vé không đổi", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Chặng", "Giá"), ("Sochi", "12 triệu")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph(THIRD)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = (
    f"<dc:title>{TITLE}</dc:title><dc:creator>Thu Trang</dc:creator><dc:language>vi-VN</dc:language>"
    "<dc:publisher>Nhà xuất bản Biển</dc:publisher><dc:date>2025-04-02</dc:date>"
    "<dc:identifier>urn:uuid:1</dc:identifier>"
)
CHAPTER = (
    f"<h1>{TITLE}</h1>\n<p>{FIRST[:40]}<em>{FIRST[40:60]}</em>{FIRST[60:]}</p><script>alert(1)</script>"
    f"<ul><li>Giá&nbsp;vé</li><li>Lịch bay</li></ul><table><tr><td><p>Sochi</p></td><td>12</td></tr></table>"
)


def epub(
    metadata: str = METADATA,
    chapters: Sequence[str] = (CHAPTER, f"<p>{SECOND}<br/>{THIRD}</p>"),
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """A book whose chapters stand in the spine in the reverse order of their files."""
    names = [f"c{len(chapters) - n}.xhtml" for n in range(len(chapters))]
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0">'
        f'<metadata>{metadata}</metadata><manifest><item id="nav" href="nav.xhtml" properties="nav"'
        f' media-type="application/xhtml+xml"/>{items}</manifest><spine><itemref idref="nav"/>{spine}</spine></package>'
    )
    pages = {f"OEBPS/{name}": _page(body) for name, body in zip(names, chapters, strict=True)}
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package,
            "OEBPS/nav.xhtml": _page("<nav><ol><li>Mục lục</li></ol></nav>"),
            **pages,
            **(extra or {}),
        }
    )


def zipped(members: Mapping[str, str | bytes] | Sequence[tuple[str | ZipInfo, str | bytes]]) -> bytes:
    """A zip file of these members, in their order; a name may stand twice."""
    file = BytesIO()
    with warnings.catch_warnings(), ZipFile(file, "w", ZIP_DEFLATED) as packed:
        warnings.simplefilter("ignore")
        for name, content in members.items() if isinstance(members, Mapping) else members:
            packed.writestr(name, content, ZIP_DEFLATED)
    return file.getvalue()


def _page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>x</title></head><body>{body}</body></html>"
    )


def _wrapped(paragraph: str) -> list[str]:
    lines = [""]
    for word in paragraph.split():
        if len(lines[-1]) + len(word) > LETTERS_A_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _register_font() -> None:
    import matplotlib
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    path = Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"
    pdfmetrics.registerFont(TTFont(FONT, str(path)))
