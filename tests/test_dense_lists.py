"""The inverted file of large collections: what it finds of an exact search, and what it keeps."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding.protocol import Vectors
from retrieval.errors import IndexDamaged
from retrieval.index.embedded.vectors.faiss_index import LISTS_FILE, DenseIndex

COUNT, DIMENSIONS = 3000, 32


def in_clusters(seed: int, count: int) -> Vectors:
    """Unit vectors around sixty directions, which all have a large part in common, as those of texts do."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(7).normal(size=(60, DIMENSIONS))
    found = centres[random.integers(60, size=count)] + 0.6 * random.normal(size=(count, DIMENSIONS)) + 2.0
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


ROWS = in_clusters(1, COUNT)


def built(exact_up_to: int = 1000) -> DenseIndex:
    return DenseIndex.build([ROWS[:2000], ROWS[2000:]], COUNT, DIMENSIONS, exact_up_to)


def test_a_small_collection_is_compared_as_a_whole() -> None:
    assert built(exact_up_to=COUNT).exact
    assert not built(exact_up_to=COUNT - 1).exact


def test_nearly_all_of_the_exact_best_are_found_with_their_exact_scores(tmp_path: Path) -> None:
    built().save(tmp_path)
    index, found = DenseIndex.load(tmp_path), 0
    questions = in_clusters(2, 100) - ROWS.mean(axis=0)
    for question in questions:
        hits = index.search(question, 10)
        assert hits.scores == pytest.approx((ROWS @ question)[hits.rows], abs=1e-5)
        assert hits.scores.tolist() == sorted(hits.scores.tolist(), reverse=True)
        found += len(np.intersect1d(hits.rows, np.argsort(-(ROWS @ question))[:10]))
    assert found / 1000 > 0.95


def test_recall_is_measured_against_an_exact_search() -> None:
    index = built()
    assert 0.9 < index.recall() <= 1.0
    assert built(exact_up_to=COUNT).recall() == 1.0


def test_vectors_are_read_from_the_file_as_they_were_stored(tmp_path: Path) -> None:
    built().save(tmp_path)
    rows = np.array([2999, 0, 17, 17])
    assert DenseIndex.load(tmp_path).vectors(rows).tolist() == ROWS[rows].tolist()
    assert DenseIndex.load(tmp_path).vectors(np.array([], np.int64)).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("spoilt", [b"", b"not an index"])
def test_lists_that_cannot_be_read_are_damaged(tmp_path: Path, spoilt: bytes) -> None:
    built().save(tmp_path)
    (tmp_path / LISTS_FILE).write_bytes(spoilt)
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        DenseIndex.load(tmp_path)


def test_lists_of_another_index_are_damaged(tmp_path: Path) -> None:
    built().save(tmp_path)
    DenseIndex.build([ROWS[:50]], 50, DIMENSIONS, 100).save(tmp_path)
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        DenseIndex.load(tmp_path)
