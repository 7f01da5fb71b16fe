"""One complete index on disk: a folder that is written once, verified, and never changed.

It holds manifest.json, store.sqlite, dense.*, sentences.*, lexical.*, marks.*, repeats.*, stories.*.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from retrieval.embedding.protocol import Vector
from retrieval.errors import IndexDamaged, IndexOutdated
from retrieval.index.embedded.footprint import Footprint
from retrieval.index.embedded.manifest import REMAKE, Manifest, read_manifest, sha256
from retrieval.index.embedded.store.store import Store
from retrieval.index.embedded.vectors.faiss_index import DenseIndex
from retrieval.index.embedded.vectors.sentences import SentenceVectors
from retrieval.index.embedded.words.lexical import LexicalIndex
from retrieval.index.learned.marks import Marks
from retrieval.index.protocol import Facts, Fetched, Rows, Stored
from retrieval.index.terms import Term


@dataclass(frozen=True, kw_only=True)
class Generation:
    """An open generation, `Pinned`: row i of `dense`, `sentences` and `lexical` is passage i of `store`."""

    folder: Path
    manifest: Manifest
    store: Store
    dense: DenseIndex
    sentences: SentenceVectors
    lexical: LexicalIndex
    marks: Marks
    footprint: Footprint

    @property
    def id(self) -> str:
        return self.manifest.id

    @cached_property
    def facts(self) -> Facts:
        told = self.manifest
        return Facts(
            id=told.id,
            articles=told.articles,
            passages=told.passages,
            model=told.model,
            created=told.created,
            mean=self.dense.mean,
            recall_at_10=told.recall_at_10,
        )

    @property
    def articles(self) -> Store:
        return self.store

    def frequencies(self, terms: Collection[Term]) -> Mapping[Term, int]:
        return self.lexical.frequencies(terms)

    def nearest(self, vector: Vector, k: int) -> Rows:
        return self.dense.search(vector, k).rows

    def holding(self, weighted: Sequence[Mapping[Term, float]], k: int) -> Rows:
        return np.unique(np.concatenate([self.lexical.best(each, k) for each in weighted]))

    def fetch(self, rows: Rows, terms: Sequence[Term]) -> Fetched:
        return Fetched(
            rows=rows,
            languages=partial(self._languages, rows.tolist()),
            vectors=self.dense.vectors(rows),
            sentences=self.sentences.of(rows),
            saturations=self.lexical.saturations(rows, terms),
        )

    def _languages(self, rows: Sequence[int]) -> list[str | None]:
        found = self.store.languages(rows)
        return [found[row] for row in rows]

    def passages(self, rows: Iterable[int]) -> Stored:
        return self.store.at(rows)

    def rows_of(self, article_id: str) -> range:
        return self.store.rows_of(article_id)

    def changed(self) -> str | None:
        changed = self.footprint.changed()
        return str(changed) if changed else None


def open_generation(folder: Path, model: str | None) -> Generation:
    """Opens `folder` after checking its files, its counts and that `model` (a fingerprint) made it.

    With `model` None the fingerprint is not compared: for reading articles, which needs no model.
    """
    manifest = read_manifest(folder)
    footprint = Footprint.of(folder)
    _check_files(folder, manifest)
    if model is not None and manifest.model != model:
        raise IndexOutdated(
            f"The index was made with the model {manifest.model} but the model in use is {model}: "
            "run `trichdan reindex`, or set TRICHDAN_MODEL back."
        )
    generation = Generation(
        folder=folder,
        manifest=manifest,
        store=Store.load(folder),
        dense=DenseIndex.load(folder),
        sentences=SentenceVectors.load(folder, manifest.dimensions),
        lexical=LexicalIndex.load(folder),
        marks=Marks.load(folder),
        footprint=footprint,
    )
    _check_counts(generation)
    return generation


def open_store(folder: Path) -> tuple[Store, Manifest]:
    """The articles of `folder` alone, after checking its files as for answering, and what it says of itself.

    Raises:
        IndexDamaged, IndexOutdated: each says what to do.
    """
    manifest = read_manifest(folder)
    _check_files(folder, manifest)
    return Store.load(folder), manifest


def _check_files(folder: Path, manifest: Manifest) -> None:
    for name, expected in manifest.files.items():
        _check_file(folder / name, expected)


def _check_file(path: Path, expected: str) -> None:
    try:
        found = sha256(path)
    except OSError as error:
        raise IndexDamaged(f"The index file {path} is missing or unreadable: {REMAKE}.") from error
    if found != expected:
        raise IndexDamaged(f"The index file {path} was changed or cut off (its sha256 differs): {REMAKE}.")


def _check_counts(generation: Generation) -> None:
    expected = generation.manifest.passages
    counts = {
        "store": generation.store.passages,
        "dense index": generation.dense.count,
        "list of sentences": generation.sentences.count,
        "word index": generation.lexical.count,
    }
    for name, found in counts.items():
        if found != expected:
            raise IndexDamaged(
                f"The {name} holds {found} passages but its manifest says {expected}: {REMAKE}."
            )
    if generation.dense.dimensions != generation.manifest.dimensions:
        raise IndexDamaged(
            f"The dense index has {generation.dense.dimensions} dimensions but its manifest says "
            f"{generation.manifest.dimensions}: {REMAKE}."
        )
