"""PDF pages in columns and rows, as printers lay them out."""

import textwrap
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

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


TABLE = [
    ["Mặt hàng", "Giá (đồng)", "Số lượng"],
    ["Thúng lớn", "90.000", "1.200"],
    ["Nia", "45.000", "310"],
    ["Giỏ nhỏ", "25.000", "2.400"],
    ["Rổ thưa", "15.000", "980"],
]
