"""Sentence vectors in 8 bits: what comes back points where it pointed, and belongs to the right passage."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from retrieval.errors import IndexDamaged
from retrieval.index.embedded.vectors.sentences import FILES, SentenceVectors, pack


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def written(folder: Path, counts: list[int], vectors: NDArray[np.float32], batch: int = 2) -> SentenceVectors:
    parts = (pack(vectors[i : i + batch]) for i in range(0, len(vectors), batch))
    SentenceVectors.write(folder, np.array(counts, np.uint32), parts, vectors.shape[1])
    return SentenceVectors.load(folder, vectors.shape[1])


def test_the_sentences_of_some_passages_come_in_the_order_asked_for(tmp_path: Path) -> None:
    vectors = np.eye(6, dtype=np.float32)
    index = written(tmp_path, [2, 1, 3], vectors)
    found = index.of(np.array([2, 0]))
    assert index.count == 3
    assert found.starts.tolist() == [0, 3]
    assert found.vectors.argmax(axis=1).tolist() == [3, 4, 5, 0, 1]


@settings(max_examples=50)
@given(hnp.arrays(np.float32, (5, 24), elements=st.floats(-1, 1, width=32)))
def test_eight_bits_hardly_turn_a_vector(
    tmp_path_factory: pytest.TempPathFactory, raw: NDArray[np.float32]
) -> None:
    vectors = unit(raw + np.float32(1.5) * np.eye(5, 24, dtype=np.float32))
    index = written(tmp_path_factory.mktemp("vectors"), [5], vectors)
    found = unit(index.of(np.array([0])).vectors)
    assert (found * vectors).sum(axis=1).min() > 0.999


def test_no_row_asked_for_is_no_sentence(tmp_path: Path) -> None:
    index = written(tmp_path, [1], np.eye(1, 4, dtype=np.float32))
    assert len(index.of(np.zeros(0, np.int64)).vectors) == 0


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_array_is_damage(tmp_path: Path, name: str) -> None:
    written(tmp_path, [1, 1], np.eye(2, 4, dtype=np.float32))
    (tmp_path / name).write_bytes(b"nothing of the kind")
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        SentenceVectors.load(tmp_path, 4)


def test_vectors_of_other_dimensions_are_damage(tmp_path: Path) -> None:
    written(tmp_path, [1, 1], np.eye(2, 4, dtype=np.float32))
    with pytest.raises(IndexDamaged):
        SentenceVectors.load(tmp_path, 5)
