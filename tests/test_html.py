"""A web page becomes its article, word for word; menus, captions, related stories and comments stay out."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outlet_pages import (
    BODY,
    CAPTION,
    COMMENT,
    EXPRESS,
    FOOTER,
    FURNITURE,
    MENU,
    OUTLETS,
    SAPO,
    TEASERS,
    TITLE,
    paragraphs,
)

from retrieval.errors import SourceError
from retrieval.sources.html.reader import read_html
from retrieval.sources.model import Document, Original
from retrieval.text.forms import normalise

ORIGINAL = Original(id="a", place="a.html", name="a.html", open=lambda: BytesIO(b""))


def read(page: str | bytes, charset: str | None = None, url: str | None = None) -> Document:
    data = page if isinstance(page, bytes) else page.encode()
    return read_html(
        data,
        Original(id="a", place="a.html", name="a.html", open=lambda: BytesIO(data), url=url, charset=charset),
    )


def plain(head: str = "", body: str = "", opening: str = "<html>") -> str:
    return f"{opening}<head>{head}</head><body><article><h1>{TITLE}</h1>{body}{paragraphs()}</article></body></html>"


@pytest.mark.parametrize("outlet", OUTLETS)
def test_the_body_of_a_vietnamese_page_is_kept_word_for_word_and_in_order(outlet: str) -> None:
    lines = read(OUTLETS[outlet]).text.split("\n")
    assert SAPO in lines[0]
    assert tuple(line for line in lines if line in BODY) == BODY


@pytest.mark.parametrize("outlet", OUTLETS)
def test_the_furniture_of_a_vietnamese_page_is_dropped_and_shown(outlet: str) -> None:
    document = read(OUTLETS[outlet])
    lines = document.text.split("\n")
    assert len(lines) <= len(BODY) + 2
    shown = " ".join(each.text for each in document.dropped)
    for text in FURNITURE:
        assert not any(text in line for line in lines if line not in (SAPO, *BODY) and SAPO not in line)
        assert text in shown or text not in OUTLETS[outlet]


@pytest.mark.parametrize("outlet", OUTLETS)
def test_the_title_date_and_author_of_a_vietnamese_page_are_found(outlet: str) -> None:
    document = read(OUTLETS[outlet])
    assert (document.title, document.date, document.author) == (TITLE, date(2025, 4, 2), "Vũ Minh An")


@pytest.mark.parametrize("outlet", OUTLETS)
def test_what_is_dropped_has_a_reason_that_says_where_it_stood(outlet: str) -> None:
    reasons = {each.text: each.reason for each in read(OUTLETS[outlet]).dropped}
    assert reasons[TITLE] == "title"
    assert reasons[CAPTION] == "caption"
    assert reasons[COMMENT] == "comments"
    assert reasons[FOOTER] == "footer"
    assert reasons["Trang chủ"] == "menu"
    assert reasons[TEASERS[0]] == "related" if TEASERS[0] in reasons else True


def test_gaps_stand_where_lines_were_removed_from_between_paragraphs() -> None:
    document = read(EXPRESS)
    after_gaps = [document.text[gap:].split("\n")[0] for gap in document.gaps]
    assert BODY[2] in after_gaps
    assert BODY[4] in after_gaps
    assert BODY[1] not in after_gaps


def test_the_text_has_one_paragraph_a_line_in_nfc_and_no_blank_line() -> None:
    decomposed = (
        "M\u006f\u0323\u0302t buổi sáng\n\t ở&nbsp;xã <b>An</b> Hạ,<!-- x --> người dân đã ra bờ sông từ rất sớm."
        "<br><br>Họ chờ xem lễ."
    )
    text = read(plain(body=f"<p>{decomposed}</p>")).text
    assert text == normalise(text)
    assert "" not in text.split("\n")
    assert "Một buổi sáng ở xã An Hạ, người dân đã ra bờ sông từ rất sớm." in text.split("\n")


def test_scripts_styles_comments_and_hidden_elements_never_reach_the_text() -> None:
    secret = "Đây là một câu dài mà người đọc trang không hề nhìn thấy, kể cả khi cuộn hết trang."
    hidden = "".join(
        f"<{opening}>{secret}</{opening.split()[0]}>"
        for opening in (
            "script",
            "style",
            "template",
            "noscript",
            "p hidden",
            'p style="display: none"',
            'p aria-hidden="true"',
        )
    )
    document = read(plain(body=f"{hidden}<!-- {secret} -->"))
    assert secret not in document.text
    assert secret not in [each.text for each in document.dropped]


def test_rows_of_a_table_are_lines() -> None:
    table = "<table><tr><th>Năm</th><th>Vốn</th></tr><tr><td>2025</td><td>850 tỷ đồng</td></tr></table>"
    body = f"{paragraphs()}{table}{paragraphs(tuple(text.replace('2', '3') for text in BODY))}"
    everything = read(plain(body=body))
    lines = everything.text.split("\n") + [each.text for each in everything.dropped]
    assert "2025 | 850 tỷ đồng" in lines


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", "", None),
        ("utf-8-sig", '<meta charset="windows-1258">', "latin-1"),
        ("utf-16", "", None),
        ("utf-8", '<meta charset="no-such-charset">', None),
        ("utf-8", '<meta charset="windows-1252">', "utf-8"),
        ("utf-16-le", "", "utf-16-le"),
    ],
)
def test_every_declared_encoding_gives_the_same_text(
    encoding: str, declared: str, charset: str | None
) -> None:
    document = read(plain(head=declared).encode(encoding), charset=charset)
    assert tuple(document.text.split("\n")) == BODY


@pytest.mark.parametrize("declared", ['<meta charset="windows-1251">', ""])
def test_a_page_in_another_charset_is_read_by_its_declaration_or_by_a_guess(declared: str) -> None:
    russian = (
        "Президент Вьетнама прибыл в Москву с официальным визитом и встретился с представителями бизнеса."
    )
    page = f"<html><head>{declared}</head><body><article><p>{russian}</p><p>{russian} Снова.</p></article>"
    assert russian in read(page.encode("windows-1251")).text


def test_what_the_page_does_not_show_is_none() -> None:
    body = "<html><body><article>" + paragraphs() + "</article></body></html>"
    document = read(body)
    shown = (document.title, document.date, document.author, document.source, document.url, document.lang)
    assert shown == (None,) * 6


def test_the_date_is_the_one_beside_the_title_not_the_one_of_the_day_in_the_header() -> None:
    today = f'<header><span class="date">Thứ năm, 10/4/2025</span><ul>{MENU}{MENU}</ul></header>'
    stated = '<div class="time">Thứ tư, 2/4/2025, 16:31 (GMT+7)</div>'
    article = f"<article><h1>{TITLE}</h1>{stated}{paragraphs()}</article>"
    assert read(f"<html><body>{today}{article}</body></html>").date == date(2025, 4, 2)
    assert read(f"<html><body>{today}{article.replace(stated, '')}</body></html>").date is None


def test_the_update_of_an_article_is_not_its_date() -> None:
    modified = '<meta property="article:modified_time" content="2026-01-01T00:00:00Z">'
    assert read(plain(head=modified)).date is None


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("{} - Báo Nhanh", TITLE),
        ("{} | Báo Nhanh", TITLE),
        ("{} – Báo Nhanh", TITLE),
        ("{}: hỏi và đáp", f"{TITLE}: hỏi và đáp"),
        ("{} - những điều cần biết", f"{TITLE} - những điều cần biết"),
    ],
)
def test_the_title_loses_the_tail_that_names_the_site_and_no_other(written: str, title: str) -> None:
    head = f'<meta property="og:site_name" content="Báo Nhanh"><title>{written.format(TITLE)}</title>'
    assert (
        read(f"<html><head>{head}</head><body><article>{paragraphs()}</article></body></html>").title == title
    )


@pytest.mark.parametrize(
    ("canonical", "fetched", "url"),
    [
        ("https://a.example/1", None, "https://a.example/1"),
        ("https://www.a.example/1", "https://a.example/1?utm=x", "https://www.a.example/1"),
        ("https://b.example/1", "https://a.example/1", None),
        ("https://b.example/1", "https://notb.example/1", None),
        ("/1", None, None),
        ("javascript:alert(1)", None, None),
        ("https://[broken", None, None),
    ],
)
def test_the_canonical_link_counts_when_it_leads_to_the_same_site(
    canonical: str, fetched: str | None, url: str | None
) -> None:
    page = plain(head=f'<link rel="canonical" href="{canonical}">')
    assert read(page, url=fetched).url == url


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"<html>\0\0</html>", "binary"),
        (b"<html><body></body></html>", "no article"),
        (b"<html><body><nav><a href='/'>Home</a><a href='/n'>News</a></nav></body></html>", "no article"),
        (b"<!-- nothing -->", "HTML"),
    ],
)
def test_what_is_no_article_is_an_error_that_says_why(data: bytes, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        read(data)


def test_a_page_nested_without_end_is_read_or_refused() -> None:
    page = "<div>" * 50_000 + paragraphs() + '<script type="application/ld+json">' + "[" * 50_000
    try:
        assert read(page).text
    except SourceError as error:
        assert "article" in str(error)


def test_broken_linked_data_does_not_hide_the_article() -> None:
    for broken in (
        "{",
        '{"@type": 5, "headline": []}',
        '[{"@type": "Article", "headline": 3, "author": [1, null]}]',
    ):
        script = f'<script type="application/ld+json">{broken}</script>'
        assert tuple(read(plain(head=script)).text.split("\n")) == BODY


TAGS = "<p> </p> <div> </div> <table> <tr><td> <br> <!-- --> <script> </script> <title> <![CDATA[ <?xml?> &#0; <a>"
ODDITIES = (
    "<meta charset=utf-16>",
    '<link rel=canonical href="http://[">',
    '<script type="application/ld+json">[{}]</script>',
    "<time datetime=99>",
    "<html lang=é>",
    '<p class="sapo">',
    BODY[0],
)
MARKUP = st.sampled_from((*TAGS.split(), *ODDITIES))


@settings(max_examples=60)
@given(st.lists(st.one_of(MARKUP, st.text(max_size=8)), max_size=30).map("".join))
def test_any_markup_becomes_text_that_the_page_shows_or_a_source_error(page: str) -> None:
    try:
        document = read(page.encode("utf-8", "replace"))
    except SourceError as error:
        assert ": " in str(error)
    else:
        assert document.text == normalise(document.text)
        assert all(0 < gap < len(document.text) for gap in document.gaps)
        assert all(document.text[gap - 1] == "\n" for gap in document.gaps)


@settings(max_examples=60)
@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=12)))
def test_any_bytes_become_a_document_or_a_source_error(data: bytes, charset: str | None) -> None:
    try:
        assert read(data, charset=charset).text
    except SourceError as error:
        assert ": " in str(error)


def test_a_page_nested_beyond_all_bounds_is_refused_at_once() -> None:
    page = "<table><tr><td>" * 3000 + "<p>Chữ.</p>"
    with pytest.raises(SourceError, match="nests elements"):
        read_html(page.encode(), ORIGINAL)
