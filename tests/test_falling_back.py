"""A damaged index gives way to the one before it, which is said, and a reindexing mends it."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder
from small_index import index, open_index

from retrieval.errors import IndexDamaged
from retrieval.index.embedded.generations import Generations
from retrieval.index.embedded.manifest import FILES
from retrieval.serving import Serving

GOLD = {"id": "gold", "text": "Giá vàng tăng."}
RICE = {"id": "rice", "text": "Giá gạo giảm."}
TEA = {"id": "tea", "text": "Giá chè giữ nguyên."}


def indexed_twice(data: Path) -> Path:
    """A data directory that serves two articles, and before that one."""
    index(data, GOLD)
    index(data, GOLD, RICE)
    return data


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: a disk takes its time to be sure of a file."""
    return indexed_twice(tmp_path_factory.mktemp("indexed") / "data")


@pytest.fixture
def data_dir(indexed: Path, tmp_path: Path) -> Path:
    """A copy, to be damaged."""
    return Path(shutil.copytree(indexed, tmp_path / "data"))


def generation(data_dir: Path) -> str:
    return (data_dir / "current").read_text().strip()


def path_of(data_dir: Path, name: str) -> Path:
    return data_dir / "generations" / generation(data_dir) / name


def before(data_dir: Path) -> str:
    names = {path.name for path in (data_dir / "generations").iterdir()}
    (found,) = names - {generation(data_dir)}
    return found


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_whatever_file_is_cut_the_generation_before_answers(data_dir: Path, name: str) -> None:
    os.truncate(path_of(data_dir, name), 3)
    opened = Generations(data_dir).open_serving("fake-1")
    assert opened.generation.id == before(data_dir)
    assert opened.damage is not None and "trichdan reindex" in str(opened.damage)


@pytest.mark.parametrize("written", [b"", b"../elsewhere", b"20200101-000000-aaaaaa", b"\xff\xfe"])
def test_a_spoilt_name_of_the_current_generation_costs_nothing(data_dir: Path, written: bytes) -> None:
    newest = generation(data_dir)
    (data_dir / "current").write_bytes(written)
    if written:
        assert Generations(data_dir).open_serving("fake-1").generation.id == newest


def test_it_is_logged_once_and_serving_knows_of_it(data_dir: Path, caplog: pytest.LogCaptureFixture) -> None:
    os.truncate(path_of(data_dir, "dense.faiss"), 3)
    serving = Serving(Generations(data_dir), FakeEmbedder())
    assert serving.retriever().generation.id == before(data_dir)
    assert [serving.refresh() for _ in range(3)] == [False] * 3
    assert serving.damage is not None
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert "the one before it" in record.getMessage() and "dense.faiss" in record.getMessage()
    newest = index(data_dir, GOLD, TEA).generation
    assert serving.refresh()
    assert serving.retriever().generation.id == newest and serving.damage is None


def test_a_file_cut_while_it_serves_is_noticed_before_it_is_read(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    serving = Serving(Generations(data_dir), FakeEmbedder())
    assert serving.retriever().generation.id == generation(data_dir)
    os.truncate(path_of(data_dir, "lexical.folded.rows.npy"), 0)
    assert not serving.refresh()
    assert serving.retriever().generation.id == before(data_dir)
    assert "lexical.folded.rows.npy" in caplog.text


def test_a_file_that_was_only_touched_goes_on_serving(data_dir: Path) -> None:
    serving = Serving(Generations(data_dir), FakeEmbedder())
    assert serving.retriever()
    os.utime(path_of(data_dir, "dense.faiss"), (1, 1))
    serving.refresh()
    assert serving.retriever().generation.id == generation(data_dir) and serving.damage is None


def test_without_a_whole_generation_the_damage_is_said(data_dir: Path) -> None:
    os.truncate(data_dir / "generations" / before(data_dir) / "store.sqlite", 0)
    os.truncate(path_of(data_dir, "store.sqlite"), 0)
    with pytest.raises(IndexDamaged, match=generation(data_dir)):
        Generations(data_dir).open_serving("fake-1")


def test_a_reindexing_that_finds_what_the_one_before_holds_brings_it_back(tmp_path: Path) -> None:
    data_dir = indexed_twice(tmp_path / "data")
    old = before(data_dir)
    os.truncate(path_of(data_dir, "store.sqlite"), 0)
    report = index(data_dir, GOLD)
    assert (report.unchanged, report.embedded, report.generation) == (1, 0, old)
    assert open_index(data_dir).id == old
    assert [path.name for path in (data_dir / "generations").iterdir()] == [old]


def test_a_reindexing_keeps_the_whole_generation_not_the_damaged_one(data_dir: Path) -> None:
    old = before(data_dir)
    os.truncate(path_of(data_dir, "store.sqlite"), 0)
    newest = index(data_dir, GOLD, RICE, TEA).generation
    assert {path.name for path in (data_dir / "generations").iterdir()} == {old, newest}
