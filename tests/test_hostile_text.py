"""Text made to keep a reader busy - long runs of one mark, very many short lines - is read in one go.

A pattern that looks at a run anew from each of its characters would take hours over these.
"""

from io import BytesIO

import pytest

from retrieval.sources.address_lists import is_address_list
from retrieval.sources.cleaning.dates import find_dates
from retrieval.sources.cleaning.letters import dateline_date, is_kind_line, place_date, subject_of
from retrieval.sources.collection import read
from retrieval.sources.formats.plain.plain_text import read_plain_text
from retrieval.sources.model import Original
from retrieval.sources.reading import articles_of
from retrieval.sources.web.broken_xml import mended
from retrieval.sources.web.content_types import kind_of
from retrieval.sources.web.sitemaps import sitemap_links

SIZE = 100_000
RUNS = [
    " ", "\u00a0", "\t", '"', "”", ".", "-", "(", ")", "1", "1.", "12/", "12 / ", "?! ", "a ", "Ab ", "A. ", "| ", "> ",
    "http://", "a.", "tháng ", "1 tháng ", "ngày 1 ", "1 March ", "số ", "№ 1", "V/v ", "Hà Nội, ", "Ảnh: ",
    "(Ảnh: ", "by ", "a: ", "\u0301",
]  # fmt: skip


def repeated(part: str) -> str:
    return part * (SIZE // len(part))


@pytest.mark.parametrize("part", RUNS)
def test_a_long_run_is_read_in_one_go(part: str) -> None:
    text = f"x{repeated(part)}x"
    document = read_plain_text(text.encode(), Original(id="a", place="a.txt", name="a.txt", open=BytesIO))
    assert document.text[0] == "x"
    assert (place_date(text), dateline_date(text), is_address_list(text)) == (None, None, False)
    assert not is_kind_line(text)
    assert find_dates(text) == []
    assert subject_of([text]) is None


@pytest.mark.parametrize(
    "line", ["a", "Ab cd", "12/3/2026", "1. a", "PV: a", "Ảnh: TTXVN", "Hà Nội, ngày 3 tháng 2 năm 2026"]
)
def test_very_many_short_lines_are_read_in_one_go(line: str) -> None:
    text = f"{line}\n" * 5_000
    document = read_plain_text(text.encode(), Original(id="a", place="a.txt", name="a.txt", open=BytesIO))
    assert len(document.text.split("\n")) + len(document.dropped) >= 5_000


@pytest.mark.parametrize(
    "table",
    [
        '"' * SIZE,
        "text\n" + '"' * SIZE,
        "text\n" + '"\n' * (SIZE // 2),
        "title,text\n" + 'A,"one\n' * 5_000,
        "text\n" + "," * SIZE,
        "sep=;\n" * (SIZE // 6),
        "#\n" * (SIZE // 2),
        "text,date\nA," + "1." * (SIZE // 2),
    ],
)
def test_a_table_of_quotes_or_delimiters_is_read_in_one_go(table: str) -> None:
    source = Original(id="a", place="a.csv", name="a.csv", open=lambda: BytesIO(table.encode()))
    assert len([read(each) for each in articles_of(source)]) <= table.count("\n") + 1


@pytest.mark.parametrize(
    "part",
    [
        "<",
        "<a",
        "&",
        "&a",
        "<!--",
        "<![CDATA[",
        "<loc>",
        "<url>",
        "</urlset",
        "</urlset>",
        " ",
        "<?",
        "<script>",
    ],
)
def test_a_sitemap_of_openings_is_read_in_one_go(part: str) -> None:
    written = "<urlset>" + repeated(part) + "<url><loc>http://a.example/</loc></url>"
    assert mended(written, "urlset").startswith("<urlset>")
    assert kind_of("text/xml", written.encode()[:8192], "http://a.example/") == "sitemap"
    try:
        assert "http://a.example/" in sitemap_links(written.encode(), "http://a.example/map").urls
    except Exception as error:
        assert "sitemap" in str(error)
