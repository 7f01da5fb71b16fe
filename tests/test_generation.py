"""A generation is published whole or not at all, and whatever was done to it is said in one sentence."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_index import index, open_index

from retrieval.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexUnusable
from retrieval.index.embedded.generations import Generations
from retrieval.index.embedded.manifest import FILES, checksums
from retrieval.index.embedded.vectors.faiss_index import DenseIndex

GOLD = {"id": "gold", "text": "Giá vàng tăng."}
RICE = {"id": "rice", "text": "Giá gạo giảm."}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: a disk takes its time to be sure of a file."""
    folder = tmp_path_factory.mktemp("indexed")
    index(folder / "data", GOLD)
    return folder


@pytest.fixture
def data_dir(indexed: Path, tmp_path: Path) -> Path:
    """A data directory that serves one article."""
    shutil.copytree(indexed, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


def serving(data_dir: Path) -> Path:
    """The folder of the serving generation."""
    return data_dir / "generations" / (data_dir / "current").read_text().strip()


def edit_manifest(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def resign(folder: Path) -> None:
    """Makes the manifest name the files as they are now: only what stands in them can still be wrong."""
    edit_manifest(folder, files={n: d for n, d in checksums(folder).items() if n != "manifest.json"})


def refusal(data_dir: Path, model: str | None = "fake-1") -> IndexUnusable:
    """What opening says: one sentence that names what to do."""
    with pytest.raises(IndexUnusable) as caught:
        open_index(data_dir, model)
    message = str(caught.value)
    assert "trichdan reindex" in message
    assert "\n" not in message and message.endswith(".") and not re.search(r"\.\s", message)
    return caught.value


def test_a_generation_holds_its_files_and_a_manifest_of_them(data_dir: Path) -> None:
    folder = serving(data_dir)
    assert {path.name for path in folder.iterdir()} == {*FILES, "manifest.json"}
    manifest = open_index(data_dir).manifest
    assert (manifest.articles, manifest.passages, manifest.dimensions, manifest.model) == (1, 1, 7, "fake-1")
    for name, digest in manifest.files.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_nothing_indexed_is_a_kind_of_its_own(tmp_path: Path) -> None:
    assert isinstance(refusal(tmp_path), IndexMissing)
    assert isinstance(refusal(tmp_path / "not there"), IndexMissing)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_found_by_its_checksum_and_named(data_dir: Path, name: str) -> None:
    path = serving(data_dir) / name
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert path.name in str(refusal(data_dir))


@pytest.mark.parametrize("name", ["store.sqlite", "dense.faiss", "manifest.json"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:50])])
def test_a_missing_or_cut_off_file_is_damage(
    data_dir: Path, name: str, damage: Callable[[Path], None]
) -> None:
    damage(serving(data_dir) / name)
    error = refusal(data_dir)
    assert isinstance(error, IndexDamaged)
    assert name in str(error)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"{}",
        b'{"format": 1, "text_version": 1}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_garbage_manifest_is_said_to_be_unusable(data_dir: Path, content: bytes) -> None:
    (serving(data_dir) / "manifest.json").write_bytes(content)
    refusal(data_dir)


@pytest.mark.parametrize(
    "changes", [{"files": None}, {"files": {}}, {"files": 5}, {"surplus": 1}, {"id": "x"}]
)
def test_a_manifest_of_something_else_is_damage(data_dir: Path, changes: dict[str, Any]) -> None:
    edit_manifest(serving(data_dir), **changes)
    assert isinstance(refusal(data_dir), IndexDamaged)


def test_files_outside_the_generation_are_not_looked_at(data_dir: Path) -> None:
    folder = serving(data_dir)
    files = json.loads((folder / "manifest.json").read_text())["files"]
    edit_manifest(folder, files=files | {"../../current": "0"})
    assert "lists other files" in str(refusal(data_dir))


@pytest.mark.parametrize("changes", [{"passages": 2}, {"passages": "1"}, {"dimensions": 384}])
def test_counts_and_dimensions_must_be_those_of_the_manifest(data_dir: Path, changes: dict[str, Any]) -> None:
    edit_manifest(serving(data_dir), **changes)
    assert isinstance(refusal(data_dir), IndexDamaged)


def test_both_counts_stand_in_the_message(data_dir: Path) -> None:
    edit_manifest(serving(data_dir), passages=12)
    assert "holds 1 passages but its manifest says 12" in str(refusal(data_dir))


def test_vectors_of_another_collection_are_damage(data_dir: Path) -> None:
    folder = serving(data_dir)
    DenseIndex.build([np.eye(3, 7, dtype=np.float32)], 3, 7).save(folder)
    resign(folder)
    assert "dense index holds 3 passages" in str(refusal(data_dir))


def test_postings_of_another_collection_are_damage(data_dir: Path, tmp_path: Path) -> None:
    index(tmp_path / "other", GOLD, RICE)
    for path in serving(tmp_path / "other").glob("lexical.*"):
        shutil.copy(path, serving(data_dir) / path.name)
    resign(serving(data_dir))
    assert isinstance(refusal(data_dir), IndexDamaged)


def test_another_model_is_named_beside_the_one_in_use(data_dir: Path) -> None:
    error = refusal(data_dir, "fake-2")
    assert isinstance(error, IndexOutdated)
    assert "fake-1" in str(error) and "fake-2" in str(error)
    assert open_index(data_dir, None).manifest.articles == 1


@pytest.mark.parametrize("changes", [{"format": 99}, {"text_version": -1}])
def test_another_version_of_the_format_is_outdated(data_dir: Path, changes: dict[str, Any]) -> None:
    edit_manifest(serving(data_dir), **changes)
    assert isinstance(refusal(data_dir), IndexOutdated)


@pytest.mark.parametrize(
    "written",
    [
        b"../../etc",
        b"/etc",
        b".",
        b"..",
        b".hidden",
        b"a/b",
        b"a\nb",
        b"a\x00b",
        b"x" * 5000,
        b"\xff\xfe",
        b"gone",
    ],
)
def test_a_current_that_names_no_generation_is_damage(data_dir: Path, written: bytes) -> None:
    (data_dir / "current").write_bytes(written)
    assert isinstance(refusal(data_dir), IndexDamaged)


def test_a_current_that_is_a_folder_is_damage(data_dir: Path) -> None:
    (data_dir / "current").unlink()
    (data_dir / "current").mkdir()
    assert isinstance(refusal(data_dir), IndexDamaged)


def test_a_generation_in_the_making_is_never_served(data_dir: Path) -> None:
    before = (data_dir / "current").read_bytes()
    folder = Generations(data_dir).new_folder()
    assert folder.name.startswith(".")
    assert (data_dir / "current").read_bytes() == before
    (data_dir / "current").write_text(folder.name)
    assert isinstance(refusal(data_dir), IndexDamaged)
