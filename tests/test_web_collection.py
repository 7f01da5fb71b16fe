"""A collection that lives on the web: read, asked again politely, and kept when its site is down."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine
from fake_embedder import FakeEmbedder, UntouchableEmbedder
from small_index import open_index
from web_runs import LIMITS
from web_server import Reply, WebServer

from retrieval.indexing.run import Report, reindex
from retrieval.sources.collection import Reading
from retrieval.sources.web.web import WebPages


def page(number: int) -> str:
    told = f"Xã số {number} vừa khánh thành cây cầu dài {number * 7} mét bắc qua con kênh thứ {number} của vùng này."
    more = f"Người dân ấp {number} đã góp {number * 3} triệu đồng và nhiều ngày công để làm cây cầu mới này."
    return (
        f'<html lang="vi"><head><title>Cầu {number}</title></head><body><article><h1>Cầu số {number} khánh thành</h1>'
        f"<p>{told}</p><p>{more}</p></article></body></html>"
    )


def feed(*links: str) -> Reply:
    items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title>{items}</channel></rss>'
    return Reply(body.encode(), "application/rss+xml")


@pytest.fixture
def site() -> Iterator[WebServer]:
    """A feed of two pages, which have ETags."""
    with WebServer() as server:
        links = [
            server.serve(f"/{n}", Reply(page(n).encode(), headers={"ETag": f'"{n}"'}), Reply(status=304))
            for n in (1, 2)
        ]
        server.serve("/feed", feed(*links))
        yield server


def run(folder: Path, *urls: str, **options: Any) -> Report:
    reading = Reading(web=partial(WebPages, folder / "cache", LIMITS))
    embedder = options.pop("embedder", None) or FakeEmbedder()
    return reindex(list(urls), folder / "data", embedder, reading=reading, **options)


def test_the_pages_of_a_feed_are_articles_with_their_addresses_as_ids(
    tmp_path: Path, site: WebServer
) -> None:
    report = run(tmp_path, site.url("/feed"))
    assert (report.articles, report.failed) == (2, ())
    found = open_index(tmp_path / "data").store.article(site.url("/2"))
    assert found and (found.url, found.title, found.path) == (site.url("/2"), "Cầu số 2 khánh thành", None)


def test_unchanged_pages_are_not_sent_again_and_cost_no_embedding(tmp_path: Path, site: WebServer) -> None:
    first = run(tmp_path, site.url("/feed"))
    again = run(tmp_path, site.url("/feed"), embedder=UntouchableEmbedder())
    assert (again.unchanged, again.added, again.generation) == (2, 0, first.generation)
    asked = [asked.headers.get("if-none-match") for asked in site.asked if asked.path == "/1"]
    assert asked == [None, '"1"']


def test_a_changed_page_replaces_the_one_before_and_a_gone_one_leaves(
    tmp_path: Path, site: WebServer
) -> None:
    run(tmp_path, site.url("/feed"))
    site.page("/1", page(3))
    site.serve("/2", Reply(status=404))
    report = run(tmp_path, site.url("/feed"))
    assert (report.changed, report.removed, report.articles) == (1, 1, 1)
    assert ["404" in failure.reason for failure in report.failed] == [True]
    found = open_index(tmp_path / "data").store.article(site.url("/1"))
    assert found and "Xã số 3" in found.text


def test_while_a_site_is_down_its_pages_stay_and_the_report_says_so(tmp_path: Path, site: WebServer) -> None:
    run(tmp_path, site.url("/feed"))
    site.serve("/1", Reply(status=500, headers={"Retry-After": "0"}))
    report = run(tmp_path, site.url("/feed"), embedder=UntouchableEmbedder())
    assert (report.unchanged, report.removed) == (2, 0)
    (failure,) = report.failed
    assert failure.path == site.url("/1") and "500" in failure.reason and "stays" in failure.reason


def test_pages_and_files_make_one_collection(tmp_path: Path, site: WebServer) -> None:
    (tmp_path / "a.txt").write_text(
        "Giá vàng hôm nay tăng mạnh, theo các công ty kinh doanh vàng lớn.", "utf-8"
    )
    report = reindex(
        [tmp_path / "a.txt", site.url("/1")],
        tmp_path / "data",
        FakeEmbedder(),
        reading=Reading(web=partial(WebPages, tmp_path / "cache", LIMITS)),
    )
    assert set(open_index(tmp_path / "data").store.digests()) == {"a.txt", site.url("/1")}
    assert report.failed == ()


@pytest.fixture
def trichdan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> CommandLine:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRICHDAN_WEB_DELAY", "0")
    return CommandLine(monkeypatch, capsys)


def test_private_addresses_are_refused_unless_the_setting_allows_them(
    trichdan: CommandLine, site: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = trichdan("reindex", site.url("/1"))
    assert refused.code == 1
    assert "TRICHDAN_WEB_PRIVATE" in refused.err and site.asked == []
    monkeypatch.setenv("TRICHDAN_WEB_PRIVATE", "true")
    assert trichdan("reindex", "--json", site.url("/1")).objects[-1]["articles"] == 1


@pytest.fixture
def copies(trichdan: CommandLine, site: WebServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the copies after a run over the feed: that of the feed, and of its two pages."""
    monkeypatch.setenv("TRICHDAN_WEB_PRIVATE", "true")
    assert trichdan("reindex", site.url("/feed")).code == 0
    return Path("data/cache/web")


def kept(copies: Path) -> int:
    return len(list(copies.glob("*.json")))


def test_copies_of_pages_that_are_listed_no_more_go_after_a_complete_run(
    trichdan: CommandLine, site: WebServer, copies: Path
) -> None:
    site.serve("/feed", feed(site.url("/2")))
    assert trichdan("reindex", "--dry-run", site.url("/feed")).code == 0
    assert kept(copies) == 3
    assert trichdan("reindex", site.url("/feed")).code == 0
    assert kept(copies) == len(list(copies.glob("*.body"))) == 2


def test_copies_stay_while_their_site_is_down_and_when_a_run_breaks_off(
    trichdan: CommandLine, site: WebServer, copies: Path
) -> None:
    site.serve("/feed", Reply(status=503, headers={"Retry-After": "99"}))
    assert trichdan("reindex", site.url("/feed")).code == 0
    assert kept(copies) == 3
    assert trichdan("reindex", "missing.txt").code == 1
    assert kept(copies) == 3


def test_copies_go_when_no_source_is_on_the_web_any_more(trichdan: CommandLine, copies: Path) -> None:
    Path("a.txt").write_text("Giá vàng hôm nay tăng mạnh, theo các công ty kinh doanh vàng lớn.", "utf-8")
    assert trichdan("reindex", "a.txt").code == 0
    assert list(copies.iterdir()) == []


def test_inspect_shows_what_a_page_becomes(
    trichdan: CommandLine, site: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRICHDAN_WEB_PRIVATE", "true")
    (shown,) = trichdan("inspect", "--json", site.url("/1")).objects
    assert (shown["url"], shown["title"]) == (site.url("/1"), "Cầu số 1 khánh thành")
    assert shown["text"].startswith("Xã số 1 vừa khánh thành")
    assert len(shown["passages"]) == 1
