"""Sitemaps as sites write them: what search engines read is read, and one bad entry costs itself."""

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from web_runs import read
from web_server import Reply, WebServer

from retrieval.errors import SourceError
from retrieval.sources.address_lists import addresses_in, is_address_list
from retrieval.sources.formats.plain.plain_text import read_plain_text
from retrieval.sources.model import Original
from retrieval.sources.web.feeds import feed_links
from retrieval.sources.web.sitemaps import sitemap_links

HERE = "http://a.example/news/map.xml"
A, B = "http://a.example/a", "http://a.example/b"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
BODY = f"<urlset {NAMESPACE}><url><loc>{A}</loc></url><url><loc>{B}</loc></url></urlset>"


@pytest.mark.parametrize(
    "before",
    [
        "\n\n",
        "  \r\n\t",
        "\ufeff\n",
        "<!-- made by a plug-in -->\n",
        "<script>var a = '<b>' < 1;</script>\n",
        "<br />\n<b>Warning</b>: Undefined variable & more in <b>/www/map.php</b> on line <b>3</b><br />\n",
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_what_stands_before_the_declaration_costs_nothing(before: str, charset: str) -> None:
    said = DECLARATION.replace("UTF-8", charset)
    assert sitemap_links(f"{before}{said}{BODY}".encode(charset), HERE) == ([A, B], None)


@pytest.mark.parametrize(
    "behind",
    [
        "<script>var loaded = 1;</script>",
        "\n<!-- 0.3 s -->\n<!-- unclosed",
        "Notice: x & y < z",
        "<urls/>",
        "\0\0",
        "&",
    ],
)
def test_what_stands_behind_costs_nothing(behind: str) -> None:
    assert sitemap_links(f"{DECLARATION}{BODY}{behind}".encode(), HERE) == ([A, B], None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/a?x=1&y=2", "http://a.example/a?x=1&y=2"),
        ("/a?x=1&amp;y=2&z", "http://a.example/a?x=1&y=2&z"),
        ("<![CDATA[/a?x=1&y=2]]>&", "http://a.example/a?x=1&y=2&"),
        ("/caf&eacute;", "http://a.example/café"),
        ("/a&#38;b&c=1", "http://a.example/a&b&c=1"),
        ("/a\x0bb", "http://a.example/ab"),
        ("\n  ../a\n", "http://a.example/a"),
        ("//b.example/a", "http://b.example/a"),
    ],
)
def test_an_address_is_read_as_it_is_meant(written: str, meant: str) -> None:
    entry = f"<urlset {NAMESPACE}><url><loc>{written}</loc></url></urlset>"
    assert sitemap_links(entry.encode(), HERE) == ([meant], None)


@pytest.mark.parametrize(
    "bad",
    [
        "<url></url>",
        "<url><loc/></url>",
        "<url><loc> </loc><lastmod>soon</lastmod></url>",
        "<url><location>/c</location></url>",
        "<loc>/c</loc>",
        "<url>/c</url>",
        "<!-- <url><loc>/c</loc></url> -->",
    ],
)
def test_a_bad_entry_costs_itself(bad: str) -> None:
    written = BODY.replace("<url>", f"{bad}<url>", 1)
    assert sitemap_links(written.encode(), HERE) == ([A, B], None)


@pytest.mark.parametrize(
    "broken",
    [
        BODY.replace("</url>", "", 1),
        BODY.replace("</loc>", "</lock>", 1),
        BODY.replace("<url>", "<url <", 1),
        BODY.replace("</urlset>", ""),
        BODY.replace("<url>", "<image:image><url>", 1),
    ],
)
def test_of_broken_xml_what_can_be_made_out_is_read_with_a_remark(broken: str) -> None:
    links, remark = sitemap_links(broken.encode(), HERE)
    assert B in links
    assert remark and "broken XML" in remark and f"{len(links)} addresses" in remark


@pytest.mark.parametrize(
    "written",
    [
        BODY.replace(f" {NAMESPACE}", ""),
        BODY.replace("sitemaps.org/schemas/sitemap/0.9", "google.com/schemas/sitemap/0.84"),
        BODY.replace("<url>", f"<url {NAMESPACE}>").replace(f"<urlset {NAMESPACE}>", "<urlset>"),
        BODY.replace("<", "<s:").replace("<s:/", "</s:").replace("xmlns=", "xmlns:s="),
        BODY.replace("<", "<s:").replace("<s:/", "</s:"),
        BODY.replace("<url>", "<url><image:image><image:loc>/c.png</image:loc></image:image>"),
        BODY.replace("url>", "URL>").replace("loc>", "LOC>"),
    ],
)
def test_any_namespace_or_none_will_do(written: str) -> None:
    assert sitemap_links(written.encode(), HERE).urls == [A, B]


def listing(server: WebServer, data: bytes, type_: str | None) -> str:
    for path in ("/a", "/b"):
        server.page(path)
    return server.serve("/map", Reply(data.replace(b"http://a.example", server.url("").encode()), type=type_))


@pytest.mark.parametrize(
    "type_", ["text/plain; charset=utf-8", "text/html", "application/octet-stream", None]
)
@pytest.mark.parametrize(
    "data",
    [
        f"{A}\n{B}",
        f"\ufeff{A}\r\n\r\n{B}\r\n",
        f"# all pages\n{A}\n  {B}\t\n{A}\n",
    ],
)
def test_a_list_of_addresses_gives_the_pages(
    server: WebServer, tmp_path: Path, data: str, type_: str | None
) -> None:
    originals, failures = read(tmp_path, listing(server, data.encode(), type_))
    assert [original.id for original in originals] == [server.url("/a"), server.url("/b")]
    assert failures == []


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_is_read_packed_and_in_other_encodings(
    server: WebServer, tmp_path: Path, charset: str, pack: object
) -> None:
    assert callable(pack)
    for path in ("/a", "/b"):
        server.page(path)
    data = f"{server.url('/a')}\n{server.url('/b')}\n".encode(charset)
    url = server.serve("/map.txt", Reply(pack(data), type="text/plain"))
    assert len(read(tmp_path, url)[0]) == 2


def test_one_bad_line_of_a_list_costs_itself(server: WebServer, tmp_path: Path) -> None:
    lines = [A, "http://[", "/gone", B, *(f"{A}#{n}" for n in range(8))]
    originals, failures = read(tmp_path, listing(server, "\n".join(lines).encode(), "text/plain"))
    assert [original.id for original in originals] == [server.url("/a"), server.url("/b")]
    assert len(failures) == 2 and failures[0].startswith("http://[: is not a web address")


def test_a_sitemap_below_a_programs_warnings_is_known_by_its_type(server: WebServer, tmp_path: Path) -> None:
    data = f"<br />\n<b>Warning</b>: oh\n{DECLARATION}{BODY}".encode()
    originals, failures = read(tmp_path, listing(server, data, "application/xml"))
    assert (len(originals), failures) == (2, [])


def test_one_dead_sitemap_of_an_index_costs_itself(server: WebServer, tmp_path: Path) -> None:
    maps = [listing(server, BODY.encode(), "text/xml"), server.url("/dead"), "http://[", server.url("/text")]
    server.serve("/text", Reply(f"{server.url('/c')}\n".encode(), type="text/plain"))
    server.page("/c")
    entries = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in [maps[1], maps[2], maps[0], maps[3]])
    url = server.serve(
        "/index", Reply(f"\n<sitemapindex {NAMESPACE}>{entries}</sitemapindex>".encode(), type="text/xml")
    )
    originals, failures = read(tmp_path, url)
    assert [original.id for original in originals] == [server.url(path) for path in ("/a", "/b", "/c")]
    assert len(failures) == 2


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        (f"{A}\n{B}", True),
        (A, True),
        (f"{A}\n\n# note: two pages\n{B}\n", True),
        (f"{A}\n{A}\n{A}\n{A}\nx", True),
        (f"Xem thêm:\n{A}\n{B}", False),
        (f"{A} là trang của chúng tôi.", False),
        (f"{A}\nHợp tác xã vừa mở một xưởng sấy.\n{B}\n{A}\n{A}\n{A}\n{A}", False),
        ("", False),
        ("# only a comment", False),
        ("ftp://a.example/x", False),
    ],
)
def test_a_list_of_addresses_is_told_from_an_article(text: str, is_list: bool) -> None:
    assert is_address_list(text) is is_list


def test_a_file_that_lists_addresses_is_no_article_and_says_what_to_do() -> None:
    source = Original(id="map.txt", place="map.txt", name="map.txt", open=BytesIO)
    with pytest.raises(
        SourceError, match=r"map\.txt is a list of addresses, not an article: name the addresses"
    ):
        read_plain_text(f"{A}\n{B}\n".encode(), source)


def test_long_lists_are_read_whole() -> None:
    written = "".join(f"{A}/{n}\n" for n in range(50_000))
    assert is_address_list(written) and len(addresses_in(written)) == 50_000


JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [
    {"id": "1", "url": "http://a.example/a"}, {"id": 2}, 7, null, {"url": 5}, {"id": "x", "external_url": "/b"}]}"""


def test_a_json_feed_gives_its_items_links_and_a_bad_item_costs_itself() -> None:
    assert feed_links(JSON_FEED.encode(), HERE) == [A, B]
    assert feed_links(b"\xef\xbb\xbf " + JSON_FEED.encode(), HERE) == [A, B]


@pytest.mark.parametrize("type_", ["application/feed+json", "application/json", "text/plain"])
def test_a_json_feed_is_known_by_what_it_says(server: WebServer, tmp_path: Path, type_: str) -> None:
    originals, failures = read(tmp_path, listing(server, JSON_FEED.encode(), type_))
    assert (len(originals), failures) == (2, [])


@pytest.mark.parametrize("bad", ["{", "[]", '{"items": 3}', '{"items": [1]}', "{" * 9999])
def test_a_json_feed_without_items_is_a_failure(bad: str) -> None:
    with pytest.raises(SourceError, match="expected"):
        feed_links(bad.encode(), HERE)


@pytest.mark.parametrize(
    "bad",
    [
        '<item xml:base="http://["><link>x</link></item>',
        "<item><link>http://[x</link></item>",
        "<item><title>no link</title></item>",
        "<item><pubDate>never & ever</pubDate></item>",
        "<item><title>open",
    ],
)
def test_a_bad_item_of_a_feed_costs_itself(bad: str) -> None:
    rss = f"<rss version='2.0'><channel><item><link>{A}</link></item>{bad}<item><link>{B}</link></item></channel></rss>"
    links = feed_links(rss.encode(), HERE)
    assert links[0] == A and links[-1] == B
