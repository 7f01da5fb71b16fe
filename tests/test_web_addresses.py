"""Only public addresses are read, whatever a URL, a name or a redirect says."""

import threading
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_runs import LIMITS, body, only_failure, read
from web_server import PUBLIC, Reply, Time, WebServer, Wires, redirect

from retrieval.sources.model import Failure, Original
from retrieval.sources.web.address import page_url, require_public
from retrieval.sources.web.errors import Refused
from retrieval.sources.web.limits import WebLimits
from retrieval.sources.web.web import WebPages


@pytest.mark.parametrize(
    ("location", "complaint"),
    [
        ("file:///etc/passwd", "'file'"),
        ("ftp://example.org/", "'ftp'"),
        ("http://user:secret@example.org/", "user name or password"),
        ("http://[", "not a web address"),
        ("http://example.org:99999/", "not a web address"),
        ("http://xn--/", "no web address"),
        ("http:///", "redirects more than 5 times"),
    ],
)
def test_redirects_to_what_is_no_public_page_are_refused(
    server: WebServer, cache: Path, location: str, complaint: str
) -> None:
    failure = only_failure(cache, server.serve("/", redirect(location)))
    assert "redirects" in failure
    assert complaint in failure
    assert "secret" not in failure


@pytest.mark.parametrize(
    "url", ["http://", "https://[::1", "http://a b/", "http://me:secret@127.0.0.1/", "http://\0/"]
)
def test_urls_that_cannot_be_read_are_a_failure_that_tells_no_password(cache: Path, url: str) -> None:
    originals, failures = read(cache, url)
    assert (originals, len(failures)) == ([], 1)
    assert "secret" not in failures[0]


def abroad(server: WebServer, cache: Path, path: str, **hosts: str) -> tuple[list[Original | Failure], Wires]:
    """A run that may read only public addresses; `hosts` are names in .example and their addresses."""
    wires = Wires()

    def resolve(host: str) -> list[str]:
        return hosts[host.removesuffix(".example")].split()

    limits = WebLimits(timeout_s=5, delay_s=0)
    with WebPages(cache, limits, Time().sleep, lambda: 0.0, resolve=resolve, network=wires) as web:
        return list(web.originals(server.url(path, "news.example"))), wires


def test_a_public_address_is_read_and_is_the_one_that_was_looked_at(server: WebServer, cache: Path) -> None:
    server.page("/")
    (found,), wires = abroad(server, cache, "/", news=PUBLIC)
    assert isinstance(found, Original)
    assert set(wires.connected) == {PUBLIC}
    assert server.asked[0].headers["host"].startswith("news.example:")


@pytest.mark.parametrize("addresses", ["127.0.0.1", f"{PUBLIC} 10.0.0.1", f"{PUBLIC} ::1"])
def test_a_name_that_leads_home_is_refused(server: WebServer, cache: Path, addresses: str) -> None:
    (found,), wires = abroad(server, cache, "/", news=addresses)
    assert isinstance(found, Failure)
    assert "not on the public internet" in found.reason
    assert (wires.connected, server.asked) == ([], [])


def test_a_public_page_cannot_redirect_home(server: WebServer, cache: Path) -> None:
    server.serve("/", redirect(server.url("/secret", "intern.example")))
    server.page("/secret")
    (found,), _ = abroad(server, cache, "/", news=PUBLIC, intern="127.0.0.1")
    assert isinstance(found, Failure)
    assert "redirects to http://intern.example" in found.reason
    assert "127.0.0.1, which is not on the public internet" in found.reason
    assert server.paths() == ["/"]


def test_a_name_that_changes_its_address_gains_nothing(server: WebServer, cache: Path) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    server.serve("/robots.txt", Reply(status=404, headers={"Connection": "close"}))
    server.page("/")
    wires = Wires()
    limits = WebLimits(timeout_s=5, delay_s=0)
    with WebPages(
        cache, limits, Time().sleep, lambda: 0.0, resolve=lambda _: next(answers), network=wires
    ) as web:
        (found,) = web.originals(server.url("/", "news.example"))
    assert isinstance(found, Failure)
    assert "not on the public internet" in found.reason
    assert wires.connected == [PUBLIC]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused_however_it_is_written(server: WebServer, cache: Path, host: str) -> None:
    url = server.url("/", host)
    server.page("/")
    originals, failures = read(cache, url, WebLimits(timeout_s=5, delay_s=0))
    assert (originals, server.asked, len(failures)) == ([], [], 1)


@pytest.mark.parametrize(
    "address",
    "0.0.0.0 10.1.2.3 100.64.0.1 127.9.9.9 169.254.169.254 172.16.0.1 192.168.1.1 224.0.0.1 240.0.0.1 255.255.255.255 "
    ":: ::1 ::127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001::1 fc00::1 fe80::1 fe80::1%eth0 fec0::1 "
    "ff02::1".split(),
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    with pytest.raises(Refused, match="not on the public internet"):
        require_public("h", [PUBLIC, address])


def test_public_addresses_are_allowed() -> None:
    require_public("h", [PUBLIC, "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])


def test_the_environment_cannot_put_a_proxy_between(
    server: WebServer, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert body(cache, server.page("/"))


def test_a_name_without_an_address_is_a_failure(cache: Path) -> None:
    def resolve(host: str) -> list[str]:
        raise OSError("no such host")

    with WebPages(cache, LIMITS, Time().sleep, resolve=resolve) as web:
        (found,) = web.originals("http://nowhere.example/")
    assert isinstance(found, Failure)
    assert "nowhere.example" in found.reason


def test_a_look_up_that_never_ends_is_cut_at_the_time_of_the_request(cache: Path) -> None:
    ended = threading.Event()

    def resolve(host: str) -> list[str]:
        ended.wait(30)
        return [PUBLIC]

    try:
        with WebPages(cache, WebLimits(timeout_s=0.2, delay_s=0), lambda _: None, resolve=resolve) as web:
            (found,) = web.originals("http://slow.example/")
    finally:
        ended.set()
    assert isinstance(found, Failure)
    assert "did not come within 0.2 s" in found.reason


@given(st.one_of(st.text(), st.text("/:@[]#?%.a1é\\ ").map("http://".__add__)))
def test_whatever_is_written_is_a_url_or_refused(written: str) -> None:
    for base in (None, httpx.URL("http://a/b")):
        try:
            url = page_url(written, base)
        except Refused:
            continue
        assert (url.scheme in ("http", "https"), url.fragment, url.userinfo) == (True, "", b"")
