"""The wishes of a site's owner are kept: what is not to be read, and how fast the rest may be."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_runs import LIMITS, body, only_failure, read
from web_server import NOT_HERE, PUBLIC, Reply, Time, WebServer, Words, redirect

from retrieval.sources.model import Failure, Original
from retrieval.sources.web.limits import WebLimits
from retrieval.sources.web.web import WebPages

ROBOTS = b"User-agent: *\nDisallow: /closed\n\nUser-agent: Trichdan\nDisallow: /mine\nCrawl-delay: 5\n"


def test_robots_txt_is_obeyed_and_asked_for_once(server: WebServer, cache: Path) -> None:
    server.serve("/robots.txt", Reply(ROBOTS, type="text/plain"))
    server.page("/closed")
    server.page("/mine")
    with WebPages(cache, LIMITS, Time().sleep, lambda: 0.0) as web:
        found = [each for path in ("/closed", "/mine") for each in web.originals(server.url(path))]
    assert isinstance(found[0], Original)
    assert isinstance(found[1], Failure)
    assert f"by {server.url('/robots.txt')}" in found[1].reason
    assert [asked.path for asked in server.asked] == ["/robots.txt", "/closed"]
    assert server.asked[0].headers["user-agent"] == "Trichdan"


def test_robots_txt_holds_behind_redirects(server: WebServer, cache: Path) -> None:
    server.serve("/robots.txt", Reply(ROBOTS))
    url = server.serve("/a", redirect("/mine"))
    assert "robots.txt" in only_failure(cache, url)
    assert server.paths() == ["/a"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_robots_txt_all_is_open(server: WebServer, cache: Path, status: int) -> None:
    server.serve("/robots.txt", Reply(b"User-agent: *\nDisallow: /", status=status))
    assert body(cache, server.page("/"))


@pytest.mark.parametrize("status", [500, 503, 429])
def test_when_robots_txt_cannot_be_had_nothing_is_read(server: WebServer, cache: Path, status: int) -> None:
    url = server.page("/")
    body(cache, url)
    server.serve("/robots.txt", Reply(status=status))
    ((original,), (failure,)) = read(cache, url)
    assert original.read()
    assert f"{server.url('/robots.txt')} answered {status}" in failure
    assert server.paths() == ["/"]


def test_a_huge_robots_txt_is_read_up_to_its_limit(server: WebServer, cache: Path) -> None:
    filling = b"# ......\n" * 60_000
    server.serve("/robots.txt", Reply(b"User-agent: *\nDisallow: /a\n" + filling + b"Disallow: /b\n"))
    assert "robots.txt" in only_failure(cache, server.page("/a"))
    assert body(cache, server.page("/b"))


def test_a_host_is_asked_no_faster_than_it_wants(server: WebServer, cache: Path) -> None:
    time = Time()
    server.serve("/robots.txt", Reply(ROBOTS))
    read(cache, server.serve("/a", redirect("/b")), time=time)
    assert time.slept == [5, 5]


@pytest.mark.parametrize(
    ("asked", "delay"), [("0.1", 1.5), ("3600", 30), ("-1", 1.5), ("nan", 1.5), ("x", 1.5)]
)
def test_the_wish_of_robots_txt_counts_from_our_delay_to_half_a_minute(
    server: WebServer, cache: Path, asked: str, delay: float
) -> None:
    time = Time()
    server.serve("/robots.txt", Reply(f"User-agent: *\nCrawl-delay: {asked}\n".encode()))
    read(cache, server.page("/"), WebLimits(delay_s=1.5, allow_private=True), time)
    assert time.slept == [delay]


RULES = [*ROBOTS.split(b"\n"), b"Allow: *$*%", b"Crawl-delay: 1e999", b"Disallow: /%zz"]


@given(st.one_of(st.binary(), st.lists(st.sampled_from(RULES)).map(b"\n".join)))
def test_whatever_robots_txt_says_nothing_raises(rules: bytes) -> None:
    said = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + rules
    network = Words(said, NOT_HERE)
    with WebPages(Path("nowhere"), LIMITS, Time().sleep, resolve=lambda _: [PUBLIC], network=network) as web:
        (found,) = web.originals("http://a/mine")
    assert isinstance(found, Failure)
    assert "answered 404" in found.reason or "robots.txt" in found.reason
