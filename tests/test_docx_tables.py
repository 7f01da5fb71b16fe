"""Tables of Word documents: each cell is told once, in the row where it stands, with the label that reaches over it."""

from reading_documents import from_docx, lines
from word_files import cell, p, table, word

_DOWN, _ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def rows_of(*rows: str) -> list[str]:
    return lines(from_docx(word(table(*rows))))


def test_a_table_in_a_cell_is_told_once_behind_its_row() -> None:
    deepest = table(cell("Trẻ em") + cell("2.000 đồng"))
    inner = table(cell("Ban ngày") + cell("5.000 đồng"), cell("Ban đêm") + cell("8.000 đồng", deepest))
    rows = rows_of(cell("Đối tượng") + cell("Giá vé"), cell("Hành khách") + cell("Theo giờ", inner, ""))
    assert rows == [
        "Đối tượng | Giá vé", "Hành khách | Theo giờ", "Ban ngày | 5.000 đồng", "Ban đêm | 8.000 đồng",
        "Trẻ em | 2.000 đồng",
    ]  # fmt: skip


def test_a_cell_over_several_rows_is_said_in_each_of_them() -> None:
    rows = rows_of(
        cell("Huyện A", properties=_DOWN) + cell("Xã 1") + cell("15"),
        cell("", properties=_ON) + cell("Xã 2") + cell("27"),
        cell("", properties=_ON) + cell("Xã 3") + cell("31"),
        cell("Huyện B", properties=_DOWN) + cell("Xã 4") + cell("8"),
        cell("Cộng", properties='<w:gridSpan w:val="2"/>') + cell("81"),
    )
    assert rows == [
        "Huyện A | Xã 1 | 15", "Huyện A | Xã 2 | 27", "Huyện A | Xã 3 | 31", "Huyện B | Xã 4 | 8", "Cộng | 81",
    ]  # fmt: skip


def test_columns_are_counted_over_cells_that_are_wide_or_missing() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    rows = rows_of(
        cell("Tỉnh", properties=wide) + cell("Lúa", properties=_DOWN) + cell("2025"),
        cell("An", properties="") + cell("Giang") + cell("", properties=_ON) + cell("2026"),
        f"<w:trPr><w:gridBefore w:val='2'/></w:trPr>{cell('', properties=_ON)}{cell('2027')}",
    )
    assert rows == ["Tỉnh | Lúa | 2025", "An | Giang | Lúa | 2026", "Lúa | 2027"]


def test_a_row_that_says_nothing_of_its_own_is_none() -> None:
    rows = rows_of(cell("Huyện A", properties=_DOWN) + cell("15"), cell("", properties=_ON) + cell(""))
    assert rows == ["Huyện A | 15"]


def test_paragraphs_of_a_frame_stay_apart_and_so_do_columns_of_prose() -> None:
    long = "Chuyến tàu đầu tiên rời ga vào sáng thứ hai với hai trăm hành khách. " * 5
    assert rows_of(cell("Tựa", "Đoạn một.", "Đoạn hai.")) == ["Tựa", "Đoạn một.", "Đoạn hai."]
    assert rows_of(cell(long, "Hết cột.") + cell("Cột hai.")) == [long.strip(), "Hết cột.", "Cột hai."]
    assert rows_of(cell("Ga", "Sài Gòn") + cell("6 giờ", "18 giờ")) == ["Ga Sài Gòn | 6 giờ 18 giờ"]


def test_the_date_in_a_letters_head_is_found_though_the_head_is_a_table() -> None:
    head = table(
        cell("ỦY BAN NHÂN DÂN XÃ TÂN PHƯỚC", "Số: 15/TB-UBND")
        + cell(
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Tân Phước, ngày 12 tháng 3 năm 2026",
        )
    )
    document = from_docx(
        word(head + p("Ủy ban nhân dân xã thông báo lịch cấp nước trong tháng ba cho bà con."))
    )
    assert str(document.date) == "2026-03-12"


def test_deleted_rows_and_cells_are_gone_and_rows_in_content_controls_are_read() -> None:
    rows = rows_of(
        f"<w:trPr><w:del/></w:trPr>{cell('Bỏ')}{cell('1')}",
        cell("Giữ") + cell("2") + cell("bỏ", properties="<w:cellDel/>"),
    )
    assert rows == ["Giữ | 2"]
    inside = f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cell('A')}{cell('B')}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    assert lines(from_docx(word(inside))) == ["A | B"]
