"""Pages of many small parts are read in about the time of their length: what takes longer is made light before."""

import pytest
from outlet_pages import BODY, TITLE, paragraphs
from reading_documents import original

from retrieval.sources.cleaning.furniture_words import load_cues
from retrieval.sources.cleaning.page import clean
from retrieval.sources.html.decoding import parse_page
from retrieval.sources.html.lightening import for_extraction, without_floods
from retrieval.sources.html.metadata.json_mended import values_in
from retrieval.sources.html.reader import read_html

FLOODS = {
    "links": "<p>" + "".join(f'<a href="/tag/{n}">từ khóa {n}</a>, ' for n in range(7000)) + "</p>",
    "bold": "<p>" + "<b>chữ</b> " * 50_000 + "</p>",
    "breaks": "<p>" + "chữ<br>" * 20_000 + "</p>",
    "spans": "<p>" + "<span>chữ </span>" * 30_000 + "</p>",
    "raised": "<p>" + "10<sup>4</sup> " * 15_000 + "</p>",
    "attributes": "<p " + " ".join(f'a{n}="{n}"' for n in range(40_000)) + ">chữ</p>",
    "cells": "<table>" + ("<tr>" + "<td><p>12</p></td>" * 10 + "</tr>") * 3000 + "</table>",
    "wide row": "<table><tr>" + "<td>12</td>" * 30_000 + "</tr></table>",
    "merged": "<table>"
    + ("<tr>" + '<td rowspan="9999" colspan="999">Nhãn</td>' * 10 + "</tr>") * 1000
    + "</table>",
    "sheet": "<style>" + "".join(f".a .b{n % 50} .c{{display:none}}" for n in range(20_000)) + "</style>",
    "nested bold": "<p>" + ("<b>" * 300 + "x" + "</b>" * 300) * 50 + "</p>",
    "nested raised": "<p>" + "<sup>" * 300 + "2" + "</sup>" * 300 + "</p>",
    "properties": '<i itemprop="author datePublished">Hà</i>' * 5000,
    "square roots": "<math>" + "<msup><mi>x</mi><mn>2</mn></msup>" * 5000 + "</math>",
}


@pytest.mark.parametrize("kind", FLOODS)
def test_a_flood_of_small_parts_does_not_keep_the_article_from_being_read(kind: str) -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
        f"{paragraphs()}{FLOODS[kind]}</article></body></html>"
    )
    lines = read_html(page.encode(), original("a.html")).text.split("\n")
    assert tuple(line for line in lines if line in BODY) == BODY


def test_what_extractors_are_given_has_no_paragraph_of_very_many_elements_and_all_its_words() -> None:
    page = parse_page(
        "<html><body><div>Đầu"
        + "<b>chữ</b>, " * 3000
        + "<p>Đoạn.</p>"
        + "<i>sau</i> " * 3000
        + "</div></body>"
    )
    light = for_extraction(page)
    assert max(len(each) for each in light.iter()) < 10
    assert "".join(map(str, light.itertext())) == "".join(map(str, page.itertext()))
    assert sum(1 for _ in page.iter("b")) == 3000


def test_an_ordinary_page_is_given_as_it_is() -> None:
    page = parse_page(f"<html><body>{paragraphs()}</body></html>")
    assert for_extraction(page) is page


def test_elements_of_more_attributes_than_any_has_lose_them() -> None:
    many = " ".join(f"a{n}='>'" for n in range(4000))
    assert without_floods(f"<p class='x'>a</p><i {many}>b</i>") == "<p class='x'>a</p><i>b</i>"
    long = f"<img src='data:{'A' * 9000}'>"
    assert without_floods(long) == long
    code = f"<script>if (a<b && c) {{ {'d = 1; ' * 9000} }}</script><!-- <i {many}> --><p>e>f</p>"
    assert without_floods(code) == code


@pytest.mark.parametrize(
    "text",
    [
        "<a " * 100_000,
        "<a '" * 100_000,
        '<a "' * 99_999,
        "<" * 200_000,
        "<a b='>" * 50_000,
        "<script " * 50_000,
        "<!--" * 50_000,
    ],
)
def test_open_tags_are_looked_through_once(text: str) -> None:
    assert without_floods(text)


@pytest.mark.parametrize(
    "text",
    ['{"a":"' + '"' * 100_000, "{" + '"a":"b",' * 30_000 + "x}", "[" * 100_000, '[{"a":' + "/*" * 90_000],
)
def test_hostile_linked_data_ends(text: str) -> None:
    assert len(list(values_in(text))) <= 100


@pytest.mark.parametrize(
    "line",
    [
        "Chữ ngắn\n" * 20_000,
        "2/4/2025\n" * 10_000,
        "(" * 200_000,
        "- " * 100_000,
        "1 tháng " * 30_000,
        "A" * 200_000,
        "Theo " * 50_000,
    ],
)
def test_hostile_text_is_cleaned(line: str) -> None:
    assert BODY[1] in clean("\n".join((*BODY[:3], line, *BODY[3:])), load_cues()).text
