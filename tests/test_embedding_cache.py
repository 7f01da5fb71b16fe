"""Vectors on disk: what is computed once, what survives a kill, what a damaged file costs."""

import hashlib
import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding.cache import EmbeddingCache
from retrieval.embedding.protocol import Vectors
from retrieval.errors import ModelError


class CountingEmbedder:
    """Puts a text on the unit circle at an angle of its length; remembers what it was asked."""

    dimensions = 2

    def __init__(self, fingerprint: str = "model-a", fail_after: int | None = None) -> None:
        self.fingerprint = fingerprint
        self.asked: list[list[str]] = []
        self._fail_after = fail_after

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError("questions are not cached")

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if self._fail_after is not None and len(self.asked) >= self._fail_after:
            raise KeyboardInterrupt
        self.asked.append(list(texts))
        angles = np.array([len(text) for text in texts], np.float32)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A cache file in a folder that does not exist yet."""
    return tmp_path / "cache" / "embeddings.sqlite"


def test_vectors_come_in_the_order_of_the_texts_and_equal_texts_are_embedded_once(path: Path) -> None:
    """Three texts, two of them equal: two are computed, three come back."""
    embedder = CountingEmbedder()
    found = EmbeddingCache(path).embed_passages(embedder, ["aa", "b", "aa"])
    assert embedder.asked == [["aa", "b"]]
    assert found.computed == 2
    np.testing.assert_allclose(found.vectors[:, 0], np.cos([2, 1, 2]), atol=1e-6)


def test_a_second_run_computes_only_what_is_new(path: Path) -> None:
    """Another process with the same file embeds the new text alone, bit for bit like the first."""
    first = EmbeddingCache(path).embed_passages(CountingEmbedder(), ["aa", "b"])
    embedder = CountingEmbedder()
    second = EmbeddingCache(path).embed_passages(embedder, ["b", "ccc", "aa"])
    assert (embedder.asked, second.computed) == ([["ccc"]], 1)
    assert second.vectors[[2, 0]].tobytes() == first.vectors.tobytes()


def test_another_model_shares_nothing(path: Path) -> None:
    """The fingerprint is part of the key."""
    EmbeddingCache(path).embed_passages(CountingEmbedder("model-a"), ["aa"])
    assert EmbeddingCache(path).embed_passages(CountingEmbedder("model-b"), ["aa"]).computed == 1


def test_a_killed_run_keeps_the_batches_it_finished(path: Path) -> None:
    """After two of three batches of 256 the next run embeds only the rest."""
    texts = [f"{number:04}" for number in range(600)]
    with pytest.raises(KeyboardInterrupt):
        EmbeddingCache(path).embed_passages(CountingEmbedder(fail_after=2), texts)
    assert EmbeddingCache(path).embed_passages(CountingEmbedder(), texts).computed == 600 - 512


def test_progress_counts_what_is_computed(path: Path) -> None:
    """The caller hears of every batch, and of the end."""
    heard: list[tuple[int, int]] = []
    texts = [f"{number:04}" for number in range(300)]
    EmbeddingCache(path).embed_passages(
        CountingEmbedder(), texts, lambda _step, done, total: heard.append((done, total))
    )
    assert heard == [(0, 300), (256, 300), (300, 300)]


def test_no_texts_touch_neither_the_disk_nor_the_model(path: Path) -> None:
    """An empty collection leaves no file."""
    embedder = CountingEmbedder()
    assert EmbeddingCache(path).embed_passages(embedder, []).vectors.shape == (0, 2)
    assert not embedder.asked
    assert not path.exists()


def test_a_file_that_is_no_database_is_moved_aside(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The run goes on with a new file, the old one is kept for a look, a warning tells."""
    path.parent.mkdir()
    path.write_bytes(b"this is no database at all " * 100)
    with caplog.at_level(logging.WARNING):
        assert EmbeddingCache(path).embed_passages(CountingEmbedder(), ["aa"]).computed == 1
    assert EmbeddingCache(path).embed_passages(CountingEmbedder(), ["aa"]).computed == 0
    assert len(list(path.parent.glob("embeddings.sqlite.damaged-*"))) == 1
    assert "damaged" in caplog.text


def test_a_database_with_spoilt_pages_is_moved_aside(path: Path) -> None:
    """Damage past the header is found when the rows are read."""
    texts = [f"{number:04}" for number in range(250)]
    EmbeddingCache(path).embed_passages(CountingEmbedder(), texts)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    assert EmbeddingCache(path).embed_passages(CountingEmbedder(), texts).computed == 250
    assert EmbeddingCache(path).embed_passages(CountingEmbedder(), texts).computed == 0


@pytest.mark.parametrize(
    "blob", [b"abc", np.array([9, 9], "<f4").tobytes(), np.full(2, np.nan, "<f4").tobytes()]
)
def test_a_spoilt_vector_is_computed_again(path: Path, blob: bytes) -> None:
    """Another size, another length or no number at all: the row is replaced."""
    cache = EmbeddingCache(path)
    cache.embed_passages(CountingEmbedder(), ["aa"])
    key = hashlib.sha256(b"aa").digest()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE embeddings SET vector = ? WHERE text_sha256 = ?", (blob, key))
    connection.close()
    assert cache.embed_passages(CountingEmbedder(), ["aa"]).computed == 1
    assert cache.embed_passages(CountingEmbedder(), ["aa"]).computed == 0


def test_a_cache_that_cannot_be_written_costs_time_only(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With a file where its folder should be, embedding goes on and a warning tells."""
    path.parent.write_text("in the way")
    assert EmbeddingCache(path).embed_passages(CountingEmbedder(), ["aa"]).computed == 1
    assert "cannot be used" in caplog.text


def test_vectors_of_a_wrong_shape_are_refused(path: Path) -> None:
    """A model that says 3 and gives 2 dimensions is stopped before anything is stored."""
    embedder = CountingEmbedder()
    embedder.dimensions = 3
    with pytest.raises(ModelError, match="shape"):
        EmbeddingCache(path).embed_passages(embedder, ["aa"])
