"""A new generation goes into service by itself, a broken one never does, and no question waits."""

import logging
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder
from small_index import index

from retrieval.errors import IndexDamaged, IndexMissing, IndexOutdated
from retrieval.index.embedded.generations import Generations
from retrieval.serving import Serving

GOLD = {"id": "gold", "text": "Giá vàng tăng."}
RICE = {"id": "rice", "text": "Giá gạo giảm."}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory that serves one article."""
    index(tmp_path / "data", GOLD)
    return tmp_path / "data"


def damage(data_dir: Path, generation: str) -> None:
    (data_dir / "generations" / generation / "dense.faiss").write_bytes(b"garbage")


def test_without_an_index_there_is_nothing_to_serve(tmp_path: Path) -> None:
    serving = Serving(Generations(tmp_path), FakeEmbedder())
    assert not serving.refresh()
    with pytest.raises(IndexMissing):
        serving.retriever()


def test_the_generation_is_opened_once(data_dir: Path) -> None:
    serving = Serving(Generations(data_dir), FakeEmbedder())
    first = serving.retriever()
    assert serving.retriever() is first
    assert not serving.refresh()
    assert serving.retriever() is first


def test_refresh_takes_a_new_generation_once(data_dir: Path) -> None:
    serving = Serving(Generations(data_dir), FakeEmbedder())
    old = serving.retriever()
    newest = index(data_dir, GOLD, RICE).generation
    assert serving.retriever() is old
    assert serving.refresh()
    assert not serving.refresh()
    assert serving.retriever().generation.id == newest
    assert serving.retriever().article("rice") is not None


def test_refresh_takes_the_first_generation_of_all(tmp_path: Path) -> None:
    """A bot that was started before anything was indexed."""
    serving = Serving(Generations(tmp_path / "data"), FakeEmbedder())
    assert not serving.refresh()
    index(tmp_path / "data", GOLD)
    assert serving.refresh()
    assert serving.retriever().article("gold") is not None


def test_a_damaged_new_generation_leaves_the_old_one_and_is_logged_once(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    serving = Serving(Generations(data_dir), FakeEmbedder())
    old = serving.retriever()
    damage(data_dir, index(data_dir, RICE).generation)
    assert [serving.refresh() for _ in range(3)] == [False] * 3
    assert serving.retriever() is old
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "trichdan reindex" in caplog.text


def test_a_whole_generation_after_a_damaged_one_is_taken(data_dir: Path) -> None:
    serving = Serving(Generations(data_dir), FakeEmbedder())
    serving.retriever()
    damage(data_dir, index(data_dir, RICE).generation)
    serving.refresh()
    newest = index(data_dir, GOLD, RICE).generation
    assert serving.refresh()
    assert serving.retriever().generation.id == newest


@pytest.mark.parametrize("written", [b"\xff\xfe", b"../..", b"gone"])
def test_an_unusable_current_leaves_the_old_generation_and_is_logged_once(
    data_dir: Path, written: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    serving = Serving(Generations(data_dir), FakeEmbedder())
    old = serving.retriever()
    (data_dir / "current").write_bytes(written)
    assert [serving.refresh() for _ in range(3)] == [False] * 3
    assert serving.retriever() is old
    assert len(caplog.records) == 1


def test_a_generation_of_another_model_is_not_taken(data_dir: Path) -> None:
    serving = Serving(Generations(data_dir), FakeEmbedder())
    old = serving.retriever()
    index(data_dir, RICE, embedder=FakeEmbedder("fake-2"))
    assert not serving.refresh()
    assert serving.retriever() is old
    with pytest.raises(IndexOutdated):
        Serving(Generations(data_dir), FakeEmbedder()).retriever()


def test_an_index_that_was_taken_away_goes_on_serving_while_the_process_lives(data_dir: Path) -> None:
    serving = Serving(Generations(data_dir), FakeEmbedder())
    old = serving.retriever()
    shutil.rmtree(data_dir)
    assert not serving.refresh()
    assert serving.retriever() is old
    found = old.article("gold")
    assert found is not None and found.text == GOLD["text"]


def test_a_first_generation_that_is_damaged_is_said_at_every_call(data_dir: Path) -> None:
    damage(data_dir, (data_dir / "current").read_text().strip())
    serving = Serving(Generations(data_dir), FakeEmbedder())
    for _ in range(2):
        with pytest.raises(IndexDamaged, match="trichdan reindex"):
            serving.retriever()


class SlowEmbedder(FakeEmbedder):
    """Waits, when its fingerprint is asked for to open a generation, until it is let go."""

    def __init__(self) -> None:
        self.asked, self.go = threading.Event(), threading.Event()
        self.go.set()
        super().__init__()

    @property
    def fingerprint(self) -> str:
        self.asked.set()
        self.go.wait(10)
        return "fake-1"

    @fingerprint.setter
    def fingerprint(self, value: str) -> None:
        pass


@pytest.fixture
def embedder() -> Iterator[SlowEmbedder]:
    slow = SlowEmbedder()
    yield slow
    slow.go.set()


def test_questions_are_answered_while_a_new_generation_is_being_opened(
    data_dir: Path, embedder: SlowEmbedder
) -> None:
    serving = Serving(Generations(data_dir), embedder)
    old = serving.retriever()
    newest = index(data_dir, GOLD, RICE).generation
    embedder.asked.clear()
    embedder.go.clear()
    refreshing = threading.Thread(target=serving.refresh, daemon=True)
    refreshing.start()
    assert embedder.asked.wait(10)
    assert serving.retriever() is old
    embedder.go.set()
    refreshing.join(10)
    assert serving.retriever().generation.id == newest
