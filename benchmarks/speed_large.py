"""125,336 real passages and a million vectors, for `make bench-large`: `serve`, `dense` or `again`."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import peak_mb
from benchmarks.speed_tools import BENCH, LARGE, MODELS, asking, collection, row, times, wiki_questions
from retrieval.embedding.loading import LazyEmbedder, load_embedder
from retrieval.embedding.protocol import Vectors
from retrieval.index.embedded.generations import Generations
from retrieval.index.embedded.vectors.faiss_index import DenseIndex
from retrieval.indexing.run import reindex
from retrieval.ranking.fitted import load_fitted
from retrieval.retriever import Retriever

MILLION = 1_000_000
_BATCH = 50_000


def main() -> None:
    {"serve": serve, "dense": dense, "again": again}[sys.argv[1]]()


def serve(questions: int = 400) -> None:
    """Times of whole answers, and the peak memory of a process that does nothing else."""
    embedder = load_embedder("bundled", MODELS)
    generation = Generations(BENCH / str(LARGE) / "data").open_current(embedder.fingerprint)
    spent = times(asking(Retriever(generation, embedder)), wiki_questions(questions), warming=30)
    p50, p99 = np.percentile(spent, [50, 99])
    row(
        f"question -> answer, {generation.facts.passages} passages",
        f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, {peak_mb():.0f} MB",
        "(p50 25 ms, p99 80 ms, 1.0 GB)",
    )


def dense() -> None:
    """Recall and time of the search by vectors: over the real ones, and over a million made of them."""
    embedder = load_embedder("bundled", MODELS)
    real = DenseIndex.load(Path(collection(LARGE, embedder).folder))
    asked = questions_centred(embedder.embed_queries(wiki_questions(500)))
    with tempfile.TemporaryDirectory() as folder:
        for count, wanted in ((LARGE, "recall at least 0.98"), (MILLION, "p50 under 10 ms, under 700 MB")):
            place = Path(folder) / str(count)
            place.mkdir()
            np.save(place / "asked.npy", asked)
            exact = built(real, count, place, asked)
            np.save(place / "exact.npy", exact)
            measure = "import sys; from benchmarks import speed_large; speed_large.searched(sys.argv[1], sys.argv[2])"
            command = [sys.executable, "-c", measure, str(place), wanted]
            subprocess.run(command, check=True)


def questions_centred(vectors: Vectors) -> Vectors:
    """As the search gets them: without the part that all questions share."""
    mean = load_fitted(LazyEmbedder.of("bundled", MODELS).fingerprint).query_means["vi"]
    away = vectors - mean
    return np.asarray(away / np.linalg.norm(away, axis=1, keepdims=True), np.float32)


def built(real: DenseIndex, count: int, place: Path, asked: Vectors) -> NDArray[np.int64]:
    """Builds an index of `count` vectors into `place`; the exact ten best of each question."""
    started = time.perf_counter()
    index = DenseIndex.build(batches(real, count), count, real.dimensions)
    row(f"  building, {count} vectors", f"{time.perf_counter() - started:.0f} s")
    index.save(place)
    return index.exact_search(asked, 10)


def batches(real: DenseIndex, count: int) -> Iterator[Vectors]:
    """The real vectors, and when there are too few, unit mixtures of two of them, mostly of the first."""
    random = np.random.default_rng(0)
    for start in range(0, count, _BATCH):
        size = min(_BATCH, count - start)
        if count <= real.count:
            yield real.vectors(np.arange(start, start + size))
            continue
        first, second = (real.vectors(random.integers(0, real.count, size)) for _ in range(2))
        weight = random.uniform(0, 0.35, (size, 1)).astype(np.float32)
        mixed = first * (1 - weight) + second * weight
        yield np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32)


def searched(place: str, wanted: str) -> None:
    """In a process of its own: what loading and searching an index takes."""
    folder = Path(place)
    asked, exact = np.load(folder / "asked.npy"), np.load(folder / "exact.npy")
    index, before = DenseIndex.load(folder), peak_mb()
    spent, found = [], []
    for question in asked:
        started = time.perf_counter()
        found.append(index.search(question, 100).rows[:10])
        spent.append((time.perf_counter() - started) * 1e3)
    recall = np.mean([len(np.intersect1d(a, b)) / len(a) for a, b in zip(exact, found, strict=True)])
    row(
        f"search by vectors, {index.count}",
        f"recall@10 {recall:.3f}, p50 {statistics.median(spent):.1f} ms, {max(before, peak_mb()):.0f} MB",
        f"({wanted})",
    )


def again() -> None:
    """A second run over sources of which nothing changed."""
    place = BENCH / str(LARGE)
    started = time.perf_counter()
    report = reindex(
        [place / "source"], place / "data", LazyEmbedder.of("bundled", MODELS), cache_dir=BENCH / "cache"
    )
    row(
        f"reindex, nothing changed, {report.passages} passages",
        f"{time.perf_counter() - started:.1f} s, {report.embedded} embedded",
        "(under 10 s)",
    )


if __name__ == "__main__":
    main()
