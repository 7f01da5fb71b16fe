"""Whose date, author and site it is: what a page's markup says counts where it is said of this article."""

import json
from datetime import date

import pytest
from outlet_pages import BODY, TITLE, paragraphs
from reading_documents import original

from retrieval.sources.html.reader import read_html
from retrieval.sources.model import Document

URL = "https://bao.example/xuong-say-1.html"
OWN = {
    "@type": "NewsArticle", "headline": TITLE, "datePublished": "2025-06-14T08:20:00+07:00",
    "author": {"@type": "Person", "name": "Hà Thu"}, "publisher": {"name": "Báo Vùng Cao"},
}  # fmt: skip
OTHER = {
    "@type": "NewsArticle", "headline": "Chợ trâu họp lại sau dịch ở Pắc Ngà", "datePublished": "2019-01-05",
    "author": {"@type": "Person", "name": "Vũ Lâm"}, "url": "https://bao.example/cho-trau-2.html",
}  # fmt: skip
SHOWN = '<span class="date">Thứ bảy, 14/6/2025, 08:20 (GMT+7)</span>'


def script(*values: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{each if isinstance(each, str) else json.dumps(each)}</script>'
        for each in values
    )


def read(
    head: str = "", above: str = "", below: str = "", title: str = TITLE, text: str = "", lang: str = "vi"
) -> Document:
    page = (
        f'<html lang="{lang}"><head><title>{title} - Báo</title>{head}</head><body><div '
        f'class="detail">{above}<h1>{title}</h1>'
        f'<article class="fck_detail">{text or paragraphs()}</article>{below}</div></body></html>'
    )
    return read_html(page.encode(), original("a.html"))


@pytest.mark.parametrize(
    "written",
    [
        script({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": OTHER}]}, OWN),
        script(OTHER, OWN),
        script([OTHER, OWN]),
        script({"@graph": [OTHER, {"@type": "WebSite", "name": "Báo Vùng Cao"}, OWN]}),
        script({**OWN, "mentions": [OTHER]}),
        script({**OTHER, "mainEntityOfPage": {"@id": "https://bao.example/cho-trau-2.html"}})
        + script({**OWN, "headline": "Tựa khác hẳn", "mainEntityOfPage": {"@type": "WebPage", "@id": URL}}),
        f'<script type="application/ld+json">\n//<![CDATA[\n{json.dumps(OWN)}\n//]]>\n</script>',
        f'<script type="application/ld+json"><!-- {json.dumps(OWN)} --></script>',
        f'<script type="application/ld+json">/*<![CDATA[*/{json.dumps(OWN)};/*]]>*/</script>',
        script(json.dumps(OWN)[:-1] + ",}"),
        script(json.dumps(OWN).replace("NewsArticle", "NewsArticle\n")),
        script(json.dumps({**OWN, "description": "Ông nói §không§ với báo"}, ensure_ascii=False).replace("§", '"')),
        script(json.dumps(OWN).replace('"', "&quot;")),
        script({**OWN, "author": {"@id": "#ha"}, "publisher": {"@id": "#bao"}},
               {"@graph": [{"@id": "#ha", "name": "Hà Thu"}, {"@id": "#bao", "name": "Báo Vùng Cao"}]}),
        script({**OWN, "author": ["#ha"]}, {"@type": "Person", "@id": "#ha", "name": {"@value": "Hà Thu"}}),
        script({**OWN, "author": {"@list": [{"name": "Hà Thu"}]}, "datePublished": 1749864000000}),
    ],
)  # fmt: skip
def test_linked_data_counts_where_it_is_of_this_article(written: str) -> None:
    document = read(f'<link rel="canonical" href="{URL}">{written}')
    assert (document.title, document.date, document.author) == (TITLE, date(2025, 6, 14), "Hà Thu")


@pytest.mark.parametrize(
    "written",
    [
        script(OTHER),
        script({"@type": "ItemList", "itemListElement": [OTHER]}),
        '<div class="related"><article itemscope itemtype="https://schema.org/NewsArticle"><b '
        'itemprop="headline">Chợ trâu</b>'
        '<time itemprop="datePublished" datetime="2019-01-05">5/1/2019</time><i itemprop="author">Vũ '
        "Lâm</i></article></div>",
        '<aside><time datetime="2019-01-05">5/1/2019</time></aside>',
        '<div class="comments"><div class="comment"><b rel="author">Vũ Lâm</b><time '
        'datetime="2019-01-05">5/1/2019</time></div></div>',
        '<div class="comments" itemscope itemtype="https://schema.org/Comment"><time '
        'itemprop="datePublished" datetime="2019-01-05">'
        '</time><span itemprop="author" itemscope><b itemprop="name">Vũ Lâm</b></span></div>',
        '<div class="card"><a href="/2">Chợ trâu họp lại</a> <time datetime="2019-01-05">5/1/2019</time></div>',
        '<footer>Báo Vùng Cao, 5/1/2019 <time datetime="2019-01-05"></time></footer>',
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_what_is_said_of_something_else_does_not_count(written: str, place: str) -> None:
    assert (read(**{place: written}).date, read(**{place: written}).author) == (None, None)
    shown = read(**{place: written, "above": (written if place == "above" else "") + SHOWN})
    assert shown.date == date(2025, 6, 14)


def test_another_day_of_the_same_series_is_another_article() -> None:
    told = {**OTHER, "headline": "Giá vàng hôm nay 5/1: tăng nhẹ", "url": "https://bao.example/vang-51"}
    assert read(script(told), title="Giá vàng hôm nay 14/6: tăng nhẹ").date is None


def test_what_is_left_over_for_social_networks_does_not_count() -> None:
    head = (
        '<meta property="og:title" content="Chợ trâu họp lại sau dịch"><meta property="og:url" content="https://bao.example/2">'
        f'<meta property="article:published_time" content="2019-01-05"><link rel="canonical" href="{URL}">'
    )
    document = read(head, SHOWN)
    assert (document.title, document.date) == (TITLE, date(2025, 6, 14))


@pytest.mark.parametrize(
    ("stamp", "shown", "day"),
    [
        ("2025-06-14T23:30:00Z", "15/6/2025, 06:30", date(2025, 6, 15)),
        ("2025-06-14T23:30:00Z", "", date(2025, 6, 15)),
        ("2025-06-14T23:30:00.000+0000", "Chủ nhật, 15/06/2025 | 06:30 GMT+7", date(2025, 6, 15)),
        ("2025-06-14T20:00:00-04:00", "15 tháng 6, 2025", date(2025, 6, 15)),
        ("2025-06-14T08:20:00+07:00", "14/6/2025", date(2025, 6, 14)),
        ("2025-06-14T08:20:00+07:00", "", date(2025, 6, 14)),
        ("1749943800", "", date(2025, 6, 15)),
        ("Sat, 14 Jun 2025 08:20:00 +0700", "", date(2025, 6, 14)),
        ("2020-01-01T00:00:00Z", "Thứ bảy, 14/6/2025, 08:20", date(2025, 6, 14)),
        ("2025-06-14", "Cập nhật: 20/6/2025", date(2025, 6, 14)),
        ("2025-06-14", "Báo in ngày 16/6/2025", date(2025, 6, 14)),
    ],
)
def test_the_date_agrees_with_the_one_that_the_page_shows(stamp: str, shown: str, day: date) -> None:
    meta = f'<meta property="article:published_time" content="{stamp}">'
    assert read(meta, f'<div class="date">{shown}</div>').date == day
    assert read(script({**OWN, "datePublished": stamp}), f'<div class="date">{shown}</div>').date == day


@pytest.mark.parametrize(
    ("lang", "stamp", "shown", "day"),
    [
        ("ru", "2025-06-14T22:30:00Z", "15 июня 2025, 01:30 (UTC+3)", date(2025, 6, 15)),
        ("en", "2025-06-15T02:30:00Z", "June 14, 2025 at 10:30 p.m. ET", date(2025, 6, 14)),
        ("en", "", "06/04/2025", date(2025, 6, 4)),
        ("en-GB", "", "06/04/2025", date(2025, 4, 6)),
        ("en", "2025-04-06", "06/04/2025", date(2025, 4, 6)),
    ],
)
def test_dates_are_read_as_the_pages_language_writes_them(
    lang: str, stamp: str, shown: str, day: date
) -> None:
    english = (
        "The bridge over the river was opened on the morning of the second by the mayor of the town. " * 3
    )
    russian = (
        "Утром мэр города торжественно открыл новый мост через реку, который строили целых пятнадцать лет. "
        * 3
    )
    text = f"<p>{russian if lang == 'ru' else english}</p>" * 3
    meta = f'<meta property="article:published_time" content="{stamp}">' if stamp else ""
    assert (
        read(meta, f'<div class="date">{shown}</div>', title="Bridge opened", text=text, lang=lang).date
        == day
    )


def test_a_change_that_the_page_shows_is_not_its_date() -> None:
    told = script({**OWN, "dateModified": "2025-06-20T08:00:00+07:00"})
    assert read(told, '<div class="date">20/6/2025</div>').date == date(2025, 6, 14)


def test_the_time_beside_the_title_counts_where_no_date_is_written_out() -> None:
    time = (
        '<div class="meta"><time class="updated" datetime="2025-06-20">hôm qua</time> <time '
        'datetime="2025-06-14T08:20">7 ngày trước</time></div>'
    )
    assert read(above=time).date == date(2025, 6, 14)


def test_a_time_in_a_sentence_tells_when_something_happened() -> None:
    sentence = '<p>Cơn lũ ngày <time datetime="1999-11-02">2/11/1999</time> từng cuốn trôi bến đò của cả xã An Hạ.</p>'
    assert read(text=sentence + paragraphs()).date is None


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ('<p itemprop="author" itemscope><span itemprop="name">Hà Thu</span></p>', "Hà Thu"),
        ('<p property="author" typeof="Person"><span property="name">Hà Thu</span></p>', "Hà Thu"),
        ('<a rel="author" href="/ha-thu">Tác giả: Hà Thu</a>', "Hà Thu"),
        ('<div class="author">Hà Thu - 14/6/2025</div>', "Hà Thu"),
        ('<meta name="author" content="admin">', None),
    ],
)
def test_authors_are_found_where_pages_name_them(written: str, author: str | None) -> None:
    assert read(above=written).author == author


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<title>Hồ chứa 2 × 10⁴ khối nước</title>",
        "<title>Hồ chứa 2 × 104 khối nước | Báo</title>",
        '<meta property="og:title" content="Hồ chứa 2 × 104 khối nước"><title>Hồ chứa 2 × 104 khối nước</title>',
        "<title>Báo Vùng Cao</title>",
    ],
)
def test_raised_digits_stay_raised_in_the_title(head: str) -> None:
    heading = "<h1>Hồ chứa 2 × 10<sup>4</sup> khối nước</h1>"
    page = f"<html><head>{head}</head><body><article>{heading}{paragraphs()}</article></body></html>"
    assert read_html(page.encode(), original("a.html")).title == "Hồ chứa 2 × 10⁴ khối nước"


def test_of_several_headings_the_one_of_the_head_is_the_title() -> None:
    page = (
        f'<html><head><title>{TITLE} | Báo</title><meta property="og:site_name" content="Báo Vùng '
        f'Cao"></head><body><h1>Báo Vùng Cao</h1>'
        f"<article><h1>{TITLE}</h1>{paragraphs()}</article><h1>Tin khác trong ngày hôm nay</h1></body></html>"
    )
    assert read_html(page.encode(), original("a.html")).title == TITLE


@pytest.mark.parametrize(
    ("lang", "text", "read_as"),
    [
        ("en", paragraphs(), None),
        ("vi", paragraphs(), "vi"),
        ("vi-VN", paragraphs(), "vi"),
        (
            "vi",
            "<p>The bridge over the river was opened on the second of April by the mayor of the town.</p>"
            * 4,
            None,
        ),
        (
            "uk",
            "<p>Утром мэр города торжественно открыл новый мост через реку, который строили пятнадцать лет.</p>"
            * 4,
            "uk",
        ),
        ("nl", paragraphs(), None),
    ],
)
def test_a_language_is_believed_where_the_text_is_in_it(lang: str, text: str, read_as: str | None) -> None:
    assert read(text=text, lang=lang).lang == read_as


def test_the_site_is_the_one_that_published_this_article() -> None:
    assert read(script({**OTHER, "publisher": {"name": "Báo Khác"}}, OWN)).source == "Báo Vùng Cao"
    assert read(script({"@type": "WebSite", "name": "Báo Vùng Cao"})).source == "Báo Vùng Cao"
    assert tuple(read(script(OTHER, OWN)).text.split("\n")) == BODY
