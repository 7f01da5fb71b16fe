"""What admins send is staged, previewed, added or discarded; what they remove stays away."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st
from small_index import open_index, write_text

from retrieval.errors import SourceError
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import Report, reindex
from retrieval.sources.collection import Reading
from retrieval.sources.model import Failure, Original
from retrieval.uploads.names import name_of, safe_name
from retrieval.uploads.uploads import Uploads

STORY = (
    "Xã vừa khánh thành cây cầu dài bảy mươi mét bắc qua con kênh lớn nhất vùng này.\nDân góp một phần tiền."
)
PAGE = f"""<html lang="vi"><head><title>Cầu mới</title><meta property="article:published_time"
content="2025-04-02T08:00:00+07:00"></head><body><article><h1>Cầu mới</h1><p>{STORY}</p>
<p>{STORY.replace("bảy", "tám")}</p></article></body></html>"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory that serves the one article of the folder `in`."""
    write_text(tmp_path / "in/old.txt", "Giá vàng hôm nay tăng mạnh, theo các công ty kinh doanh vàng lớn.")
    run(tmp_path / "data")
    return tmp_path / "data"


def run(data_dir: Path) -> Report:
    """Reindexes as the program does: the sources, and the uploads."""
    uploads = Uploads(Generations(data_dir), Reading())
    folder = data_dir / "uploads"
    sources = [data_dir.with_name("in"), *([folder] if list(folder.glob("[!.]*")) else [])]
    return reindex(sources, data_dir, FakeEmbedder(), reading=Reading(removed=uploads.removed()))


def ids(data_dir: Path) -> set[str]:
    return set(open_index(data_dir).store.digests())


def test_a_staged_file_is_previewed_and_changes_nothing(data_dir: Path) -> None:
    staged = Uploads(Generations(data_dir), Reading()).stage("cầu.txt", STORY.encode())
    (article,) = staged.articles
    assert (staged.count, staged.failed, staged.replaces) == (1, (), False)
    assert (article.id, article.passages, article.opening) == ("cầu.txt", 1, STORY)
    report = run(data_dir)
    assert (report.unchanged, report.added) == (1, 0)


def test_what_is_added_is_indexed_next_and_what_is_discarded_is_not(data_dir: Path) -> None:
    uploads = Uploads(Generations(data_dir), Reading())
    uploads.add(uploads.stage("cầu.txt", STORY.encode()).token)
    uploads.discard(uploads.stage("đường.txt", STORY.encode()).token)
    assert run(data_dir).added == 1
    assert ids(data_dir) == {"old.txt", "cầu.txt"}
    assert list((data_dir / "uploads/.staged").iterdir()) == []


def test_a_page_keeps_what_it_says_of_itself(data_dir: Path) -> None:
    (article,) = Uploads(Generations(data_dir), Reading()).stage("trang.html", PAGE.encode()).articles
    assert (article.title, article.date) == ("Cầu mới", date(2025, 4, 2))


def test_metadata_given_with_a_file_beats_its_own_and_stays_with_it(data_dir: Path) -> None:
    uploads = Uploads(Generations(data_dir), Reading())
    staged = uploads.stage("cầu.txt", STORY.encode(), {"title": "Tên", "url": "https://example.com/cau"})
    uploads.add(staged.token)
    run(data_dir)
    found = open_index(data_dir).store.article("https://example.com/cau")
    assert found and found.title == "Tên"
    assert uploads.remove("https://example.com/cau") == "deleted"
    assert run(data_dir).removed == 1
    assert list((data_dir / "uploads").glob("[!.]*")) == []


def test_a_file_of_the_same_name_replaces_the_one_before(data_dir: Path) -> None:
    uploads = Uploads(Generations(data_dir), Reading())
    uploads.add(uploads.stage("cầu.txt", STORY.encode()).token)
    run(data_dir)
    again = uploads.stage("cầu.txt", STORY.replace("bảy", "tám").encode())
    assert again.replaces
    uploads.add(again.token)
    assert run(data_dir).changed == 1


def test_an_article_of_the_sources_is_hidden_and_can_come_back(data_dir: Path) -> None:
    uploads = Uploads(Generations(data_dir), Reading())
    uploads.add(uploads.stage("cầu.txt", STORY.encode()).token)
    run(data_dir)
    assert uploads.remove("old.txt") == "hidden"
    assert run(data_dir).removed == 1
    assert ids(data_dir) == {"cầu.txt"}
    assert uploads.remove("old.txt") == uploads.remove("never") == "unknown"
    assert uploads.restore("old.txt") and not uploads.restore("old.txt")
    assert run(data_dir).added == 1


def test_one_of_several_articles_in_an_upload_is_hidden_alone(data_dir: Path) -> None:
    uploads = Uploads(Generations(data_dir), Reading())
    rows = b'{"id": "a", "text": "Gi\xc3\xa1 g\xe1\xba\xa1o."}\n{"id": "b", "text": "L\xc5\xa9 l\xe1\xbb\x9bn."}\n'
    staged = uploads.stage("hai.jsonl", rows)
    assert (staged.count, [article.id for article in staged.articles]) == (2, ["a", "b"])
    uploads.add(staged.token)
    run(data_dir)
    assert uploads.remove("a") == "hidden"
    run(data_dir)
    assert ids(data_dir) == {"old.txt", "b"}


def test_who_adds_a_hidden_article_again_means_it(data_dir: Path) -> None:
    uploads = Uploads(Generations(data_dir), Reading())
    rows = b'{"id": "a", "text": "Gi\xc3\xa1 g\xe1\xba\xa1o."}\n{"id": "b", "text": "L\xc5\xa9 l\xe1\xbb\x9bn."}\n'
    uploads.add(uploads.stage("hai.jsonl", rows).token)
    run(data_dir)
    uploads.remove("a")
    run(data_dir)
    uploads.add(uploads.stage("hai.jsonl", rows).token)
    run(data_dir)
    assert ids(data_dir) == {"old.txt", "a", "b"}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.exe", b"MZ", "no supported kind"),
        ("noname", STORY.encode(), "no supported kind"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"x" * (20 * 2**20 + 1), "larger than 20 MB"),
        ("a.pdf", b"%PDF-1.7 broken", "PDF"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.zip", b"PK\x03\x04 broken", "damaged"),
        ("a.jsonl", b"{}\n", "`text`"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_of_it_stays(
    data_dir: Path, name: str, data: bytes, said: str
) -> None:
    with pytest.raises(SourceError, match=said):
        Uploads(Generations(data_dir), Reading()).stage(name, data)
    assert not any((data_dir / "uploads/.staged").glob("*"))


def test_a_row_of_a_table_whose_columns_are_named_otherwise_is_hidden_and_the_others_stay(
    data_dir: Path,
) -> None:
    reading = Reading(columns={"text": "noidung", "id": "ma"})
    uploads = Uploads(Generations(data_dir), reading)
    uploads.add(uploads.stage("a.csv", "ma,noidung\nx1,Giá gạo giảm.\nx2,Lũ lên.\n".encode()).token)
    sources = [data_dir.with_name("in"), data_dir / "uploads"]
    reindex(sources, data_dir, FakeEmbedder(), reading=reading)
    assert uploads.remove("x1") == "hidden"
    assert (data_dir / "uploads/a.csv").exists()


def test_names_that_begin_alike_and_addresses_that_look_alike_stay_apart() -> None:
    long = "Thủ tướng làm việc với lãnh đạo chủ chốt thành phố về phát triển kinh tế xã hội của Thủ Đức năm "
    assert safe_name(f"{long}2024.txt") != safe_name(f"{long}2025.txt")
    pages = [f"https://e.org/tin{tail}" for tail in ("?id=1", "-id-1", "/id/1")]
    assert len({name_of(page, "page.html") for page in pages}) == 3


@pytest.mark.parametrize("known", [{"date": "soon"}, {"title": 3}])
def test_metadata_that_says_nothing_is_refused_at_once(data_dir: Path, known: dict[str, Any]) -> None:
    with pytest.raises(SourceError):
        Uploads(Generations(data_dir), Reading()).stage("a.txt", STORY.encode(), known)
    assert not any((data_dir / "uploads/.staged").glob("*"))


@pytest.mark.parametrize("token", ["", "0" * 16, "../../data", "..", "../../../foreign", "ABSOLUTE"])
def test_what_is_not_staged_cannot_be_added(data_dir: Path, token: str) -> None:
    """Nor is anything outside touched; never a folder of the system here, for a mistake would delete it."""
    foreign = write_text(data_dir.with_name("foreign") / "kept.txt", "kept")
    (data_dir / "uploads/.adding").mkdir(parents=True)  # or ".." would lead nowhere
    token = str(foreign.parent) if token == "ABSOLUTE" else token
    uploads = Uploads(Generations(data_dir), Reading())
    with pytest.raises(SourceError, match="send it again"):
        uploads.add(token)
    uploads.discard(token)
    assert (data_dir / "current").exists() and foreign.exists()


def test_what_nobody_decided_on_goes_after_a_day(data_dir: Path) -> None:
    uploads = Uploads(Generations(data_dir), Reading())
    token = uploads.stage("cầu.txt", STORY.encode()).token
    yesterday = time.time() - 25 * 3600
    os.utime(data_dir / "uploads/.staged" / token, (yesterday, yesterday))
    uploads.stage("đường.txt", STORY.encode())
    with pytest.raises(SourceError, match="send it again"):
        uploads.add(token)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\bài.TXT", "bài.txt"),
        ("a/b\x00c\n.txt", "b_c_.txt"),
        (".hidden.md", "hidden.md"),
        ("metadata.csv", "article-metadata.csv"),
        ("ă" * 300 + ".pdf", "ă" * 55 + "-71e657fe.pdf"),
    ],
)
def test_names_are_made_safe(written: str, name: str) -> None:
    assert safe_name(written) == name


@given(st.text())
def test_no_name_leads_out_of_its_folder(written: str) -> None:
    name = safe_name(written + ".txt")
    assert Path(name).name == name and not name.startswith(".") and len(name.encode()) < 200


class OnePage:
    """A web of one page."""

    def __init__(self, found: Original | Failure) -> None:
        self._found = found

    def originals(self, url: str) -> Iterator[Original | Failure]:
        yield self._found


def reading(found: Original | Failure) -> Reading:
    @contextmanager
    def web() -> Iterator[OnePage]:
        yield OnePage(found)

    return Reading(web=web)


def test_a_link_becomes_a_copy_that_keeps_its_address(data_dir: Path) -> None:
    address = "https://example.com/tin/cau-moi"
    original = Original(
        id=address, place=address, name="page.html", open=lambda: BytesIO(PAGE.encode()), url=address
    )
    uploads = Uploads(Generations(data_dir), reading(original))
    staged = uploads.stage_link(address)
    assert (staged.name, staged.articles[0].url) == ("example.com-tin-cau-moi-0cc49a1c.html", address)
    uploads.add(staged.token)
    run(data_dir)
    assert address in ids(data_dir)


def test_a_link_that_cannot_be_had_says_why(data_dir: Path) -> None:
    with pytest.raises(SourceError, match="answered 404"):
        Uploads(Generations(data_dir), reading(Failure("u", "answered 404"))).stage_link(
            "https://example.com"
        )
    with pytest.raises(SourceError, match="web"):
        Uploads(Generations(data_dir), Reading()).stage_link("https://example.com")
