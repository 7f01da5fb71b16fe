"""No server takes more time, room or patience than it is given."""

import gzip
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import chain, repeat
from pathlib import Path

import pytest
from web_runs import LIMITS, body, only_failure, read
from web_server import Reply, Time, WebServer

from retrieval.sources.model import Failure, Original
from retrieval.sources.web.body import read_body
from retrieval.sources.web.errors import Refused
from retrieval.sources.web.limits import WebLimits
from retrieval.sources.web.web import WebPages


def test_without_a_copy_a_server_error_is_only_a_failure(server: WebServer, cache: Path) -> None:
    time = Time()
    url = server.serve("/", Reply(status=500))
    assert "answered 500: try again later" in only_failure(cache, url, time=time)
    assert time.slept == [1, 2]
    assert len(server.paths()) == 3


def test_a_server_error_that_passes_at_once_costs_nothing(server: WebServer, cache: Path) -> None:
    assert body(cache, server.serve("/", Reply(status=502), Reply(b"<p>one"))) == b"<p>one"


def test_a_busy_server_is_given_the_time_it_asks_for(server: WebServer, cache: Path) -> None:
    time = Time()
    url = server.serve("/", Reply(status=429, headers={"Retry-After": "7"}), Reply(b"<p>one"))
    assert len(read(cache, url, time=time)[0]) == 1
    assert time.slept == [7]


def test_the_time_to_wait_may_be_a_date(server: WebServer, cache: Path) -> None:
    time = Time()
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    read(
        cache,
        server.serve("/", Reply(status=503, headers={"Retry-After": soon}), Reply(b"<p>one")),
        time=time,
    )
    assert len(time.slept) == 1
    assert 10 < time.slept[0] <= 20


@pytest.mark.parametrize("asked", ["3600", "Fri, 31 Dec 2999 23:59:59 GMT"])
def test_a_server_that_asks_for_a_long_wait_is_left_alone(server: WebServer, cache: Path, asked: str) -> None:
    time = Time()
    url = server.serve("/", Reply(status=429, headers={"Retry-After": asked}), Reply(b"<p>one"))
    assert "answered 429" in only_failure(cache, url, time=time)
    assert (time.slept, server.paths()) == ([], ["/"])


@pytest.mark.parametrize("asked", ["soon", "-5", "", "٣", "99 Foo 2020"])
def test_a_wait_that_cannot_be_understood_is_a_short_one(server: WebServer, cache: Path, asked: str) -> None:
    time = Time()
    headers = {"Retry-After": asked.encode().decode("latin-1")}
    read(cache, server.serve("/", Reply(status=503, headers=headers), Reply(b"<p>one")), time=time)
    assert time.slept == [1]


def slowly(cache: Path, url: str) -> str:
    """The failure of a run by the real clock."""
    with WebPages(cache, WebLimits(timeout_s=0.4, delay_s=0, allow_private=True), lambda _: None) as web:
        (failure,) = web.originals(url)
    assert isinstance(failure, Failure)
    return failure.reason


def test_a_page_that_trickles_in_is_cut_at_the_time_of_the_whole_request(
    server: WebServer, cache: Path
) -> None:
    url = server.serve("/", Reply(parts=repeat(b"x"), pause_s=0.05))
    assert "did not come within 0.4 s" in slowly(cache, url)
    assert server.paths() == ["/"]


def test_headers_that_trickle_in_are_cut_too(server: WebServer, cache: Path) -> None:
    url = server.serve(
        "/", Reply(bare=True, parts=chain([b"HTTP/1.1 200 OK\r\nX: "], repeat(b"x")), pause_s=0.05)
    )
    assert "did not come within 0.4 s" in slowly(cache, url)


def test_a_page_without_an_end_is_cut_at_the_size_limit(server: WebServer, cache: Path) -> None:
    url = server.serve("/", Reply(parts=repeat(b"x" * 65536)))
    assert "larger than 1 MB" in only_failure(
        cache, url, WebLimits(timeout_s=5, max_bytes=2**20, delay_s=0, allow_private=True)
    )


def test_a_page_that_says_it_is_too_large_is_not_downloaded(server: WebServer, cache: Path) -> None:
    url = server.serve("/", Reply(headers={"Content-Length": str(10**12)}))
    assert "larger than 20 MB" in only_failure(cache, url)


def test_a_page_of_just_the_allowed_size_is_read(server: WebServer, cache: Path) -> None:
    url = server.page("/", "x" * 1000)
    limits = WebLimits(timeout_s=5, max_bytes=1000, delay_s=0, allow_private=True)
    assert len(read(cache, url, limits)[0]) == 1
    assert "larger than 999 bytes" in only_failure(
        cache, url, WebLimits(timeout_s=5, max_bytes=999, delay_s=0, allow_private=True)
    )


def bomb(bits: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    return b"".join(packer.compress(b"\0" * 2**20) for _ in range(24)) + packer.flush()


@pytest.mark.parametrize(("packing", "bits"), [("gzip", 31), ("deflate", 15), ("deflate", -15)])
def test_what_unpacks_to_too_much_is_cut(server: WebServer, cache: Path, packing: str, bits: int) -> None:
    url = server.serve("/", Reply(bomb(bits), headers={"Content-Encoding": packing}))
    assert "larger than 20 MB" in only_failure(cache, url)


def test_a_bomb_is_never_in_memory_as_a_whole() -> None:
    packed = bomb(31)
    tracemalloc.start()
    try:
        assert len(read_body([packed], "gzip", 2**20)) == 2**20 + 1
        assert tracemalloc.get_traced_memory()[1] < 5 * 2**20
    finally:
        tracemalloc.stop()


def test_empty_blocks_without_end_are_cut() -> None:
    start = gzip.compress(b"")[:10]
    with pytest.raises(Refused, match="larger than 1000 bytes"):
        read_body(chain([start], repeat(b"\0\0\0\xff\xff" * 99)), "gzip", 1000)


@pytest.mark.parametrize(
    ("packing", "bits"), [("gzip", 31), ("x-gzip", 31), ("deflate", 15), ("deflate", -15)]
)
def test_packed_pages_are_unpacked(server: WebServer, cache: Path, packing: str, bits: int) -> None:
    page = b"<p>" + b"\0" * 200_000 + bytes(range(256)) * 999
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    packed = packer.compress(page) + packer.flush()
    assert body(cache, server.serve("/", Reply(packed, headers={"Content-Encoding": packing}))) == page


@pytest.mark.parametrize(
    "packed", [b"<p>not packed", gzip.compress(b"<p>cut off" * 99)[:-9]], ids=["plain", "cut off"]
)
def test_pages_packed_badly_are_a_failure(server: WebServer, cache: Path, packed: bytes) -> None:
    assert "came " in only_failure(
        cache, server.serve("/", Reply(packed, headers={"Content-Encoding": "gzip"}))
    )


def test_a_packing_that_was_not_asked_for_is_named(server: WebServer, cache: Path) -> None:
    assert "'zstd'" in only_failure(
        cache, server.serve("/", Reply(b"x", headers={"Content-Encoding": "zstd"}))
    )
    assert server.asked[1].headers["accept-encoding"] == "gzip, deflate, br"


def test_a_body_that_ends_early_is_a_failure_and_is_not_kept(server: WebServer, cache: Path) -> None:
    url = server.serve("/", Reply(parts=[b"<p>half"], headers={"Content-Length": "100"}))
    assert "cannot be reached" in only_failure(cache, url)
    assert not cache.exists()


def test_a_host_that_keeps_failing_is_left_alone_for_the_run(server: WebServer, cache: Path) -> None:
    other = server.page("/").replace("127.0.0.1", "localhost")
    for n in range(30):
        server.serve(f"/{n}", Reply(status=404 if n == 5 else 503, headers={"Retry-After": "99"}))
    with WebPages(cache, LIMITS, Time().sleep) as web:
        found = [each for n in range(30) for each in web.originals(server.url(f"/{n}"))]
        assert isinstance(next(web.originals(other)), Original)
    reasons = [each.reason for each in found if isinstance(each, Failure)]
    assert len(reasons) == 30
    assert all("since 10 requests to its host failed" in reason for reason in reasons[16:])
    assert server.paths() == [f"/{n}" for n in range(16)] + ["/"]
