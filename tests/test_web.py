"""Pages from the web: what comes becomes an original, what does not is one sentence, and a copy serves meanwhile."""

from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_runs import LIMITS, body, only_failure, read
from web_server import NOT_HERE, PUBLIC, Reply, Time, WebServer, Words, redirect

from retrieval.sources.collection import is_address
from retrieval.sources.model import Failure, Original, Sourced
from retrieval.sources.reading import articles_of
from retrieval.sources.web.content_types import kind_of
from retrieval.sources.web.errors import Refused
from retrieval.sources.web.web import WebPages

TODAY = datetime.now(UTC).date().isoformat()


def test_a_page_becomes_an_original_that_says_what_the_server_said(server: WebServer, cache: Path) -> None:
    url = server.page("/tin/b%C3%A0i-1?so=2", type="text/html; Charset=windows-1258")
    ((original,), failures) = read(cache, url + "#binh-luan")
    assert failures == []
    assert (original.id, original.place, original.url, original.path) == (url, url, url, None)
    assert (original.name, original.charset) == ("bài-1.html", "windows-1258")
    assert original.read() == "<html><p>Bài báo.</p></html>".encode()
    assert original.known == {}


def test_an_original_can_be_read_again_after_the_run(server: WebServer, cache: Path) -> None:
    ((original,), _) = read(
        cache, server.page("/a.txt", "Hai bên nhất trí mở thêm đường bay.", type="text/plain")
    )
    (pending,) = articles_of(original)
    assert not isinstance(pending, Failure)
    article = pending.read()
    assert isinstance(article, Sourced)
    assert (article.article.id, article.article.text) == (original.url, "Hai bên nhất trí mở thêm đường bay.")


def test_a_charset_that_does_not_exist_is_passed_on_and_breaks_nothing(
    server: WebServer, cache: Path
) -> None:
    ((original,), failures) = read(cache, server.page("/", type='text/html; charset="no-such"'))
    assert (original.charset, original.name, failures) == ("no-such", "page.html", [])


def test_a_page_is_known_by_the_url_it_is_found_at(server: WebServer, cache: Path) -> None:
    target = server.page("/new")
    server.serve("/old", redirect("middle", 301))
    server.serve("/middle", redirect("/new#top", 307))
    ((original,), failures) = read(cache, server.url("/old"))
    assert (original.id, original.url, failures) == (target, target, [])


def test_redirects_without_end_are_a_failure(server: WebServer, cache: Path) -> None:
    server.serve("/a", redirect("/b"))
    server.serve("/b", redirect("/a"))
    assert "redirects more than 5 times" in only_failure(cache, server.url("/a"))
    assert len(server.paths()) == 6


def test_a_page_that_has_not_changed_is_not_sent_again(server: WebServer, cache: Path) -> None:
    tagged = {"ETag": '"v1"', "Last-Modified": "Wed, 02 Apr 2025 08:00:00 GMT"}
    url = server.serve("/", Reply(b"<p>one", headers=tagged), Reply(status=304))
    assert body(cache, url) == body(cache, url) == body(cache, url) == b"<p>one"
    assert "if-none-match" not in server.asked[1].headers
    for asked in (server.asked[3], server.asked[5]):
        assert asked.headers["if-none-match"] == '"v1"'
        assert asked.headers["if-modified-since"] == "Wed, 02 Apr 2025 08:00:00 GMT"


def test_a_page_behind_a_redirect_is_asked_for_only_if_it_has_changed(server: WebServer, cache: Path) -> None:
    server.serve("/b", Reply(b"<p>one", headers={"ETag": "x"}), Reply(status=304))
    url = server.serve("/a", redirect("/b"))
    assert body(cache, url) == body(cache, url) == b"<p>one"
    assert ["if-none-match" in asked.headers for asked in server.asked] == [False] * 5 + [True]


def test_a_changed_page_takes_the_place_of_the_copy(server: WebServer, cache: Path) -> None:
    url = server.serve("/", Reply(b"<p>one", headers={"ETag": "1"}), Reply(b"<p>two", headers={"ETag": "2"}))
    assert (body(cache, url), body(cache, url)) == (b"<p>one", b"<p>two")
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("status", [404, 410, 451])
def test_a_page_that_is_gone_is_a_failure_and_its_copy_goes_too(
    server: WebServer, cache: Path, status: int
) -> None:
    url = server.serve("/", Reply(b"<p>one"), Reply(status=status))
    body(cache, url)
    assert f"answered {status}" in only_failure(cache, url)
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize("status", [500, 503, 403, 401])
def test_a_failure_that_may_pass_leaves_the_copy_and_says_from_when(
    server: WebServer, cache: Path, status: int
) -> None:
    url = server.serve("/", Reply(b"<p>one"), Reply(status=status))
    body(cache, url)
    ((original,), (failure,)) = read(cache, url)
    assert original.read() == b"<p>one"
    assert f"answered {status}" in failure
    assert f"the copy fetched on {TODAY} stays" in failure


def test_a_server_that_is_not_there_is_a_failure_and_the_copy_stays(cache: Path) -> None:
    with WebServer() as server:
        url = server.page("/")
        body(cache, url)
    ((original,), (failure,)) = read(cache, url)
    assert original.read()
    assert "cannot be reached" in failure
    assert f"the copy fetched on {TODAY} stays" in failure


def test_a_page_without_encryption_behind_https_is_a_failure(server: WebServer, cache: Path) -> None:
    assert "cannot be reached" in only_failure(cache, server.page("/").replace("http:", "https:"))


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[]", b'{"url": 5}', b'{"a": "b"}', b"\xff", b"[" * 100_000])
def test_a_damaged_entry_of_the_cache_counts_as_never_fetched(
    server: WebServer, cache: Path, spoilt: bytes
) -> None:
    url = server.page("/", headers={"ETag": "1"})
    body(cache, url)
    next(cache.glob("*.json")).write_bytes(spoilt)
    body(cache, url)
    assert "if-none-match" not in server.asked[-1].headers


def test_a_damaged_body_in_the_cache_is_fetched_again(server: WebServer, cache: Path) -> None:
    url = server.page("/", headers={"ETag": "1"})
    whole = body(cache, url)
    next(cache.glob("*.body")).write_bytes(b"<p>spoilt")
    assert body(cache, url) == whole
    assert "if-none-match" not in server.asked[-1].headers


def test_a_page_that_has_not_changed_may_get_a_new_tag(server: WebServer, cache: Path) -> None:
    unchanged = Reply(status=304, headers={"ETag": "2"})
    url = server.serve("/", Reply(b"<p>one", headers={"ETag": "1"}), unchanged)
    assert body(cache, url) == body(cache, url) == body(cache, url) == b"<p>one"
    assert server.asked[-1].headers["if-none-match"] == "2"


def test_a_cache_that_cannot_be_written_is_a_failure(server: WebServer, cache: Path) -> None:
    cache.write_text("a file in the place of the folder")
    assert "cannot be kept" in only_failure(cache, server.page("/"))


@pytest.mark.parametrize(
    ("type_", "content", "ending", "name"),
    [
        ("application/pdf", b"...", "/x", "x.pdf"),
        ("text/html", b"%PDF-1.7", "/x", "x.pdf"),
        ("text/plain", b"Mot.", "/x.php", "x.txt"),
        ("text/plain", b"# Mot", "/x.md", "x.md"),
        ("text/plain; charset=x", b"{}", "/x.jsonl", "x.jsonl"),
        ("application/xhtml+xml", b"<?xml version='1.0'?><html/>", "/x.xml", "x.html"),
        ("application/xml", b"<?xml version='1.0'?><!DOCTYPE html><html lang='vi'>", "/x.xml", "x.html"),
        ("application/octet-stream", b" <!DOCTYPE HTML>", "/x.exe", "x.html"),
        ("application/octet-stream", b"PK", "/x.docx", "x.docx"),
        ("application/epub+zip", b"PK", "/x", "x.epub"),
        ("application/x-ndjson", b"{}", "/", "page.jsonl"),
        ("text/csv", b"text", "/a/", "a.csv"),
        (None, b"Mot.", "/", "page.txt"),
    ],
)
def test_the_name_tells_the_kind(
    server: WebServer, cache: Path, type_: str | None, content: bytes, ending: str, name: str
) -> None:
    ((original,), failures) = read(cache, server.serve(ending, Reply(content, type=type_)))
    assert (original.name, failures) == (name, [])


@pytest.mark.parametrize(
    "type_", ["application/x-tar", "application/json", "application/octet-stream", "text/xml"]
)
def test_a_type_that_no_reader_knows_is_named(server: WebServer, cache: Path, type_: str) -> None:
    assert f"type {type_}" in only_failure(cache, server.serve("/", Reply(b"<a/>", type=type_)))


def test_pictures_are_not_even_downloaded(server: WebServer, cache: Path) -> None:
    url = server.serve("/", Reply(parts=repeat(b"x" * 999), type="image/png"))
    assert "type image/png" in only_failure(cache, url)


@pytest.mark.parametrize("source", ["http://a/", "https://a/", "HTTPS://a/", " http://a/"])
def test_sources_on_the_web_are_told_from_files(source: str) -> None:
    assert is_address(source)
    assert not is_address(f"folder/{source.strip()}")


@given(
    st.sampled_from(["", "text/plain", "text/xml", "image/x", "application/octet-stream"]),
    st.binary(),
    st.text(),
)
def test_whatever_comes_is_of_a_kind_or_refused(said: str, head: bytes, path: str) -> None:
    try:
        assert kind_of(said, head, f"http://a/{path}")
    except Refused as error:
        assert "expected an article" in str(error)


SAID = "Location Retry-After Content-Type Content-Encoding Content-Length Transfer-Encoding ETag Set-Cookie".split()
VALUES = "/ http://[ //x:y chunked gzip deflate text/html text/xml; 1 -1 9e9 a=b;expires=1".split()
LATIN = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]))
HEADS = st.lists(st.tuples(st.sampled_from(SAID), st.one_of(st.sampled_from(VALUES), LATIN)), max_size=4)


@given(st.sampled_from([200, 200, 204, 301, 304, 404, 429, 999]), HEADS, st.binary(), st.booleans())
def test_whatever_a_server_sends_nothing_raises(
    status: int, headers: list[tuple[str, str]], content: bytes, whole: bool
) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers).encode("latin-1")
    answer = b"HTTP/1.1 %d OK\r\nConnection: close\r\n%s\r\n%s" % (status, head, content)
    with TemporaryDirectory() as folder:
        for said in (answer, NOT_HERE if whole else content + answer):
            network = Words(NOT_HERE, said)
            with WebPages(
                Path(folder), LIMITS, Time().sleep, resolve=lambda _: [PUBLIC], network=network
            ) as web:
                assert all(isinstance(each, Failure | Original) for each in web.originals("http://a/"))
