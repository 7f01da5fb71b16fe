"""The collection becomes exactly its sources; what is unchanged costs nothing."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_embedder import FakeEmbedder, UntouchableEmbedder
from small_index import article, index, open_index, write_jsonl, write_text

from retrieval.article import Passage
from retrieval.errors import SourceError
from retrieval.indexing.passage_text import embedding_text, passage_tokens
from retrieval.indexing.run import Report, reindex

GOLD = {"id": "gold", "title": "Thị trường", "text": "Giá vàng tăng."}
RICE = {"id": "rice", "text": "Giá gạo giảm."}
FLOOD = {"id": "flood", "text": "Lũ trên sông."}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: a disk takes its time to be sure of a file."""
    folder = tmp_path_factory.mktemp("indexed")
    index(folder / "data", GOLD, RICE)
    return folder


@pytest.fixture
def data_dir(indexed: Path, tmp_path: Path) -> Path:
    """A data directory that serves two articles."""
    shutil.copytree(indexed, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def ids(data_dir: Path) -> set[str]:
    return set(open_index(data_dir).store.digests())


def test_the_first_index_counts_every_article_as_added(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    report = index(tmp_path / "data", GOLD, RICE, embedder=embedder)
    assert counts(report) == (2, 0, 0, 0)
    assert (report.articles, report.passages, report.embedded, report.failed) == (2, 2, 2, ())
    assert report.generation == open_index(tmp_path / "data").id
    assert embedder.embedded == ["Thị trường\nGiá vàng tăng.", "Giá gạo giảm.", "Giá vàng tăng."]


def test_added_changed_removed_and_unchanged_are_told_apart(data_dir: Path) -> None:
    index(data_dir, GOLD, RICE, {"id": "old", "text": "Cầu cũ."})
    embedder = FakeEmbedder()
    report = index(data_dir, GOLD, RICE | {"text": "Giá gạo tăng."}, FLOOD, embedder=embedder)
    assert counts(report) == (1, 1, 1, 1)
    assert (report.articles, report.passages, report.embedded) == (3, 3, 2)
    assert embedder.embedded == ["Giá gạo tăng.", "Lũ trên sông."]
    assert ids(data_dir) == {"gold", "rice", "flood"}


def test_nothing_changed_keeps_the_generation_and_touches_no_model(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    first = index(data_dir, GOLD, RICE)
    report = index(data_dir, GOLD, RICE, embedder=UntouchableEmbedder())
    assert counts(report) == (0, 0, 0, 2)
    assert (report.embedded, report.articles, report.passages) == (0, 2, 2)
    assert report.generation == first.generation == open_index(data_dir).id
    assert [folder.name for folder in (data_dir / "generations").iterdir()] == [report.generation]


def test_a_removed_article_alone_makes_a_new_generation_without_embedding(data_dir: Path) -> None:
    report = index(data_dir, GOLD, embedder=UntouchableEmbedder())
    assert counts(report) == (0, 0, 1, 1)
    assert ids(data_dir) == {"gold"}


def test_full_embeds_everything_anew(data_dir: Path) -> None:
    before = open_index(data_dir).id
    source = data_dir.with_name("data-sources") / "articles.jsonl"
    report = reindex([source], data_dir, FakeEmbedder(), full=True)
    assert (report.embedded, report.unchanged) == (2, 2)
    assert report.generation != before


def test_a_cache_of_vectors_outlives_the_generations(data_dir: Path) -> None:
    index(data_dir, FLOOD)
    assert index(data_dir, GOLD, RICE, embedder=UntouchableEmbedder()).embedded == 0


def test_another_model_embeds_everything_again(data_dir: Path) -> None:
    report = index(data_dir, GOLD, RICE, embedder=FakeEmbedder("fake-2"))
    assert (report.embedded, report.unchanged) == (2, 2)
    assert open_index(data_dir, "fake-2").manifest.model == "fake-2"


def test_what_another_version_has_cleaned_is_read_again(data_dir: Path) -> None:
    """After an upgrade the same bytes may become another text; what comes out the same is not embedded again."""
    path = data_dir / "generations" / open_index(data_dir).id / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(manifest | {"cleaning_version": manifest["cleaning_version"] - 1}), "utf-8")
    report = index(data_dir, GOLD, RICE, embedder=UntouchableEmbedder())
    assert (report.unchanged, report.embedded) == (2, 0)
    assert report.generation != manifest["id"]


def test_bad_files_are_listed_and_the_others_indexed(tmp_path: Path) -> None:
    write_text(tmp_path / "in/good.txt", "Giá vàng hôm nay tăng mạnh, theo các công ty kinh doanh vàng.")
    write_text(tmp_path / "in/empty.txt", "")
    (tmp_path / "in/binary.txt").write_bytes(b"\x00\x01\x02")
    write_jsonl(tmp_path / "in/lines.jsonl", {"id": "rice", "text": "Giá gạo."}, {"id": "blank", "text": " "})
    report = reindex([tmp_path / "in"], tmp_path / "data", FakeEmbedder())
    assert sorted(Path(failure.path).name for failure in report.failed) == [
        "binary.txt",
        "empty.txt",
        "lines.jsonl#2",
    ]
    assert ids(tmp_path / "data") == {"good.txt", "rice"}


def test_a_file_whose_name_is_not_utf8_stops_no_other(tmp_path: Path) -> None:
    write_text(tmp_path / "in/good.txt", "Giá vàng hôm nay tăng mạnh, theo các công ty kinh doanh vàng.")
    odd = bytes(tmp_path / "in") + b"/caf\xe9.txt"
    try:
        Path(odd.decode("utf-8", "surrogateescape")).write_text(
            "Giá gạo hôm nay giảm nhẹ ở miền Tây.", "utf-8"
        )
    except (OSError, UnicodeError):
        pytest.skip("this file system takes UTF-8 names alone")
    report = reindex([tmp_path / "in"], tmp_path / "data", FakeEmbedder())
    assert report.articles + len(report.failed) == 2
    assert "good.txt" in ids(tmp_path / "data")


@pytest.mark.parametrize("records", [[], [{"id": "blank", "text": " "}]])
def test_a_source_without_an_article_is_an_error_and_leaves_nothing(
    data_dir: Path, records: list[dict[str, Any]]
) -> None:
    before = (data_dir / "current").read_bytes(), sorted((data_dir / "generations").iterdir())
    with pytest.raises(SourceError, match="No article was found"):
        index(data_dir, *records)
    assert ((data_dir / "current").read_bytes(), sorted((data_dir / "generations").iterdir())) == before
    assert ids(data_dir) == {"gold", "rice"}


def test_a_missing_source_leaves_the_serving_index_untouched(data_dir: Path, tmp_path: Path) -> None:
    good = data_dir.with_name("data-sources")
    with pytest.raises(SourceError, match="typo"):
        reindex([good, tmp_path / "typo"], data_dir, FakeEmbedder())
    assert ids(data_dir) == {"gold", "rice"}
    assert len(list((data_dir / "generations").iterdir())) == 1


def test_a_passage_is_embedded_and_found_by_words_with_its_title_and_heading() -> None:
    known = article("Nước", title="Tiêu đề")
    passage = Passage("a#0", "a", 0, 4, "Nước", "Mục")
    assert embedding_text(known, passage) == "Tiêu đề. Mục\nNước"
    assert [token.folded for token in passage_tokens(known, passage)] == "tieu de muc nuoc".split()
    assert embedding_text(article("Nước"), replace(passage, heading=None)) == "Nước"


def test_progress_is_told_step_by_step_and_comes_to_its_end(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    source = write_jsonl(tmp_path / "a.jsonl", GOLD, RICE)
    reindex([source], tmp_path / "data", FakeEmbedder(), progress=lambda *step: heard.append(step))
    assert list(dict.fromkeys(step for step, _, _ in heard)) == [
        "reading articles",
        "splitting articles",
        "embedding passages",
        "embedding sentences",
        "writing the index",
    ]
    assert heard[-1] == ("writing the index", 1, 1)
    assert ("embedding passages", 2, 2) in heard
