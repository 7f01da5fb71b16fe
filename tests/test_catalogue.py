"""The articles in service are those of the index that answers, read without opening its vectors and words."""

import os
from pathlib import Path

import pytest
from small_index import index, open_index

from retrieval.errors import IndexDamaged, IndexMissing, IndexOutdated
from retrieval.index.embedded.generations import Generations

GOLD = {"id": "gold", "text": "Giá vàng tăng."}
RICE = {"id": "rice", "text": "Giá gạo giảm."}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """One that holds two generations, the first without rice."""
    index(tmp_path / "data", GOLD)
    index(tmp_path / "data", GOLD, RICE)
    return tmp_path / "data"


def ids(data_dir: Path) -> list[str]:
    with Generations(data_dir).catalogue() as articles:
        return sorted(each.id for each in articles.listed(0, 10))


def test_those_in_service_are_read(data_dir: Path) -> None:
    assert ids(data_dir) == ["gold", "rice"]


@pytest.mark.parametrize("name", ["store.sqlite", "dense.faiss", "lexical.folded.rows.npy"])
def test_of_a_damaged_index_those_of_the_one_before_are_read(data_dir: Path, name: str) -> None:
    os.truncate(open_index(data_dir).folder / name, 10)
    assert ids(data_dir) == ["gold"]


def test_without_whole_ones_it_says_what_to_do(data_dir: Path, tmp_path: Path) -> None:
    for folder in (data_dir / "generations").iterdir():
        os.truncate(folder / "store.sqlite", 0)
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        ids(data_dir)
    with pytest.raises(IndexMissing, match="trichdan reindex"):
        ids(tmp_path / "nothing")


def test_those_of_another_version_are_not_read(data_dir: Path) -> None:
    manifest = open_index(data_dir).folder / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"format": 4', '"format": 3'), "utf-8")
    with pytest.raises(IndexOutdated):
        ids(data_dir)
