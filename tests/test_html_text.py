"""What a page shows is what is read: raised digits, rows, numbers and notes; and nothing that it does not show."""

import pytest
from outlet_pages import BODY, MENU, TITLE, paragraphs
from reading_documents import original

from retrieval.sources.html.reader import read_html


def lines_of(body: str, head: str = "", below: str = "") -> list[str]:
    """The lines that are read of an article with `body` behind its paragraphs."""
    page = (
        f"<html lang=vi><head><title>{TITLE}</title>{head}</head><body><ul "
        f"class=menu>{MENU}</ul><article><h1>{TITLE}</h1>"
        f"{paragraphs()}{body}</article>{below}</body></html>"
    )
    return read_html(page.encode(), original("a.html")).text.split("\n")


SENTENCE = "Theo tính toán của trường đại học, mỗi năm xưởng dùng {} điện cho cả vùng chè này."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("4,2 × 10<sup>4</sup> kWh", "4,2 × 10⁴ kWh"),
        ("10<sup>-3</sup> kWh", "10⁻³ kWh"),
        ("10<sup><b>12</b></sup> kWh", "10¹² kWh"),
        ('10<span style="vertical-align: super; font-size: 70%">4</span> kWh', "10⁴ kWh"),
        ('10<span class="mu">4</span> kWh', "10⁴ kWh"),
        ("<math><msup><mn>10</mn><mn>4</mn></msup></math> kWh", "10⁴ kWh"),
        ("2<sup>n+1</sup> kWh", "2ⁿ⁺¹ kWh"),
        ("2<sup>2<sup>3</sup></sup> kWh", "2^(2³) kWh"),
        ("310<sup>2</sup> hộ", "310² hộ"),
        ("310<sup>(2)</sup> hộ", "310(2) hộ"),
        ('310<sup><a href="#fn2">2</a></sup> hộ', "310 [2] hộ"),
        ('310<a href="#fn2"><sup>2</sup></a> hộ', "310 [2] hộ"),
        ('310<a class="footnote" href="#fn2">2</a> hộ', "310 [2] hộ"),
        (
            '310<sup class="reference"><a href="#cite_note-2"><span>[</span>2<span>]</span></a></sup> hộ',
            "310 [2] hộ",
        ),
        ('hộ<sup><a href="#fn2">2</a>,<a href="#fn3">3</a></sup> dùng', "hộ[2],[3] dùng"),
        ("310<sup>a</sup> hộ", "310ᵃ hộ"),
        ("310<sup>*</sup> hộ", "310* hộ"),
        ("CO<sub>2</sub>", "CO₂"),
        ("log<sub>2</sub>8", "log₂8"),
        ("120 m<sup>2</sup> và 8 m<sup>3</sup>", "120 m² và 8 m³"),
        ("37<sup>0</sup>C", "37⁰C"),
        ("100.000<sup>đ</sup>", "100.000đ"),
        ("1<sup>st</sup>, 2<sup>nd</sup>", "1st, 2nd"),
        ("<del>62</del> 71 triệu đồng", "71 triệu đồng"),
    ],
)
def test_a_raised_or_lowered_character_never_joins_a_figure(written: str, read: str) -> None:
    lines = lines_of(f"<p>{SENTENCE.format(written)}</p>", "<style>.mu { vertical-align: super }</style>")
    assert SENTENCE.format(read) in lines


@pytest.mark.parametrize(
    "cell", ["{}", "<p>{}</p>", "<div>{}</div>", "<p><b>{}</b></p><p></p>", "<div><p>{}<br></p></div>"]
)
def test_rows_are_lines_whatever_stands_in_their_cells(cell: str) -> None:
    rows = [("Bản", "Số hộ", "Diện tích"), ("Nà Lừa", "142", "88 ha"), ("Phiêng Lơi", "160", "102 ha")]
    table = "".join(f"<tr>{''.join(f'<td>{cell.format(each)}</td>' for each in row)}</tr>" for row in rows)
    lines = lines_of(f"<table>{table}</table>{paragraphs()}")
    assert [line for line in lines if " | " in line] == [" | ".join(row) for row in rows]


def test_a_cell_over_several_rows_is_told_in_each_and_a_table_within_once() -> None:
    table = (
        "<table><tr><th>Xã</th><th>Thôn</th><th colspan=2>Số hộ</th></tr><tr><td rowspan=2>An "
        "Hạ</td><td>Một</td><td>12</td>"
        "<td>14</td></tr><tr><td>Hai</td><td>15</td><td></td></tr><tr><td>Phú</td><td>Ba</td><td>7</td><td>9</td></tr></table>"
    )
    inner = "<table><tr><td>Ngoài</td><td><table><tr><td>88</td><td>99</td></tr></table></td></tr></table>"
    lines = lines_of(f"{table}{paragraphs()}{inner}")
    rows = ["Xã | Thôn | Số hộ", "An Hạ | Một | 12 | 14", "An Hạ | Hai | 15", "Phú | Ba | 7 | 9"]
    assert [line for line in lines if " | " in line][:4] == rows
    assert sum("88" in line for line in lines) <= 1


LISTS = {
    "ul": ("<ul><li>Búp một tôm: 12.000 đồng</li><li>Búp già: 6.000 đồng</li></ul>", ["Búp một tôm: 12.000 "
        "đồng", "Búp già: 6.000 đồng"]),
    "ol": ("<ol start=5><li>Búp một tôm</li><li>Búp già</li></ol>", ["5. Búp một tôm", "6. Búp già"]),
    "letters": ('<ol type="a"><li>Búp một tôm</li><li>Búp già</li></ol>', ["a. Búp một tôm", "b. Búp già"]),
    "roman": ('<ol style="list-style-type: upper-roman"><li>Búp</li><li value=4>Lá</li></ol>', ["I. Búp", "IV. Lá"]),
    "none": ('<ol style="list-style: none"><li>Búp</li><li>Lá</li></ol>', ["Búp", "Lá"]),
    "own": ("<ol><li>1. Búp</li><li>2. Lá</li></ol>", ["1. Búp", "2. Lá"]),
    "nested": ("<ol><li>Chè<ul><li>Búp</li></ul></li><li>Ngô</li></ol>", ["1. Chè", "Búp", "2. Ngô"]),
    "dl": ("<dl><dt>Búp</dt><dd>12.000 đồng</dd><dt>Lá</dt><dd>6.000 đồng</dd></dl>", ["Búp", "12.000 "
        "đồng", "Lá", "6.000 đồng"]),
    "table": ("<table><tr><td><p>Búp</p></td><td>12.000</td></tr><tr><td><p>Lá</p></td><td>6.000</td></tr>"
        "</table>", ["Búp | 12.000", "Lá | 6.000"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_at_the_end_of_the_article_is_kept_whole_with_its_numbers(kind: str) -> None:
    written, read = LISTS[kind]
    related = (
        '<div class="related"><h3>Tin liên quan</h3><ul><li><a href="/1">Chợ trâu họp lại</a></li></ul></div>'
    )
    lines = lines_of(f"<p>Hợp tác xã trả giá theo các loại sau đây:</p>{written}", below=related)
    assert lines[-len(read) :] == read


LINKED = {
    "labels": ("<ul><li><a href=/1>Búp non</a>: 12.000</li><li><a href=/2>Lá</a>: 6.000</li></ul>",
        ["Búp non: 12.000", "Lá: 6.000"]),
    "terms": ("<dl><dt><a href=/1>Búp non</a></dt><dd>12.000</dd><dt><a href=/2>Lá</a></dt><dd>6.000</dd></dl>",
        ["Búp non", "12.000", "Lá", "6.000"]),
    "cells": ("<table><tr><td><a href=/1>Búp non</a></td><td>12.000</td></tr><tr><td><a href=/2>Lá</a></td>"
        "<td>6.000</td></tr></table>", ["Búp non | 12.000", "Lá | 6.000"]),
    "nothing else": ("<ol><li><a href=/1>Búp một tôm hai lá</a></li><li><a href=/2>Lá già</a></li></ol>",
        ["1. Búp một tôm hai lá", "2. Lá già"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", LINKED)
def test_a_list_that_a_sentence_introduces_is_whole_though_its_items_are_links(kind: str) -> None:
    written, read = LINKED[kind]
    introduction = "Hợp tác xã trả giá theo các loại sau đây:"
    assert lines_of(f"<p>{introduction}</p>{written}")[-len(read) - 1 :] == [introduction, *read]


@pytest.mark.parametrize("heading", ["Xem thêm:", "Tin liên quan:", "Read more:", "Читайте также:"])
def test_a_list_of_links_under_a_heading_for_readers_is_not_the_articles(heading: str) -> None:
    links = '<ul><li><a href="/1">Chợ trâu họp lại</a></li><li><a href="/2">Đường lên bản</a></li></ul>'
    assert tuple(lines_of(f"<p>{heading}</p>{links}")) == BODY


def test_a_list_of_links_at_the_end_is_not_the_articles() -> None:
    links = (
        '<ul><li><a href="/1">Chợ trâu họp lại sau dịch</a></li><li><a href="/2">Đường lên bản được '
        "trải nhựa</a></li></ul>"
    )
    assert tuple(lines_of(links)) == BODY


@pytest.mark.parametrize(
    "notes",
    [
        '<div class="footnotes"><ol><li id="fn2">Theo danh sách của hợp tác xã. <a href="#r2">↩</a></li></ol></div>',
        '<p id="fn2">Theo danh sách của hợp tác xã.</p>',
        "<p><sup>2</sup> Theo danh sách của hợp tác xã.</p>",
    ],
)
def test_a_footnote_is_kept(notes: str) -> None:
    lines = lines_of(
        '<p>Xưởng giúp 310<sup id="r2"><a href="#fn2">2</a></sup> hộ có việc làm quanh năm ở đây.</p>' + notes
    )
    assert "Theo danh sách của hợp tác xã." in lines[-1]
    assert "↩" not in lines[-1]


SECRET = "Đây là một câu dài mà người đọc trang này không hề nhìn thấy ở đâu cả."
SHEET = (
    "<style>/* {} */ .an{display:none} #kin{visibility:hidden} div.b .c{display:none} .x{display:none}"
    " .x.hien{display:block} @media print{.in{display:none}} .xa{position:absolute;left:-9999px}</style>"
)


@pytest.mark.parametrize(
    "hidden",
    [
        '<p class="an">{}</p>', '<p id="kin">{}</p>', '<div class="b"><p class="c">{}</p></div>', '<p class="x">{}</p>',
        '<p class="xa">{}</p>', '<p class="sr-only">{}</p>', '<p style="font-size:0">{}</p>', "<template><p>"
            "{}</p></template>",
        '<p style="position: absolute; left: -10000px">{}</p>', '<p style="height:0; overflow:hidden">{}</p>',
        '<p style="color:#fff;background-color:#fff">{}</p>', '<p style="text-indent:-9999px">{}</p>',
        '<p style="position:absolute;clip:rect(0 0 0 0)">{}</p>', "<noscript><p>{}</p></noscript>", "<p hidden>{}</p>",
        '<p style="VISIBILITY : hidden">{}</p>',
    ],
)  # fmt: skip
def test_what_the_page_hides_is_not_read(hidden: str) -> None:
    lines = lines_of(hidden.format(SECRET) + paragraphs((BODY[0].replace("2/4", "3/4"),)), SHEET)
    assert SECRET not in "\n".join(lines)
    assert BODY[0].replace("2/4", "3/4") in lines


@pytest.mark.parametrize(
    "shown",
    [
        '<p class="in">{}</p>', '<p class="x hien">{}</p>', '<p class="c">{}</p>', "<details><summary>"
            "Thêm</summary><p>{}</p></details>",
        '<p><span class="sr-only">Câu</span><span aria-hidden="true">{}</span></p>', '<p class="d-none '
            'd-md-block">{}</p>',
        '<div style="font-size:0"><p style="font-size:16px">{}</p></div>',
    ],
)  # fmt: skip
def test_what_the_page_shows_is_read(shown: str) -> None:
    assert SECRET in lines_of(shown.format(SECRET) + paragraphs((BODY[0].replace("2/4", "3/4"),)), SHEET)


def test_an_article_that_a_script_is_to_show_is_read() -> None:
    lines = lines_of("", "<style>article, article p { visibility: hidden } .menu { display: none }</style>")
    assert tuple(lines) == BODY
