"""What comes from the web and what is sent in chat stays, whatever a run names; what would go is asked about."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command_line import CommandLine, Result
from small_index import write_text
from two_sources import indexed_in, served
from web_server import Reply, WebServer


@pytest.fixture
def trichdan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> CommandLine:
    return indexed_in(tmp_path, monkeypatch, capsys)


class Site:
    """A feed of some pages."""

    def __init__(self, server: WebServer) -> None:
        self._server = server

    def lists(self, count: int) -> str:
        for number in range(count):
            text = f"<p>Trang {number} kể chuyện của ngày hôm ấy.</p><p>Một đoạn nữa cho đủ dài, số {number}.</p>"
            self._server.serve(f"/{number}.html", Reply(f"<article><h1>Trang {number}</h1>{text}".encode()))
        links = "".join(f"<url><loc>{self._server.url(f'/{n}.html')}</loc></url>" for n in range(count))
        xml = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{links}</urlset>'
        return self._server.serve("/sitemap.xml", Reply(xml.encode(), type="application/xml"))

    def is_down(self) -> None:
        for path in [*self._server.replies]:
            self._server.replies[path] = [Reply(b"", status=503, headers={"Retry-After": "0"})]


@pytest.fixture
def site(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("TRICHDAN_WEB_PRIVATE", "true")
    monkeypatch.setenv("TRICHDAN_WEB_DELAY", "0")
    return Site(server)


def test_a_site_that_lists_less_is_asked_about(trichdan: CommandLine, site: Site) -> None:
    assert trichdan("reindex", "--yes", site.lists(6), "north").code == 0 and len(served()) == 26
    site.lists(0)
    assert trichdan("reindex").code == 1 and len(served()) == 26


@pytest.mark.parametrize("copies", [True, False])
def test_a_site_that_is_down_loses_nothing(trichdan: CommandLine, site: Site, copies: bool) -> None:
    assert trichdan("reindex", "--yes", site.lists(6), "north").code == 0
    site.is_down()
    if not copies:
        shutil.rmtree("data/cache/web")
    trichdan("reindex")
    assert len(served()) == 26


def upload(count: int) -> None:
    for number in range(count):
        write_text(Path(f"data/uploads/up-{number}.txt"), f"Tệp gửi lên số {number}.")


def test_uploads_stay_whatever_is_named(trichdan: CommandLine) -> None:
    upload(2)
    assert trichdan("reindex", "--yes", "north").code == 0
    assert len(served()) == 22
    assert trichdan("reindex", "north", "south").code == 0
    assert len(served()) == 42


def test_a_folder_of_uploads_that_is_gone_is_asked_about(trichdan: CommandLine) -> None:
    upload(12)
    assert trichdan("reindex").code == 0
    shutil.rmtree("data/uploads")
    assert trichdan("reindex").code == 1
    assert trichdan("reindex", "--uploads").code == 1
    assert len(served()) == 52


def only_uploads(trichdan: CommandLine) -> Result:
    return trichdan("reindex", "--uploads", "--json")


def test_what_is_sent_in_chat_touches_nothing_else(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = served()
    monkeypatch.setenv("TRICHDAN_SOURCES", "seeds")
    shutil.rmtree("south")
    write_text(Path("north/unseen.txt"), "Tin chưa ai đọc.")
    upload(1)
    report = only_uploads(trichdan).objects[-1]
    assert (report["added"], report["removed"], report["unchanged"]) == (1, 0, 40)
    assert served() == before | {"up-0.txt"}
    Path("data/uploads/up-0.txt").unlink()
    report = only_uploads(trichdan).objects[-1]
    assert (report["added"], report["removed"], report["unchanged"]) == (0, 1, 40)
    assert served() == before


def test_what_is_sent_under_a_name_that_is_taken_gets_another_id_and_keeps_it(trichdan: CommandLine) -> None:
    before = served()
    write_text(Path("data/uploads/a.txt"), "Một bài gửi lên.")
    write_text(Path("data/uploads/south-1.txt"), "Bài gửi lên trùng tên.")
    write_text(Path("south/a.txt"), "Một bài trong thư mục.")
    assert only_uploads(trichdan).code == 0
    assert served() == before | {"a.txt", "south-1.txt"}
    assert trichdan("reindex").code == 0
    names = {"south/a.txt", "uploads/a.txt"}
    assert served() == before | {"south-1.txt"} | names
    write_text(Path("data/uploads/b.txt"), "Một bài nữa.")
    report = only_uploads(trichdan).objects[-1]
    assert (report["added"], report["removed"], report["failed"]) == (1, 0, [])
    assert served() == before | {"south-1.txt", "b.txt"} | names


def test_a_taken_name_costs_what_is_sent_in_chat_nothing(trichdan: CommandLine) -> None:
    write_text(Path("north/a.txt"), "Một bài trong thư mục.")
    assert trichdan("reindex").code == 0
    write_text(Path("data/uploads/a.txt"), "Một bài gửi lên.")
    report = only_uploads(trichdan).objects[-1]
    assert (report["added"], report["failed"]) == (1, [])
    assert {"a.txt", "uploads/a.txt"} <= served()


def test_what_was_hidden_goes_and_nothing_else(trichdan: CommandLine) -> None:
    Path("data/removed.json").write_text(json.dumps({"news/south-1.txt": None}))
    shutil.rmtree("north")
    report = only_uploads(trichdan).objects[-1]
    assert (report["removed"], report["unchanged"]) == (1, 39)


def test_a_held_run_is_noted_until_one_goes_through(trichdan: CommandLine) -> None:
    trichdan("reindex", "north")
    assert json.loads(Path("data/held.json").read_text())["count"] == 20
    trichdan("reindex")
    assert not Path("data/held.json").exists()


def test_few_articles_may_all_be_replaced(trichdan: CommandLine) -> None:
    assert trichdan("reindex", "--yes", "north/news/north-1.txt", "north/news/north-2.txt").code == 0
    assert trichdan("reindex", "south").code == 0
