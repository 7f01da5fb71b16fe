"""Pages packed by Brotli are unpacked like others: whole, and never more of them than is allowed."""

import tracemalloc
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_runs import body, only_failure
from web_server import Reply, WebServer

from retrieval.sources.web.body import read_body
from retrieval.sources.web.errors import Refused, Unreachable

PAGE = b"<p>" + b"\0" * 200_000 + bytes(range(256)) * 999


def test_a_page_packed_by_brotli_is_unpacked(server: WebServer, cache: Path) -> None:
    packed = Reply(brotli.compress(PAGE), headers={"Content-Encoding": "br"})
    assert body(cache, server.serve("/", packed)) == PAGE


def test_the_pieces_may_come_in_any_size() -> None:
    packed = brotli.compress(PAGE)
    assert read_body((packed[n : n + 1] for n in range(len(packed))), "br", 2**20) == PAGE


@pytest.mark.parametrize("packed", [b"<p>not packed", brotli.compress(bytes(range(256)) * 99)[:-9]])
def test_a_page_packed_badly_by_brotli_is_a_failure(server: WebServer, cache: Path, packed: bytes) -> None:
    url = server.serve("/", Reply(packed, headers={"Content-Encoding": "br"}))
    assert "came " in only_failure(cache, url)


def test_a_bomb_packed_by_brotli_is_never_in_memory_as_a_whole() -> None:
    packed = brotli.compress(b"\0" * 100 * 2**20, quality=5)
    tracemalloc.start()
    try:
        assert len(read_body([packed], "br", 2**20)) == 2**20 + 1
        assert tracemalloc.get_traced_memory()[1] < 5 * 2**20
    finally:
        tracemalloc.stop()


@given(st.lists(st.binary(max_size=40), max_size=5))
def test_whatever_comes_as_brotli_is_unpacked_or_refused(chunks: list[bytes]) -> None:
    try:
        assert len(read_body(chunks, "br", 1000)) <= 1001
    except (Refused, Unreachable) as error:
        assert ": " in str(error)
