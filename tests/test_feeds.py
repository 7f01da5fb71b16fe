"""Feeds and sitemaps: the pages that they list are read, each once, and no listing makes a run endless."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_runs import LIMITS
from web_server import Reply, Time, WebServer, redirect

from retrieval.errors import SourceError
from retrieval.sources.model import Failure, Original
from retrieval.sources.web.feeds import feed_links
from retrieval.sources.web.limits import WebLimits
from retrieval.sources.web.sitemaps import Links, sitemap_links
from retrieval.sources.web.web import WebPages

HERE = "http://a.example/news/feed.xml"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


@pytest.fixture
def server(server: WebServer) -> WebServer:
    for path in "abcde":
        server.page(f"/{path}")
    return server


def read(tmp_path: Path, *urls: str, limits: WebLimits = LIMITS) -> tuple[list[str], list[Failure]]:
    """One run over sources: the paths of the originals, and the failures."""
    time = Time()
    with WebPages(tmp_path / "web", limits, time.sleep, time.clock) as web:
        found = [each for url in urls for each in web.originals(url)]
    paths = ["/" + each.id.split("/", 3)[3] for each in found if isinstance(each, Original)]
    return paths, [each for each in found if isinstance(each, Failure)]


def rss(*links: str) -> bytes:
    items = "".join(f"<item><title>Tin</title><link>{link}</link></item>" for link in links)
    return (
        f'<?xml version="1.0"?>\n<rss version="2.0"><channel><link>/</link>{items}</channel></rss>'.encode()
    )


def atom(*links: str) -> bytes:
    entries = "".join(f'<entry><id>x</id><link rel="alternate" href="{link}"/></entry>' for link in links)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/>{entries}</feed>'.encode()


def sitemap(*links: str) -> bytes:
    return f'<urlset xmlns="{SITEMAPS}">{"".join(f"<url><loc>{link}</loc></url>" for link in links)}</urlset>'.encode()


def index(*links: str) -> bytes:
    entries = "".join(f"<sitemap><loc> {link}\n</loc></sitemap>" for link in links)
    return f'<?xml version="1.0"?><sitemapindex xmlns="{SITEMAPS}">{entries}</sitemapindex>'.encode()


@pytest.mark.parametrize("listing", [rss, atom, sitemap])
@pytest.mark.parametrize(
    "type_", ["application/xml", "text/xml; charset=koi8-r", "text/html", "text/plain", None]
)
def test_a_listing_gives_the_pages_it_lists_whatever_type_it_is_said_to_be(
    server: WebServer, tmp_path: Path, listing: object, type_: str | None
) -> None:
    assert callable(listing)
    url = server.serve("/list", Reply(listing(server.url("/a"), server.url("/b")), type=type_))
    assert read(tmp_path, url) == (["/a", "/b"], [])


@pytest.mark.parametrize("listing", [rss, sitemap])
def test_a_large_listing_is_read_where_it_can_be_stopped(
    server: WebServer, tmp_path: Path, listing: object
) -> None:
    assert callable(listing)
    content = listing(server.url("/a"), *[server.url("/b")] * 25_000)
    assert len(content) > 2**20
    assert read(tmp_path, server.serve("/list", Reply(content))) == (["/a", "/b"], [])


def test_pages_are_read_once_however_often_they_are_listed(server: WebServer, tmp_path: Path) -> None:
    server.serve("/moved", redirect("/a"))
    feed = server.serve("/feed", Reply(rss("/a", "/b#1", "/b#2", "/moved", server.url("/a"))))
    site = server.serve("/sitemap", Reply(sitemap("/b", "/c")))
    assert read(tmp_path, feed, site, feed) == (["/a", "/b", "/c"], [])
    assert server.paths() == ["/feed", "/a", "/b", "/moved", "/a", "/sitemap", "/c"]


@pytest.mark.parametrize("listing", [rss, atom])
def test_links_are_relative_to_the_feed(listing: object) -> None:
    assert callable(listing)
    links = feed_links(listing("/x", "y?z=1&amp;t=2", "//b.example/", "https://c.example/"), HERE)
    here = "http://a.example"
    assert links == [f"{here}/x", f"{here}/news/y?z=1&t=2", "http://b.example/", "https://c.example/"]


def test_a_feed_may_name_the_base_of_its_links() -> None:
    feed = atom("x").replace(b"<feed ", b'<feed xml:base="http://b.example/deep/" ')
    assert feed_links(feed, HERE) == ["http://b.example/deep/x"]


def test_a_permanent_guid_is_a_link() -> None:
    feed = rss("z").replace(b"<link>z</link>", b"<guid>http://b.example/1</guid>")
    assert feed_links(feed, HERE) == ["http://b.example/1"]


def test_a_feed_of_broken_xml_gives_what_can_be_made_out(server: WebServer, tmp_path: Path) -> None:
    broken = rss("/a", "/b").replace(b"<title>", b"<title>A & B <b> &nope;", 1)[:-20]
    assert read(tmp_path, server.serve("/feed", Reply(broken))) == (["/a", "/b"], [])


@pytest.mark.parametrize("feed", [rss(), atom(), b"<rss>", b"<feed/>", b"not a feed", b"", b"\xff\xfe<\0r\0"])
def test_a_feed_without_links_is_a_failure(server: WebServer, tmp_path: Path, feed: bytes) -> None:
    paths, (failure,) = read(tmp_path, server.serve("/feed", Reply(feed, type="application/rss+xml")))
    assert (paths, failure.path) == ([], server.url("/feed"))
    assert "expected RSS or Atom" in failure.reason


def test_a_feed_is_never_taken_for_the_url_or_file_it_may_look_like(
    server: WebServer, tmp_path: Path
) -> None:
    (tmp_path / "feed").write_bytes(rss("/a"))
    for lure in (server.serve("/feed", Reply(rss("/a"))), str(tmp_path / "feed")):
        with pytest.raises(SourceError, match="is not a feed"):
            feed_links(lure.encode(), HERE)
    assert server.asked == []


def test_pages_of_a_feed_fail_alone(server: WebServer, tmp_path: Path) -> None:
    server.serve("/picture", Reply(b"...", type="image/png"))
    links = ("/a", "/nowhere", "mailto:x@example.org", "/picture", "/b")
    paths, failures = read(tmp_path, server.serve("/feed", Reply(rss(*links))))
    assert paths == ["/a", "/b"]
    assert [failure.path for failure in failures] == [
        server.url("/nowhere"),
        "mailto:x@example.org",
        server.url("/picture"),
    ]


def test_a_feed_that_is_down_is_read_from_its_copy(server: WebServer, tmp_path: Path) -> None:
    feed = server.serve("/feed", Reply(rss("/a", "/b")), Reply(status=503))
    read(tmp_path, feed)
    server.page("/a", "<p>new")
    paths, (failure,) = read(tmp_path, feed)
    assert paths == ["/a", "/b"]
    assert "answered 503" in failure.reason


def test_an_index_leads_to_its_sitemaps_and_they_to_their_pages_in_order(
    server: WebServer, tmp_path: Path
) -> None:
    server.serve("/one.xml", Reply(sitemap("/a", "/b"), type="application/xml"))
    packed = gzip.compress(sitemap("/c"))
    server.serve("/two.xml.gz", Reply(packed, type="application/x-gzip"))
    server.serve("/three.gz", Reply(gzip.compress(rss("/d")), type="application/octet-stream"))
    server.serve("/four", Reply(atom("/a", "/e"), type="application/atom+xml"))
    url = server.serve(
        "/index", Reply(index("/one.xml", "/two.xml.gz", "/three.gz", "/four"), type="text/xml")
    )
    assert read(tmp_path, url) == (["/a", "/b", "/c", "/d", "/e"], [])


def test_a_packed_sitemap_that_is_sent_packed_once_more_is_understood(
    server: WebServer, tmp_path: Path
) -> None:
    twice = gzip.compress(gzip.compress(sitemap("/a")))
    reply = Reply(twice, type="application/gzip", headers={"Content-Encoding": "gzip"})
    assert read(tmp_path, server.serve("/sitemap.xml.gz", reply)) == (["/a"], [])


def test_a_packed_sitemap_that_unpacks_to_too_much_is_refused(server: WebServer, tmp_path: Path) -> None:
    bomb = gzip.compress(sitemap("/a") + b" " * 10**7)
    limits = WebLimits(max_bytes=10**6, delay_s=0, allow_private=True)
    paths, (failure,) = read(
        tmp_path, server.serve("/s.gz", Reply(bomb, type="application/gzip")), limits=limits
    )
    assert paths == []
    assert "larger than" in failure.reason


def test_a_packed_file_of_another_kind_is_named(server: WebServer, tmp_path: Path) -> None:
    for n, packed in enumerate([gzip.compress(b"<p>page"), gzip.compress(sitemap("/a"))[:-9]]):
        paths, (failure,) = read(
            tmp_path / str(n), server.serve("/s.gz", Reply(packed, type="application/gzip"))
        )
        assert paths == []
        assert "type application/gzip" in failure.reason or "cut off" in failure.reason


def test_sitemaps_that_list_each_other_end(server: WebServer, tmp_path: Path) -> None:
    one = server.serve("/one", Reply(index("/one", "/two")))
    server.serve("/two", Reply(index("/one", "/three")))
    server.serve("/three", Reply(sitemap("/a", "/one")))
    assert read(tmp_path, one) == (["/a"], [])


def test_listings_are_followed_to_a_bounded_depth(server: WebServer, tmp_path: Path) -> None:
    for depth in range(9):
        server.serve(f"/{depth}", Reply(index(f"/{depth + 1}")))
    paths, (failure,) = read(tmp_path, server.url("/0"))
    assert (paths, failure.path) == ([], server.url("/3"))
    assert "name it as a source of its own" in failure.reason


def test_a_source_of_too_many_pages_is_cut_and_says_so(server: WebServer, tmp_path: Path) -> None:
    url = server.serve("/sitemap", Reply(sitemap("/a", "/b", "/b", "/c")))
    limits = WebLimits(max_pages=3, delay_s=0, allow_private=True)
    assert read(tmp_path / "1", url, limits=limits) == (["/a", "/b", "/c"], [])
    limits = WebLimits(max_pages=2, delay_s=0, allow_private=True)
    paths, (failure,) = read(tmp_path / "2", url, limits=limits)
    assert (paths, failure.path) == (["/a", "/b"], url)
    assert "more than 2 pages" in failure.reason


def test_only_the_locations_of_pages_count_and_any_or_no_namespace_does() -> None:
    others = "<i:image xmlns:i='urn:i'><i:loc>/b.png</i:loc></i:image><i:loc xmlns:i='urn:i'>/c</i:loc>"
    entry = f"<url><loc>/a</loc>{others}</url>"
    for namespace in ("", f" xmlns='{SITEMAPS}'", " xmlns='http://www.google.com/schemas/sitemap/0.84'"):
        written = f"<urlset{namespace}>{entry}<!-- x --><url/></urlset>"
        assert sitemap_links(written.encode("utf-16"), HERE) == Links(["http://a.example/a"])


BOMB = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'x' * 10}'>" for n in range(12))


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE urlset [{BOMB}]>",
        "<!DOCTYPE urlset [<!ENTITY e11 SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE urlset SYSTEM 'http://127.0.0.1:9/x.dtd'>",
    ],
)
def test_a_sitemap_with_entities_is_refused(doctype: str) -> None:
    entity = "&e11;" if "e11" in doctype else "/a"
    with pytest.raises(SourceError, match=r"DOCTYPE|broken XML"):
        sitemap_links(doctype.encode() + sitemap(entity), HERE)


def test_a_feed_with_entities_does_not_blow_up() -> None:
    (link,) = feed_links(f"<!DOCTYPE rss [{BOMB}]>".encode() + rss("/a?&e11;"), HERE)
    assert len(link) < 10**7


@pytest.mark.parametrize(
    "broken", [b"<urlset>", b"<urlset/>", sitemap("/a")[:60], sitemap(), b"<urlset><url><loc/>"]
)
def test_a_broken_or_empty_sitemap_is_a_failure(server: WebServer, tmp_path: Path, broken: bytes) -> None:
    paths, (failure,) = read(tmp_path, server.serve("/sitemap", Reply(broken)))
    assert (paths, failure.path) == ([], server.url("/sitemap"))
    assert "sitemap" in failure.reason


TOKENS = (
    b"<rss> <feed> <item> </item> <entry> <link> </link> <link_href=' '/> http://[ <urlset> <url> <loc> </loc> "
    b"</url> </urlset> &#0; &a; <![CDATA[ ]]> <!DOCTYPE_a[ <!ENTITY_a_'b'> ]> <?xml_version='1.0'_encoding=' utf-16 "
    b"'?> <!-- // \0 \xff\xfe \xef\xbb\xbf <dc:date> <a_xml:base='http://[ <content_type='base64'> =="
).split()
MARKUP = st.lists(st.sampled_from(TOKENS).map(lambda token: token.replace(b"_", b" ")), max_size=30).map(
    b"".join
)


@given(st.one_of(st.binary(), MARKUP))
def test_whatever_comes_gives_links_or_a_source_error(data: bytes) -> None:
    for links_of in (feed_links, lambda *given: sitemap_links(*given).urls):
        try:
            links = links_of(data, HERE)
        except SourceError as error:
            assert "is" in str(error) or "holds" in str(error)
        else:
            assert links
            assert all(isinstance(link, str) and link for link in links)
