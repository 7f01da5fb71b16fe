"""Exact search over vectors whose inner products are known."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding.protocol import Vectors
from retrieval.errors import IndexDamaged
from retrieval.index.embedded.vectors.faiss_index import FILES, DenseIndex

VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [0.8, 0.6], [0, 1]], np.float32)
EAST = np.array([1, 0], np.float32)


def vector(*values: float) -> Vectors:
    return np.array(values, np.float32)


def test_the_best_rows_come_first_with_their_inner_products() -> None:
    hits = DenseIndex.build([VECTORS], 5, 2).search(EAST, 3)
    assert hits.rows.tolist() == [0, 3, 2]
    assert hits.scores == pytest.approx([1, 0.8, 0.6])


def test_equal_scores_come_in_row_order() -> None:
    hits = DenseIndex.build([VECTORS], 5, 2).search(vector(0, 1), 5)
    assert hits.rows.tolist() == [1, 4, 2, 3, 0]


def test_more_hits_than_rows_cannot_be_had() -> None:
    assert len(DenseIndex.build([VECTORS], 5, 2).search(EAST, 100).rows) == 5


def test_the_mean_is_that_of_all_rows() -> None:
    assert DenseIndex.build([VECTORS], 5, 2).mean == pytest.approx([2.4 / 5, 3.4 / 5])


def test_vectors_come_in_batches_and_must_be_as_many_as_the_passages() -> None:
    index = DenseIndex.build([VECTORS[:2], VECTORS[2:]], 5, 2)
    assert index.vectors(np.arange(5)).tolist() == VECTORS.tolist()
    with pytest.raises(ValueError, match="2 vectors came for 3 passages"):
        DenseIndex.build([VECTORS[:2]], 3, 2)


def test_what_is_loaded_is_what_was_saved(tmp_path: Path) -> None:
    built = DenseIndex.build([VECTORS], 5, 2)
    built.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    loaded = DenseIndex.load(tmp_path)
    assert (loaded.count, loaded.dimensions) == (5, 2)
    assert loaded.mean.tolist() == built.mean.tolist()
    assert loaded.search(EAST, 5).rows.tolist() == built.search(EAST, 5).rows.tolist()
    assert loaded.vectors(np.array([3, 0])).tolist() == VECTORS[[3, 0]].tolist()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoilt", [b"", b"not an index"])
def test_a_file_that_cannot_be_read_is_damaged(tmp_path: Path, name: str, spoilt: bytes) -> None:
    DenseIndex.build([VECTORS], 5, 2).save(tmp_path)
    (tmp_path / name).write_bytes(spoilt)
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        DenseIndex.load(tmp_path)


def test_a_mean_of_other_dimensions_is_damaged(tmp_path: Path) -> None:
    DenseIndex.build([VECTORS], 5, 2).save(tmp_path)
    np.save(tmp_path / FILES[1], np.zeros(3, np.float32))
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        DenseIndex.load(tmp_path)
