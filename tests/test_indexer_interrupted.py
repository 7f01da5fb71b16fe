"""Whatever stops an indexing run, the old index goes on serving, and the next run mends everything."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder, UntouchableEmbedder
from filelock import FileLock
from small_index import index, open_index, write_jsonl

from bot.processes.held import Held
from retrieval.embedding.protocol import Vectors
from retrieval.errors import IndexLocked
from retrieval.indexing.run import reindex

GOLD = {"id": "gold", "text": "Giá vàng tăng."}
RICE = {"id": "rice", "text": "Giá gạo giảm."}
TESTS = Path(__file__).parent


class Interrupted(FakeEmbedder):
    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        raise KeyboardInterrupt


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


def generations(data_dir: Path) -> list[str]:
    return sorted(path.name for path in (data_dir / "generations").iterdir())


def many_articles(folder: Path) -> Path:
    """Six hundred passages: more than two batches of embeddings."""
    records = [{"id": f"n{i}", "text": f"Giá gạo lần {i}."} for i in range(600)]
    return write_jsonl(folder / "many.jsonl", *records)


def run_until_killed(data_dir: Path, source: Path, batches: int) -> int:
    command = [sys.executable, str(TESTS / "index_until_killed.py"), str(data_dir), str(source), str(batches)]
    environment = {"PYTHONPATH": str(TESTS.parent)}
    return subprocess.run(command, env=environment, check=False).returncode


def test_an_exception_midway_leaves_the_old_generation_and_no_leftovers(data_dir: Path) -> None:
    before = generations(data_dir)
    with pytest.raises(KeyboardInterrupt):
        index(data_dir, GOLD, RICE, embedder=Interrupted())
    assert generations(data_dir) == before == [open_index(data_dir).id]
    assert index(data_dir, GOLD, RICE).added == 1


def test_a_killed_run_leaves_the_old_generation_and_the_next_goes_on_from_the_cache(
    data_dir: Path, tmp_path: Path
) -> None:
    """One batch of 256 texts was embedded when the process died: the next run embeds the other 344."""
    source = many_articles(tmp_path)
    serving = open_index(data_dir).id
    assert run_until_killed(data_dir, source, batches=1) == -9
    assert open_index(data_dir).id == serving
    assert open_index(data_dir).store.article("gold") is not None
    report = reindex([source], data_dir, FakeEmbedder())
    assert (report.embedded, report.articles) == (344, 600)
    assert generations(data_dir) == sorted([serving, report.generation])


def test_what_a_killed_run_left_is_cleared_even_when_nothing_changed(data_dir: Path, tmp_path: Path) -> None:
    index(data_dir, GOLD)
    before = generations(data_dir)
    assert run_until_killed(data_dir, many_articles(tmp_path), batches=0) == -9
    assert len(generations(data_dir)) == len(before) + 1
    index(data_dir, GOLD, embedder=UntouchableEmbedder())
    assert generations(data_dir) == before


def test_halves_of_writing_are_cleared_by_the_next_run(data_dir: Path) -> None:
    index(data_dir, GOLD)
    for name in (".current.0a1b2c", ".held.json.0a1b2c"):
        (data_dir / name).write_text("half")
    index(data_dir, GOLD)
    Held(data_dir).note(None)
    assert [path.name for path in data_dir.iterdir() if path.name.startswith(".")] == []


def test_the_very_first_run_killed_leaves_no_index_and_the_next_makes_one(tmp_path: Path) -> None:
    source = many_articles(tmp_path)
    assert run_until_killed(tmp_path / "data", source, batches=0) == -9
    assert not (tmp_path / "data/current").exists()
    report = reindex([source], tmp_path / "data", FakeEmbedder())
    assert generations(tmp_path / "data") == [report.generation]


def test_a_second_indexer_is_told_to_wait_and_changes_nothing(data_dir: Path) -> None:
    before = generations(data_dir)
    with FileLock(data_dir / "reindex.lock"), pytest.raises(IndexLocked, match="wait until it is done"):
        index(data_dir, RICE)
    assert generations(data_dir) == before
    assert index(data_dir, RICE).added == 1


def test_a_lock_held_by_another_process_holds_and_dies_with_it(data_dir: Path) -> None:
    lock = str(data_dir / "reindex.lock")
    code = f"import filelock; l = filelock.FileLock({lock!r}); l.acquire(); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(IndexLocked):
            index(data_dir, RICE)
        other.kill()
    assert index(data_dir, RICE).added == 1


@pytest.mark.parametrize("name", ["store.sqlite", "manifest.json", "dense.faiss", "lexical.exact.rows.npy"])
def test_reindexing_mends_a_damaged_generation_without_embedding_again(data_dir: Path, name: str) -> None:
    (data_dir / "generations" / open_index(data_dir).id / name).write_bytes(b"garbage")
    report = index(data_dir, GOLD, embedder=UntouchableEmbedder())
    assert report.articles == 1
    assert open_index(data_dir).store.article("gold") is not None


@pytest.mark.parametrize("written", [b"gone", b"../..", b"\xff", b""])
def test_reindexing_mends_a_current_that_names_nothing(data_dir: Path, written: bytes) -> None:
    (data_dir / "current").write_bytes(written)
    report = index(data_dir, GOLD, embedder=UntouchableEmbedder())
    assert open_index(data_dir).id == report.generation
    assert generations(data_dir)[-1:] == [report.generation] and len(generations(data_dir)) <= 2


def test_a_damaged_embedding_cache_costs_time_alone(data_dir: Path) -> None:
    (data_dir / "cache/embeddings.sqlite").write_bytes(b"garbage" * 1000)
    assert index(data_dir, GOLD, RICE).embedded == 1
