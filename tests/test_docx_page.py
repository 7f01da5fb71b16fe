"""Word documents say what is seen on their pages: notes, numbers, raised digits; nothing hidden or generated."""

import pytest
from reading_documents import from_docx, lines
from word_files import field, level, numbering, p, r, style, word

from retrieval.sources.model import Document

BRIDGE = "Công trình do huyện đầu tư"


def dropped(document: Document) -> list[tuple[str, str]]:
    return [(each.text, each.reason) for each in document.dropped]


def note(kind: str, number: int, *blocks: str, more: str = "") -> str:
    return f'<w:{kind} w:id="{number}" {more}>{"".join(blocks)}</w:{kind}>'


def reference(kind: str, number: int) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_stands_behind_the_paragraph_that_refers_to_it_and_its_mark_sticks_to_no_figure(
    kind: str,
) -> None:
    notes = note(kind, 0, p("---"), more='w:type="separator"') + note(
        kind, 2, p(f"<w:r><w:{kind}Ref/></w:r>", " Dự toán là 37,6 tỷ đồng."), p("Vốn của tỉnh.")
    )
    body = p(f"{BRIDGE} 15%", reference(kind, 2), " và sẽ xong.") + p("Lễ khởi công.", reference(kind, 2))
    document = from_docx(word(body, **{f"{kind}s": notes + note(kind, 3, p("Không ai dẫn."))}))
    assert lines(document) == [
        f"{BRIDGE} 15% và sẽ xong.", "Dự toán là 37,6 tỷ đồng.", "Vốn của tỉnh.", "Lễ khởi công.",
    ]  # fmt: skip


def test_a_note_in_a_table_stands_behind_its_row_and_one_that_was_deleted_nowhere() -> None:
    row = f"<w:tc>{p('Cầu', reference('footnote', 1))}</w:tc><w:tc>{p('5 tỷ')}</w:tc>"
    body = f"<w:tbl><w:tr>{row}</w:tr></w:tbl>" + p("Hết.", f"<w:del>{reference('footnote', 2)}</w:del>")
    notes = note("footnote", 1, p("Chưa có thuế.")) + note("footnote", 2, p("Bản nháp."))
    assert lines(from_docx(word(body, footnotes=notes))) == ["Cầu | 5 tỷ", "Chưa có thuế.", "Hết."]


ARTICLES = numbering(
    level(0, "upperRoman", "Chương %1", '<w:suff w:val="space"/>'),
    level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'),
    level(2, "decimal", "%3."),
    level(3, "lowerLetter", "%4)"),
    level(4, "decimal", "%2.%3.%5"),
)


def test_chapters_articles_clauses_and_points_have_the_numbers_of_the_page() -> None:
    body = "".join(
        p(text, number=(1, depth))
        for text, depth in (
            ("Quy định chung", 0), ("Phạm vi", 1), ("Áp dụng cho bạn đọc.", 2), ("Có thẻ;", 3), ("Còn hạn.", 3),
            ("Không áp dụng cho khách.", 2), ("Mượn sách", 0), ("Giờ mở cửa", 1), ("Từ 7 giờ 30.", 2), ("Thứ ba.", 4),
        )
    )  # fmt: skip
    assert lines(from_docx(word(body, numbering=ARTICLES))) == [
        "Chương I Quy định chung", "Điều 1. Phạm vi", "1. Áp dụng cho bạn đọc.", "a) Có thẻ;", "b) Còn hạn.",
        "2. Không áp dụng cho khách.", "Chương II Mượn sách", "Điều 2. Giờ mở cửa", "1. Từ 7 giờ 30.",
        "2.1.1 Thứ ba.",
    ]  # fmt: skip


def test_a_second_number_of_a_list_goes_on_or_begins_where_it_says() -> None:
    body = (
        p("Một", number=(1, 0)) + p("Hai", number=(2, 0)) + p("Ba", number=(2, 0)) + p("Bốn", number=(1, 0))
    )
    going_on = from_docx(word(body, numbering=numbering(level(0, "decimal", "%1."))))
    assert lines(going_on) == ["1. Một", "2. Hai", "3. Ba", "4. Bốn"]
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    anew = from_docx(word(body, numbering=numbering(level(0, "decimal", "%1."), change=start)))
    assert lines(anew)[:3] == ["1. Một", "5. Hai", "6. Ba"]
    changed = f'<w:lvlOverride w:ilvl="0">{level(0, "russianLower", "%1)")}</w:lvlOverride>'
    own = from_docx(word(body, numbering=numbering(level(0, "decimal", "%1."), change=changed)))
    assert lines(own)[:2] == ["1. Một", "б) Hai"]


def test_numbers_come_from_styles_and_the_styles_that_these_are_based_on() -> None:
    styles = (
        style("Dieu", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("Khoan", '<w:basedOn w:val="Dieu"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>')
        + style("DieuMoi", '<w:basedOn w:val="Dieu"/>')
    )
    body = p("Phạm vi", style="Dieu") + p("Bạn đọc.", style="Khoan") + p("Giờ mở cửa", style="DieuMoi")
    body += (
        '<w:p><w:pPr><w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
        + r("Ghi chú")
        + "</w:p>"
    )
    lists = numbering(level(0, "decimal", "Статья %1."), level(1, "decimal", "%1.%2"))
    document = from_docx(word(body, styles=styles, numbering=lists))
    assert lines(document) == ["Статья 1. Phạm vi", "1.1 Bạn đọc.", "Статья 2. Giờ mở cửa", "Ghi chú"]


def test_a_level_that_names_its_style_numbers_it_and_legal_numbering_is_in_figures() -> None:
    styles = style("Muc", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    lists = numbering(
        level(0, "upperRoman", "PHẦN %1:"), level(1, "decimal", "%1.%2.", '<w:pStyle w:val="Muc"/><w:isLgl/>')
    )
    body = p("Tổng quan", number=(1, 0)) + p("Kinh phí", style="Muc") + p("Nhân lực", style="Muc")
    assert lines(from_docx(word(body, styles=styles, numbering=lists))) == [
        "PHẦN I: Tổng quan", "1.1. Kinh phí", "1.2. Nhân lực",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "third"),
    [
        ("decimalZero", "03"), ("upperRoman", "III"), ("lowerRoman", "iii"), ("upperLetter", "C"), ("lowerLetter", "c"),
        ("ordinal", "3rd"), ("russianUpper", "В"), ("cardinalText", "Three"), ("ordinalText", "Third"),
        ("vietnameseCounting", "ba"), ("decimalEnclosedCircle", "③"), ("unheardOf", "3"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_form_of_their_level(form: str, third: str) -> None:
    body = "".join(p(text, number=(1, 0)) for text in ("một", "hai", "ba"))
    assert lines(from_docx(word(body, numbering=numbering(level(0, form, "%1/")))))[2] == f"{third}/ ba"


def test_bullets_are_no_text_and_deleted_or_hidden_paragraphs_are_not_counted() -> None:
    lists = numbering(level(0, "decimal", "%1."), level(1, "bullet", "\uf0b7"))
    gone = p(f"<w:del>{r('Bỏ')}</w:del>", number=(1, 0), mark="<w:del/>")
    hidden = p(r("Ẩn", "<w:vanish/>"), number=(1, 0), mark="<w:vanish/>")
    body = p("Một", number=(1, 0)) + gone + hidden + p("Gạch", number=(1, 1)) + p("Hai", number=(1, 0))
    assert lines(from_docx(word(body, numbering=lists))) == ["1. Một", "Gạch", "2. Hai"]


@pytest.mark.parametrize(
    ("run", "styles"),
    [
        (r("ông Tám chưa ký", "<w:vanish/>"), ""),
        (r("ông Tám chưa ký", '<w:vanish w:val="true"/>'), ""),
        (r("ông Tám chưa ký", "<w:specVanish/>"), ""),
        (
            r("ông Tám chưa ký", '<w:rStyle w:val="NoiBo"/>'),
            style("NoiBo", "<w:rPr><w:vanish/></w:rPr>", "character"),
        ),
        (
            r("ông Tám chưa ký", '<w:rStyle w:val="Con"/>'),
            style("NoiBo", "<w:rPr><w:vanish/></w:rPr>", "character")
            + style("Con", '<w:basedOn w:val="NoiBo"/>', "character"),
        ),
        (f"<w:hyperlink>{r('ông Tám chưa ký', '<w:vanish/>')}</w:hyperlink>", ""),
        (f"<w:ins>{r('ông Tám chưa ký', '<w:vanish/>')}</w:ins>", ""),
    ],
)
def test_hidden_text_is_listed_and_not_read(run: str, styles: str) -> None:
    document = from_docx(word(p("Mẫu nước ", run, " được gửi đi."), styles=styles))
    assert " ".join(document.text.split()) == "Mẫu nước được gửi đi."
    assert dropped(document) == [("ông Tám chưa ký", "hidden")]


@pytest.mark.parametrize(
    ("unseen", "around"),
    [
        (r("ẩn", '<w:color w:val="FFFFFF"/>'), ""),
        (r("ẩn", '<w:color w:val="ffffff"/><w:shd w:val="clear" w:fill="auto"/>'), ""),
        (r("ẩn", '<w:sz w:val="2"/>'), ""),
        (
            r("ẩn", '<w:rStyle w:val="Trang"/>'),
            style("Trang", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>', "character"),
        ),
    ],
)
def test_white_on_white_and_letters_too_small_to_be_seen_are_hidden(unseen: str, around: str) -> None:
    document = from_docx(word(p("Rõ. ", unseen), styles=around))
    assert (document.text, dropped(document)) == ("Rõ.", [("ẩn", "hidden")])


def test_white_letters_on_a_colour_are_seen() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    shaded = style("Xanh", '<w:pPr><w:shd w:val="clear" w:fill="0000FF"/></w:pPr>')
    body = (
        p(r("một", white + '<w:highlight w:val="blue"/>'))
        + p(r("hai", white + '<w:shd w:val="clear" w:fill="1F497D"/>'))
        + p(r("ba", white), style="Xanh")
        + f"<w:tbl><w:tr><w:tc>{p(r('bốn', white))}</w:tc></w:tr></w:tbl>"
    )
    assert lines(from_docx(word(body, styles=shaded))) == ["một", "hai", "ba", "bốn"]


def test_text_that_only_web_pages_hide_or_whose_hiding_is_switched_off_is_seen() -> None:
    styles = style("An", "<w:rPr><w:vanish/></w:rPr>")
    body = p(r("Trang 5", "<w:webHidden/>")) + p(r("hiện ra", '<w:vanish w:val="0"/>'), " ẩn", style="An")
    document = from_docx(word(body, styles=styles))
    assert lines(document) == ["Trang 5", "hiện ra"]
    assert dropped(document) == [("ẩn", "hidden")]


def test_a_paragraph_whose_end_is_hidden_or_deleted_goes_on_in_the_next() -> None:
    for mark in ("<w:vanish/><w:specVanish/>", "<w:del/>"):
        body = p("Điều 1. ", mark=mark) + p("Giờ mở cửa.") + p("Hết.")
        assert lines(from_docx(word(body))) == ["Điều 1. Giờ mở cửa.", "Hết."]


TOC = p("2. Nạo vét", "<w:r><w:tab/></w:r>", "8", style="TOC1")
HEADING = p("2. Nạo vét") + p("Kênh dài 6,4 ki-lô-mét.")


@pytest.mark.parametrize(
    "contents",
    [
        p("Mục lục") + TOC,
        f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Mục lục')}{p('2. Nạo vét 8')}</w:sdtContent></w:sdt>",
        p("MỤC LỤC") + p(field("TOC \\o &quot;1-3&quot; \\h", r("2. Nạo vét 8"))),
        p("Mục lục") + p(f'<w:fldSimple w:instr=" TOC \\o ">{r("2. Nạo vét 8")}</w:fldSimple>'),
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            "1. Kênh 2",
        )
        + p(field("HYPERLINK", r("2. Nạo vét "), field("PAGEREF _1", r("8"))))
        + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        p("Содержание") + p("2. Nạo vét 8", style="11"),
        p("Mục lục") + p("1. Kênh.......... 3") + p("2. Nạo vét\t8") + p("3. Kinh phí … 12"),
    ],
)  # fmt: skip
def test_a_table_of_contents_is_listed_and_not_read(contents: str) -> None:
    styles = style("TOC1", name="toc 1") + style("11", name="toc 1")
    body = p("Báo cáo thủy lợi") + contents + p("1. Kênh") + HEADING + p("3. Kinh phí")
    document = from_docx(word(body, styles=styles))
    assert lines(document) == [
        "Báo cáo thủy lợi",
        "1. Kênh",
        "2. Nạo vét",
        "Kênh dài 6,4 ki-lô-mét.",
        "3. Kinh phí",
    ]
    assert ("2. Nạo vét 8", "contents") in [(text.replace("\t", " "), why) for text, why in dropped(document)]


def test_rows_of_figures_are_no_table_of_contents() -> None:
    body = p("Bảng giá") + p("Vé lượt ...... 5") + p("Vé tháng ...... 120") + p("Vé năm ...... 900")
    assert len(lines(from_docx(word(body)))) == 4
    told = p("Đội Sông 3") + p("Đội Núi 1") + p("Đội Biển 2") + p("Đội Sông") + p("Đội Núi") + p("Đội Biển")
    assert len(lines(from_docx(word(told)))) == 6


def test_results_of_fields_are_read_and_their_instructions_are_not() -> None:
    runs = (
        "Ngày ", field("DATE \\@ dd", r("12")), ", trang ", f'<w:fldSimple w:instr="PAGE">{r("7")}</w:fldSimple>',
        f"<w:r><w:fldChar w:fldCharType='begin'/></w:r>{r('XE')}<w:r><w:fldChar w:fldCharType='end'/></w:r>", ".",
    )  # fmt: skip
    assert lines(from_docx(word(p(*runs)))) == ["Ngày 12, trang 7."]


def test_a_field_without_its_end_hides_nothing() -> None:
    body = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "Còn đây.") + p("Và đây.")
    assert lines(from_docx(word(body))) == ["Còn đây.", "Và đây."]


def formula(shape: str, **parts: str) -> str:
    inside = "".join(f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>" for name, text in parts.items())
    return f"<m:oMath><m:{shape}>{inside}</m:{shape}></m:oMath>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (("4,2 × 10", r("4", '<w:vertAlign w:val="superscript"/>'), " con"), "4,2 × 10⁴ con"),
        (("10", r("-4", '<w:vertAlign w:val="superscript"/>')), "10⁻⁴"),
        (("10", r("4", '<w:position w:val="8"/><w:sz w:val="14"/>')), "10⁴"),
        (("10", r("4", '<w:rStyle w:val="Mu"/>')), "10⁴"),
        (("CO", r("2", '<w:vertAlign w:val="subscript"/>')), "CO₂"),
        (("diện tích 50 m", r("2", '<w:vertAlign w:val="superscript"/>')), "diện tích 50 m²"),
        (("1", r("st", '<w:vertAlign w:val="superscript"/>'), " place"), "1st place"),
        (("10", r("4", '<w:vertAlign w:val="baseline"/>')), "104"),
        ((formula("sSup", e="10", sup="4"),), "10⁴"),
        ((formula("sSup", e="2", sup="x"),), "2ˣ"),
        ((formula("f", num="3", den="4"),), "3/4"),
        ((formula("f", num="a+b", den="4"),), "(a+b)/4"),
        ((formula("rad", deg="3", e="27"),), "³√27"),
        ((formula("d", e="1,5"),), "(1,5)"),
        (("20", '<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>', "C"), "20°C"),
        (("a", "<w:r><w:noBreakHyphen/></w:r>", "b", "<w:r><w:softHyphen/></w:r>", "c"), "a-bc"),
        (("trên", "<w:r><w:br/></w:r>", "dưới"), "trên\ndưới"),
    ],
)  # fmt: skip
def test_raised_digits_symbols_and_hyphens_are_as_on_the_page(runs: tuple[str, ...], text: str) -> None:
    styles = style("Mu", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>', "character")
    assert from_docx(word(p(*runs), styles=styles)).text == text


def test_a_text_box_is_told_once_behind_its_paragraph_and_comments_are_no_text() -> None:
    box = f"<w:txbxContent>{p('Trong khung.')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p("Trước ", both, "và sau.") + p('<w:r><w:commentReference w:id="1"/></w:r>', "Hết.")
    comments = {"word/comments.xml": f"<w:comments>{p('Sửa lại')}</w:comments>"}
    assert lines(from_docx(word(body, comments))) == ["Trước và sau.", "Trong khung.", "Hết."]
