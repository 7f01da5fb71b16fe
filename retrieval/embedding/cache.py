"""Vectors of passages on disk, so that no text is embedded twice by the same model."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.cache_file import CacheFile
from retrieval.embedding.protocol import Embedder, Vectors
from retrieval.embedding.text import encodable
from retrieval.errors import ModelError
from retrieval.progress import Progress, Step, silent

_BATCH = 256
_ROWS_A_QUERY = 500
_SELECT = "SELECT text_sha256, vector FROM embeddings WHERE model = ? AND text_sha256 IN"

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EmbeddedPassages:
    """`vectors` are in the order of the texts; `computed` counts the texts that the model had to embed."""

    vectors: Vectors
    computed: int


class EmbeddingCache:
    """The vectors of one data directory. Threads and processes may share it.

    It only saves time: when its file is damaged it starts anew, when it cannot be used it is passed over,
    both with a warning.
    """

    def __init__(self, path: Path) -> None:
        """`path` is the SQLite file; it and its folder are made when they are first needed."""
        self._file = CacheFile(path)

    def held_open(self) -> AbstractContextManager[None]:
        """For the time of many calls by one thread: opening and closing the file costs more than most calls."""
        return self._file.held_open()

    def embed_passages(
        self, embedder: Embedder, texts: Sequence[str], progress: Progress = silent, *, fresh: bool = False
    ) -> EmbeddedPassages:
        """Vectors of `texts`, from the cache where it has them; equal texts are embedded once.

        With `fresh` all are computed, whatever the cache has.

        What is computed is stored batch by batch, so a run that is killed is not lost.

        Raises:
            ModelError: the model cannot be loaded, or gives vectors of a wrong shape.
        """
        keys = [_key(text) for text in texts]
        known = [] if fresh else list(dict.fromkeys(keys))
        vectors = self.get(embedder.fingerprint, known, embedder.dimensions)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in vectors}
        for start in range(0, len(missing), _BATCH):
            progress(Step.PASSAGES, start, len(missing))
            computed = _compute(embedder, dict(islice(missing.items(), start, start + _BATCH)))
            self.put(embedder.fingerprint, computed)
            vectors.update(computed)
        progress(Step.PASSAGES, len(missing), len(missing))
        return EmbeddedPassages(_stack([vectors[key] for key in keys], embedder.dimensions), len(missing))

    def missing(self, embedder: Embedder, texts: Iterable[str]) -> int:
        """How many of the distinct `texts` have no vector here."""
        keys = {_key(text) for text in texts}
        return sum(
            len(part) - len(self.get(embedder.fingerprint, part, embedder.dimensions))
            for part in _parts(list(keys))
        )

    def get(self, model: str, keys: Sequence[bytes], dimensions: int) -> dict[bytes, Vector]:
        """The sound vectors that the model with this fingerprint has here under `keys` (sha256 of a text)."""
        rows: list[tuple[bytes, bytes]] = []

        def read(connection: sqlite3.Connection) -> None:
            rows.clear()
            for part in _parts(keys):
                marks = ",".join("?" * len(part))
                query = f"{_SELECT} ({marks})"
                rows.extend(connection.execute(query, (model, *part)))

        if keys and self._file.exists():
            self._file.use(read)
        return dict(_sound(rows, dimensions))

    def put(self, model: str, vectors: Mapping[bytes, Vector]) -> None:
        """Store vectors under the sha256 of their texts."""
        rows = [(model, key, vector.astype("<f4", copy=False).tobytes()) for key, vector in vectors.items()]

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)", rows)

        self._file.use(write)


def _key(text: str) -> bytes:
    return hashlib.sha256(encodable(text).encode()).digest()


def _parts(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(keys), _ROWS_A_QUERY):
        yield keys[start : start + _ROWS_A_QUERY]


def _sound(rows: Iterable[tuple[bytes, bytes]], dimensions: int) -> Iterator[tuple[bytes, Vector]]:
    """Leaves out what SQLite cannot know to be spoilt: vectors of another size or not of unit length."""
    for key, blob in rows:
        if len(blob) == 4 * dimensions:
            vector = np.frombuffer(blob, "<f4").astype(np.float32, copy=False)
            if abs(float(vector @ vector) - 1.0) < 0.01:
                yield key, vector


def _compute(embedder: Embedder, batch: Mapping[bytes, str]) -> dict[bytes, Vector]:
    vectors = embedder.embed_passages(list(batch.values()))
    if vectors.shape != (len(batch), embedder.dimensions):
        raise ModelError(
            f"The model {embedder.fingerprint} gave vectors of shape {vectors.shape} for {len(batch)} texts "
            f"and {embedder.dimensions} dimensions; check that the model in TRICHDAN_MODEL is whole."
        )
    return dict(zip(batch, vectors, strict=True))


def _stack(vectors: Sequence[Vector], dimensions: int) -> Vectors:
    return np.stack(vectors) if vectors else np.zeros((0, dimensions), np.float32)
