"""The swap: a finished generation becomes the serving one in one step, and nobody who reads is disturbed."""

import shutil
from pathlib import Path

import pytest
from exhaustive import scores
from fake_embedder import FakeEmbedder
from small_index import index, open_index

from retrieval.index.embedded.generations import Generations
from retrieval.index.embedded.manifest import describe

GOLD = {"id": "gold", "text": "Giá vàng tăng."}
RICE = {"id": "rice", "text": "Giá gạo giảm."}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory that serves one article."""
    index(tmp_path / "data", GOLD)
    return tmp_path / "data"


def test_publishing_renames_the_whole_folder_and_names_it_last(data_dir: Path) -> None:
    generations = Generations(data_dir)
    before = generations.current()
    folder = generations.new_folder()
    for path in (data_dir / "generations" / str(before)).iterdir():
        if path.name != "manifest.json":
            shutil.copy(path, folder)
    manifest = describe(
        folder, articles=1, passages=1, dimensions=7, model="fake-1", cleaning_version=1, sources=["s"]
    )
    generations.publish(folder, manifest)
    assert not folder.exists()
    assert generations.current() == manifest.id == open_index(data_dir).id != before
    assert [path.name for path in data_dir.iterdir() if path.name.startswith(".")] == []


def test_the_previous_generation_stays_and_older_ones_go(data_dir: Path) -> None:
    second = index(data_dir, RICE).generation
    third = index(data_dir, GOLD, RICE).generation
    assert {path.name for path in (data_dir / "generations").iterdir()} == {second, third}


def test_an_open_generation_keeps_answering_after_it_was_dropped(data_dir: Path) -> None:
    """A bot that is slow to notice reads from files that are no longer in any folder."""
    old = open_index(data_dir)
    index(data_dir, RICE)
    index(data_dir, GOLD, RICE)
    assert not (data_dir / "generations" / old.id).exists()
    found = old.store.article("gold")
    assert found is not None and found.text == GOLD["text"]
    assert old.dense.search(FakeEmbedder().embed_queries(["vàng"])[0], 1).rows.tolist() == [0]
    assert scores(old.lexical["folded"], [("vang", 1.0)])[0] > 0


class BehindTime(Generations):
    """Reads `current` just before two others publish, at the first time."""

    def __init__(self, data_dir: Path, old: str) -> None:
        super().__init__(data_dir)
        self._seen = [old]

    def current(self) -> str | None:
        return self._seen.pop() if self._seen else super().current()


def test_a_generation_dropped_while_it_is_being_opened_is_no_damage(data_dir: Path) -> None:
    old = open_index(data_dir).id
    index(data_dir, RICE)
    newest = index(data_dir, GOLD, RICE).generation
    assert BehindTime(data_dir, old).open_current("fake-1").id == newest
