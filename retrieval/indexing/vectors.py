"""Vectors for the rows of a generation in the making."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.article import Article, Passage
from retrieval.embedding.cache import EmbeddingCache
from retrieval.embedding.protocol import Embedder, Vectors
from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.store.store import Store
from retrieval.index.embedded.vectors.faiss_index import DenseIndex
from retrieval.index.embedded.vectors.sentences import Packed, SentenceVectors, pack
from retrieval.indexing.passage_text import embedding_text, sentence_texts
from retrieval.indexing.writing import Stretch, Written
from retrieval.progress import Progress, Step

_BATCH = 256
"""Passages that are embedded in one go; what is embedded is kept, however the run ends."""
_COPIED = 4096
"""Passages whose vectors are copied in one go."""


@dataclass(kw_only=True)
class Vectoriser:
    """Vectors for the rows of a generation: copied from the one before, from the cache, or computed and cached.

    `before` is None when none of its vectors may be used. `computed` counts the passages that were embedded, `recall`
    tells what the index finds of the exact ten best, None where it compares all.
    """

    folder: Path
    before: Generation | None
    cache: EmbeddingCache
    embedder: Embedder
    fresh: bool
    progress: Progress
    computed: int = 0
    recall: float | None = None

    def write(self, written: Written) -> None:
        """Passage vectors, then those of their sentences."""
        with closing(Store.load(self.folder)) as store, self.cache.held_open():
            dense = DenseIndex.build(
                self._passages(written, store), written.passages, self.embedder.dimensions
            )
            dense.save(self.folder)
            self.recall = None if dense.exact else dense.recall()
            del dense
            counts = np.asarray(written.sentences, np.uint32)
            SentenceVectors.write(
                self.folder, counts, self._sentences(written, store), self.embedder.dimensions
            )

    def missing(self, written: Written) -> int:
        """How many passages `write` would embed."""
        with closing(Store.load(self.folder)) as store:
            new = [rows for rows, first in self._batches(written) if first is None]
            texts = {embedding_text(a, p) for rows in new for p, a in _in_order(store, rows)}
            return len(texts) if self.fresh else self.cache.missing(self.embedder, texts)

    def _passages(self, written: Written, store: Store) -> Iterator[Vectors]:
        done, total = 0, self._to_do(written)
        for rows, first in self._batches(written):
            if first is not None:
                assert self.before
                yield self.before.dense.vectors(np.arange(first, first + len(rows)))
                continue
            self.progress(Step.PASSAGES, done, total)
            texts = [embedding_text(article, passage) for passage, article in _in_order(store, rows)]
            found = self.cache.embed_passages(self.embedder, texts, fresh=self.fresh)
            self.computed += found.computed
            done += len(rows)
            yield found.vectors
        self.progress(Step.PASSAGES, total, total)

    def _sentences(self, written: Written, store: Store) -> Iterator[Packed]:
        done, total = 0, self._to_do(written)
        for rows, first in self._batches(written):
            if first is not None:
                assert self.before
                yield self.before.sentences.packed(first, first + len(rows))
                continue
            self.progress(Step.SENTENCES, done, total)
            texts = [text for passage, _ in _in_order(store, rows) for text in sentence_texts(passage)]
            yield pack(self.cache.embed_passages(self.embedder, texts, fresh=self.fresh).vectors)
            done += len(rows)
        self.progress(Step.SENTENCES, total, total)

    def _to_do(self, written: Written) -> int:
        return written.new if self.before else written.passages

    def _batches(self, written: Written) -> Iterator[tuple[range, int | None]]:
        """Rows of the new generation, and where the first of them was in the one before if it may be copied."""
        row = 0
        for count, first in _joined(written.stretches, copying=self.before is not None):
            size = _BATCH if first is None else _COPIED
            for start in range(0, count, size):
                rows = range(row + start, row + min(start + size, count))
                yield rows, None if first is None else first + start
            row += count


def _joined(stretches: list[Stretch], *, copying: bool) -> Iterator[Stretch]:
    """Stretches with neighbours that follow each other made one; without `copying`, all rows are new."""
    last: Stretch | None = None
    for stretch in stretches:
        now = stretch if copying else stretch._replace(first=None)
        if last and last.first is None and now.first is None:
            last = Stretch(last.rows + now.rows, None)
        elif last and last.first is not None and now.first == last.first + last.rows:
            last = Stretch(last.rows + now.rows, last.first)
        else:
            if last:
                yield last
            last = now
    if last:
        yield last


def _in_order(store: Store, rows: range) -> list[tuple[Passage, Article]]:
    found = store.at(rows)
    return [found[row] for row in rows]
